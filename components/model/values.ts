/** Values as a program gives them, which in JavaScript may be of any kind. */

/** An Output or a promise, whose value is checked when it resolves. */
export function isLater(value: unknown): boolean {
  if (value instanceof Promise) return true;
  return typeof value === "object" && value !== null && "__pulumiOutput" in value;
}

/** An object of settings: no list, no Output, no resource, nothing of a class. */
export function isBag(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || isLater(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** A value as an error shows it, whatever it is. */
export function shown(value: unknown): string {
  if (isLater(value)) return "an Output";
  if (typeof value === "object" && value !== null && "__pulumiResource" in value) return "a resource";
  if (value !== null && ["object", "string"].includes(typeof value)) return jsonOf(value);
  return typeof value === "function" ? "a function" : String(value);
}

/** What kind of value it is, for values that may be secret. */
export function kindOf(value: unknown): string {
  if (isLater(value)) return "an Output or a promise";
  if (Array.isArray(value)) return "a list";
  const nouns: Readonly<Record<string, string>> = {
    string: "a text",
    object: "an object",
    undefined: "absent",
  };
  return value === null ? "null" : (nouns[typeof value] ?? `a ${typeof value}`);
}

function jsonOf(value: unknown): string {
  try {
    return (
      JSON.stringify(value, (_, inner: unknown) => (isLater(inner) ? "an Output" : inner)) ?? "an object"
    );
  } catch {
    // It goes round in a circle, or holds what has no JSON.
    return "an object";
  }
}
