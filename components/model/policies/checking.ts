import { z } from "zod";
import { unknownText } from "../known-settings.ts";
import type { Problem } from "../problems.ts";
import type { RuleId } from "../rules.ts";
import { isBag, isLater, kindOf, shown } from "../values.ts";

/**
 * What a schema finds wrong with a value.
 *
 * @param at - Where the value stands, as the user typed it.
 * @param rule - Rule of whatever has the wrong form; a {@link fault} names its own.
 */
export function checkWith(schema: z.ZodType, value: unknown, at: string, rule: RuleId): Problem[] {
  const issues = schema.safeParse(value).error?.issues ?? [];
  return issues.flatMap((issue) => describe(issue, value, at, rule));
}

/** A value that may be an Output, which is checked again when it is known. */
export function orLater(schema: z.ZodType): z.ZodType {
  return z.unknown().superRefine((value, context) => {
    if (!isLater(value)) passOn(schema, value, context);
  });
}

/** An object which, when it is of a type that isn't supported yet, is refused by that alone: its settings are others. */
export function unlessOfType(type: string, rule: RuleId, message: string, schema: z.ZodType): z.ZodType {
  return z.unknown().superRefine((value, context) => {
    if (isBag(value) && value.type === type) fault(context, rule, message, ["type"]);
    else passOn(schema, value, context);
  });
}

/** Says of a value, inside a check of one's own, what a schema finds wrong with it. */
export function passOn(schema: z.ZodType, value: unknown, context: z.RefinementCtx): void {
  for (const issue of schema.safeParse(value).error?.issues ?? []) {
    context.addIssue({ ...issue } as Parameters<typeof context.addIssue>[0]);
  }
}

/** Says what is wrong, by a rule of its own. `path` leads from the value that is being refined. */
export function fault(
  context: z.RefinementCtx,
  rule: RuleId,
  message: string,
  path: readonly (string | number)[] = [],
): void {
  context.addIssue({ code: "custom", message, path: [...path], params: { rule } });
}

/** A key below another one: `a.b`, `a[0]`, `a["x-y"]`. */
export function keyBelow(at: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    const name = String(key);
    if (!/^[A-Za-z_$][\w$]*$/.test(name)) return `${text}[${JSON.stringify(name)}]`;
    return text === "" ? name : `${text}.${name}`;
  }, at);
}

function describe(issue: z.core.$ZodIssue, root: unknown, at: string, rule: RuleId): Problem[] {
  const key = keyBelow(at, issue.path);
  const value = issue.path.reduce<unknown>(
    (inner, name) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, name) : undefined),
    root,
  );
  const one = (message: string): Problem[] => [{ rule, key, message }];
  switch (issue.code) {
    case "custom": {
      const { rule: own } = (issue.params ?? {}) as { rule?: RuleId };
      return [{ rule: own ?? rule, key, message: issue.message }];
    }
    case "unrecognized_keys":
      return issue.keys.map((name) => ({
        rule: "unsupported-setting",
        key: keyBelow(key, [name]),
        message: unknownText(name, settingsOf(issue)),
      }));
    case "invalid_key":
      return one(issue.issues.map(({ message }) => message).join("; "));
    case "invalid_union": {
      const options = ("options" in issue ? (issue.options ?? []) : []).map(String);
      return one(oneOf(value, options));
    }
    case "invalid_value":
      return one(oneOf(value, issue.values.map(String)));
    case "invalid_type":
      return one(
        value === undefined
          ? `is missing; must be ${nouns[issue.expected] ?? issue.expected}`
          : `must be ${nouns[issue.expected] ?? issue.expected}${isLater(value) ? ", known when the program runs" : ""}; is ${typeof value === "number" ? shown(value) : kindOf(value)}`,
      );
    case "too_small":
      // An Output has whatever it is asked for, a length too; that it is one has been told.
      if (isLater(value)) return [];
      if (Array.isArray(value)) return one(`must have at least ${issue.minimum}; has ${value.length}`);
      if (issue.origin === "string") return one("must not be empty");
      return one(`is ${shown(value)}; must be at least ${issue.minimum}`);
    case "too_big":
      if (isLater(value)) return [];
      if (Array.isArray(value)) return one(`has ${value.length}; at most ${issue.maximum} are allowed`);
      return one(`is ${shown(value)}; must be at most ${issue.maximum}`);
    default:
      return one(issue.message);
  }
}

/** The settings that an object may have, which {@link withSettings} has noted. */
function settingsOf(issue: object): readonly string[] {
  const { params } = issue as { params?: { settings?: readonly string[] } };
  return params?.settings ?? [];
}

/** The same issue, which knows the settings that the object may have. */
export function withSettings<I extends z.core.$ZodIssue>(issue: I, names: readonly string[]): I {
  if (issue.code !== "unrecognized_keys" || issue.path.length > 0) return issue;
  return { ...issue, params: { settings: names } };
}

const nouns: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
};

function oneOf(value: unknown, options: readonly string[]): string {
  const allowed = `must be ${options.length === 1 ? "" : "one of "}${options.map((one) => JSON.stringify(one)).join(", ")}`;
  return value === undefined ? `is missing; ${allowed}` : `is ${shown(value)}; ${allowed}`;
}
