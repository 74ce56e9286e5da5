import { createPublicKey, type KeyObject } from "node:crypto";
import * as z from "zod";
import { checkedBody } from "./check.ts";
import { OciError } from "./errors.ts";

const minimumBits = 2048;

/** `<tenancy>/<user>/<fingerprint>` of an API signing key, or `ST$<token>` ("Request Signatures"). */
const keyEntry = z.strictObject({
  keyId: z.string().regex(/^([^/\s"]+\/[^/\s"]+\/[^/\s"]+|ST\$[^\s"]+)$/, {
    error: (issue) =>
      `${JSON.stringify(issue.input)} isn't of the form <tenancy OCID>/<user OCID>/<fingerprint> or ST$<token>`,
  }),
  publicKey: z.string().min(1),
});

/** Public keys by which signatures are verified. */
export class KnownKeys {
  readonly #keys = new Map<string, KeyObject>();

  /** Adds or replaces a key; returns its id. */
  add(rawBody: Buffer): string {
    const { keyId, publicKey } = checkedBody(keyEntry, rawBody) as z.infer<typeof keyEntry>;
    this.#keys.set(keyId, rsaKey(publicKey));
    return keyId;
  }

  /** Keys of resource principals stand in their tokens, not here. */
  find(keyId: string): KeyObject | undefined {
    return this.#keys.get(keyId);
  }

  ids(): string[] {
    return [...this.#keys.keys()];
  }

  clear(): void {
    this.#keys.clear();
  }
}

/** "Required Keys and OCIDs": an RSA key of 2048 bits or more, in PEM form. */
function rsaKey(pem: string): KeyObject {
  const refused = (reason: string) => new OciError("InvalidParameter", `publicKey: ${reason}`);
  if (pem.includes("PRIVATE KEY")) throw refused("is a private key; give the public one");
  let key: KeyObject;
  try {
    key = createPublicKey(pem);
  } catch {
    throw refused("isn't a public key in PEM form, -----BEGIN PUBLIC KEY-----");
  }
  const bits = key.asymmetricKeyDetails?.modulusLength;
  if (key.asymmetricKeyType !== "rsa" || bits === undefined || bits < minimumBits) {
    const what = bits === undefined ? String(key.asymmetricKeyType) : `RSA with ${bits} bits`;
    throw refused(`is ${what}; an API signing key is RSA with at least ${minimumBits} bits`);
  }
  return key;
}
