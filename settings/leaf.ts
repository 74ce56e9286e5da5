import { z } from "zod";
import { isOcidOf } from "../components/model/ocids.ts";

/** What a wrong value's error says beside the value. */
export interface Allowed {
  /** What is allowed, in words. */
  allowed: string;
  /** A value for the command that cures it; words in `<>` where only the user can know. */
  example: string;
  /** The value is a list; `example` is one of its elements. */
  isList?: true;
}

function leaf<T>(schema: z.ZodType<T>, allowed: Allowed): z.ZodType<T> {
  return z.custom<T>((value) => schema.safeParse(value).success, { params: { ...allowed } });
}

/** A text of a pattern. */
export function text(pattern: RegExp, allowed: string, example: string): z.ZodType<string> {
  return leaf(z.string().regex(pattern), { allowed, example });
}

/** One of a few words. */
export function word<const T extends string>(words: readonly [T, ...T[]], example: T): z.ZodType<T> {
  return leaf(z.enum(words) as unknown as z.ZodType<T>, { allowed: words.join(", "), example });
}

/** Any text that a predicate lets through. */
export function textWhere(test: (value: string) => boolean, allowed: string, example: string) {
  return leaf(z.string().refine(test), { allowed, example });
}

/** A number, also when the stack file has it in quotes. */
export function number(test: (value: number) => boolean, allowed: string, example: number) {
  const isAllowed = (value: unknown) => isNumeric(value) && test(Number(value));
  return z
    .custom<number | string>(isAllowed, { params: { allowed, example: String(example) } })
    .transform(Number);
}

/** `true` or `false`, also when the stack file has it in quotes. */
export function flag(example: boolean) {
  return z
    .custom<boolean | string>((value) => ["true", "false"].includes(String(value)), {
      params: { allowed: "true, false", example: String(example) },
    })
    .transform((value) => String(value) === "true");
}

/** A list; `example` is one of its elements. */
export function list<T extends z.ZodType>(element: T, example: string) {
  return z
    .custom<unknown[]>((value) => Array.isArray(value), {
      params: { allowed: "a list", example, isList: true },
    })
    .pipe(z.array(element));
}

/**
 * The value of an environment variable: text; whole numbers and booleans, which `pulumi config set --path` makes
 * of such text, become text again. A fraction is refused, for YAML has already turned `1.10` into 1.1.
 */
export function variable() {
  const isAllowed = (value: unknown) =>
    typeof value === "string" || typeof value === "boolean" || Number.isSafeInteger(value);
  return z
    .custom<string | number | boolean>(isAllowed, {
      params: { allowed: "text (a number with a fraction in quotes)", example: "<text>" },
    })
    .transform(String);
}

/** An OCID of the given types ("Oracle Cloud IDs (OCIDs)": `ocid1.<type>.<realm>.[region][.future use].<unique id>`). */
export function ocid(noun: string, ...types: readonly string[]): z.ZodType<string> {
  const forms = types.map((type) => `ocid1.${type}.…`).join(" or ");
  return textWhere((value) => isOcidOf(value, types), `the OCID of ${noun} (${forms})`, `<OCID of ${noun}>`);
}

function isNumeric(value: unknown): boolean {
  return typeof value === "number" || (typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value));
}
