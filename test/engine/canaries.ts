import { randomBytes } from "node:crypto";

/** A made-up secret; `core` is what no other text holds, in letters that no escaping changes. */
export interface Canary {
  name: string;
  core: string;
  /** With characters that JSON, URLs and HTML write in another way. */
  value: string;
}

export function canary(name: string): Canary {
  const core = `cnry${randomBytes(12).toString("hex")}`;
  return { name, core, value: `${name}"${core}\\&<é` };
}

/** The forms in which a secret could stand somewhere: as it is, in Base64 at each of three offsets, in hexadecimal. */
export function formsOf({ core }: Canary): string[] {
  const encoded = [0, 1, 2].map((offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(core)]);
    // The first and the last characters also hold bits of what stands beside.
    return bytes
      .toString("base64")
      .replace(/=+$/, "")
      .slice(offset === 0 ? 0 : offset + 1, -2);
  });
  return [core, ...encoded, ...encoded.map(urlSafe), Buffer.from(core).toString("hex")];
}

const urlSafe = (text: string) => text.replaceAll("+", "-").replaceAll("/", "_");

/** Names of places and of the secrets that they show. */
export function findCanaries(
  canaries: readonly Canary[],
  places: Readonly<Record<string, string>>,
): { place: string; secret: string }[] {
  return canaries.flatMap((one) => {
    const forms = formsOf(one);
    return Object.entries(places)
      .filter(([, text]) => forms.some((form) => text.includes(form)))
      .map(([place]) => ({ place, secret: one.name }));
  });
}
