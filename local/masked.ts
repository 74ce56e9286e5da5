import { PartlyCreatedError } from "./provider/types.ts";
import { isRecord, isSecret, type Properties, plain } from "./values.ts";

/** Fewer letters than these could be anybody's. */
const leastLength = 4;
/** A part of a secret that a text quotes cut off is found by its beginning. */
const beginningLength = 12;

/** A text of the control plane, which knows of no secrets, without what is secret in a resource's properties. */
export function withoutSecrets(text: string, properties: Properties): string {
  const words = secretTexts(properties)
    .flatMap((word) => [word, JSON.stringify(word).slice(1, -1)])
    .filter((word) => word.length >= leastLength)
    .sort((one, other) => other.length - one.length);
  const whole = words.reduce((left, word) => left.replaceAll(word, "[secret]"), text);
  return words.filter((word) => word.length > beginningLength).reduce(withoutPart, whole);
}

/** Carries out an operation of the provider; its errors don't show what is secret in the resource's properties. */
export async function hidingSecrets<T>(properties: Properties, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const message = withoutSecrets(error.message, properties);
    if (message === error.message) throw error;
    const quiet = new Error(message);
    throw error instanceof PartlyCreatedError ? new PartlyCreatedError(error.id, quiet) : quiet;
  }
}

function withoutPart(text: string, word: string): string {
  const beginning = word.slice(0, beginningLength);
  const [first = "", ...rest] = text.split(beginning);
  return rest.reduce(
    (done, part) => `${done}[secret]${part.slice(common(part, word.slice(beginningLength)))}`,
    first,
  );
}

/** How many letters two texts begin with together. */
function common(one: string, other: string): number {
  let length = 0;
  while (length < other.length && one[length] === other[length]) length += 1;
  return length;
}

/** Every text inside of a secret value. */
function secretTexts(value: unknown, isInside = false): string[] {
  if (isSecret(value)) return secretTexts(plain(value), true);
  if (typeof value === "string") return isInside ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((item) => secretTexts(item, isInside));
  return isRecord(value) ? Object.values(value).flatMap((item) => secretTexts(item, isInside)) : [];
}
