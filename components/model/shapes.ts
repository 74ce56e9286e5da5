import type { Problem } from "./problems.ts";
import { isBag, isLater, kindOf } from "./values.ts";

/** What kind of value an argument takes. What one can't mistake for another kind is left to the checks of its own. */
export type Shape =
  | { kind: "object"; example: string; fields?: Readonly<Record<string, Shape>>; each?: Shape }
  | { kind: "list"; example: string }
  | { kind: "text"; example: string }
  | { kind: "flag"; example: string }
  /** A text, or one that is known later. */
  | { kind: "input"; example: string };

const nouns = {
  object: "an object",
  list: "a list",
  text: "a text",
  flag: "true or false",
  input: "a text",
} as const;

/**
 * What has another kind than its shape, and the value with an empty one in the place of each: so that the checks behind
 * meet no surprise. Values are not shown: they may be secret.
 */
export function checkShape(
  value: unknown,
  shape: Shape,
  at: string,
): { problems: Problem[]; usable: unknown } {
  if (!isOfKind(value, shape.kind)) {
    const message = `must be ${nouns[shape.kind]}, for example ${shape.example}; is ${kindOf(value)}`;
    const usable = { object: {}, list: [], text: undefined, flag: undefined, input: undefined }[shape.kind];
    return { problems: [{ rule: "argument-kind", key: at, message }], usable };
  }
  if (shape.kind !== "object") return { problems: [], usable: value };
  const problems: Problem[] = [];
  const entries = Object.entries(value as object).map(([name, inner]) => {
    const of = Object.hasOwn(shape.fields ?? {}, name) ? shape.fields?.[name] : shape.each;
    if (of === undefined || inner === undefined) return [name, inner] as const;
    const found = checkShape(inner, of, at === "" ? name : `${at}.${name}`);
    problems.push(...found.problems);
    return [name, found.usable] as const;
  });
  return { problems, usable: Object.fromEntries(entries) };
}

function isOfKind(value: unknown, kind: Shape["kind"]): boolean {
  switch (kind) {
    case "object":
      return isBag(value);
    case "list":
      return Array.isArray(value);
    case "text":
      return typeof value === "string";
    case "flag":
      return typeof value === "boolean";
    case "input":
      return typeof value === "string" || isLater(value);
  }
}
