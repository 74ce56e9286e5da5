import type * as z from "zod";
import { type FieldProblem, OciError, refuseProblems } from "./errors.ts";
import type { Body } from "./store.ts";

/** The body of a request as an object of the schema, or one error that lists every problem by its path. */
export function checkedBody(schema: z.ZodType, rawBody: Buffer): Body {
  const given = withoutNulls(parseJson(rawBody));
  refuseProblems(schemaProblems(schema, given));
  return given as Body;
}

/** The JSON of a request's body. */
export function parseJson(rawBody: Buffer): unknown {
  const value = read(rawBody);
  refuseUnfit(value, []);
  return value;
}

function read(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString("utf8"));
  } catch (cause) {
    const reason = rawBody.length === 0 ? "it is empty" : (cause as Error).message;
    throw new OciError("CannotParseRequest", `The request's body isn't JSON: ${reason}`);
  }
}

const maxDepth = 200;

/** Refuses what JSON can say and no field holds: nesting that overflows the stack, and a key that schemas pass over. */
function refuseUnfit(value: unknown, path: PropertyKey[]): void {
  if (typeof value !== "object" || value === null) return;
  const refuse = (reason: string) =>
    new OciError("CannotParseRequest", `The request's body isn't taken: ${reason}`);
  if (path.length > maxDepth) throw refuse(`it is nested deeper than ${maxDepth} levels`);
  for (const [key, inner] of Array.isArray(value) ? value.entries() : Object.entries(value)) {
    path.push(key);
    if (key === "__proto__") throw refuse(`${pathText(path)}: no field has this name`);
    refuseUnfit(inner, path);
    path.pop();
  }
}

/** What a schema has against a value. */
function schemaProblems(schema: z.ZodType, value: unknown): FieldProblem[] {
  const result = schema.safeParse(value, { reportInput: true });
  return result.success ? [] : result.error.issues.flatMap(fieldProblems);
}

function fieldProblems(issue: z.core.$ZodIssue): FieldProblem[] {
  const path = pathText(issue.path);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: pathText([...issue.path, key]),
      message: "isn't a field of this operation",
    }));
  }
  if (issue.code === "invalid_key" || issue.code === "invalid_element") {
    return issue.issues.map((inner) => ({ path, message: messageOf(inner) }));
  }
  if (issue.code === "invalid_union") return unionProblems(issue);
  return [{ path, message: messageOf(issue) }];
}

/** Of several forms, the problems of the one that the value is nearest to: an object's for an object. */
function unionProblems(issue: z.core.$ZodIssueInvalidUnion): FieldProblem[] {
  const isWrongType = (branch: z.core.$ZodIssue[]) =>
    branch.some(({ code, path }) => code === "invalid_type" && path.length === 0);
  const [nearest = []] = [issue.errors.find((branch) => !isWrongType(branch)) ?? issue.errors[0]];
  return nearest.flatMap((inner) => fieldProblems({ ...inner, path: [...issue.path, ...inner.path] }));
}

function messageOf(issue: z.core.$ZodIssue): string {
  const given = shown(issue.input);
  switch (issue.code) {
    case "invalid_type":
      if (issue.input === undefined) return "is required";
      return `${given} isn't ${article(issue.expected)}`;
    case "too_small":
      return `${given} is below the minimum of ${issue.minimum}${unit(issue.origin)}`;
    case "too_big":
      return `${given} is above the maximum of ${issue.maximum}${unit(issue.origin)}`;
    case "invalid_value":
      return issue.input === undefined
        ? "is required"
        : `${given} isn't one of ${issue.values.map((value) => JSON.stringify(value)).join(", ")}`;
    case "invalid_format":
      return issue.format === "regex" && issue.message !== "" && !issue.message.startsWith("Invalid")
        ? issue.message
        : `${given} doesn't match ${issue.pattern ?? issue.format}`;
    default:
      return issue.message;
  }
}

function unit(origin: string): string {
  if (origin === "string") return " characters";
  return origin === "array" || origin === "set" || origin === "record" ? " items" : "";
}

function article(type: string): string {
  const names: Record<string, string> = { int: "a whole number", array: "a list", record: "an object" };
  return names[type] ?? `${/^[aeiou]/.test(type) ? "an" : "a"} ${type}`;
}

/** A value for a message: short, and never a whole text. */
export function shown(value: unknown): string {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return "an object";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 120 ? `${text.slice(0, 60)}… (${text.length} characters)` : text;
}

/** `["a", 0, "b"]` as `a[0].b`. */
export function pathText(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
  return text.replace(/^\./, "") || "body";
}

/** An absent field and `null` are the same on OCI's wire. */
function withoutNulls(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== null));
}
