import { z } from "zod";
import { headerNamePattern } from "../header-values.ts";
import { isBag } from "../values.ts";
import { passOn, withSettings } from "./checking.ts";

/** A text with something in it. */
export const filledText = z.string().min(1);
export const flag = z.boolean().optional();

export const headerName = matching(headerNamePattern, 'must be the name of a header, for example "X-Id"');

/** A text of one form; `must` says what it has to be. For texts that are no secrets. */
export function matching(form: RegExp, must: string): z.ZodString {
  return z.string().regex(form, { error: ({ input }) => `is ${JSON.stringify(input)}; ${must}` });
}

/** A list of at most so many items. With Zod's own `max`, those of a list that is too long aren't looked at. */
export function atMost(maximum: number, list: z.ZodType): z.ZodType {
  return z.unknown().superRefine((items, context) => {
    passOn(list, items, context);
    if (!Array.isArray(items) || items.length <= maximum) return;
    context.addIssue({ code: "too_big", origin: "array", maximum, inclusive: true, input: items });
  });
}

/** An object with these settings and no others; nothing of a class, which might seem to have none. */
export function settings(shape: z.ZodRawShape): z.ZodType {
  return ofBag(z.strictObject(shape), () => Object.keys(shape));
}

/** One of several objects, told apart by `type` or another setting. */
export function variants(options: readonly [z.ZodObject, ...z.ZodObject[]], by = "type"): z.ZodType {
  const namesFor = (value: Readonly<Record<string, unknown>>) => {
    const option = options.find(({ shape }) => shape[by]?.safeParse(value[by]).success);
    return Object.keys(option?.shape ?? {});
  };
  return ofBag(z.discriminatedUnion(by, options), namesFor);
}

/** An object whose keys are the user's own. */
export function ofKeys(key: z.ZodString, value: z.ZodType): z.ZodType {
  return ofBag(z.record(key, value));
}

function ofBag(
  schema: z.ZodType,
  namesFor: (value: Readonly<Record<string, unknown>>) => readonly string[] = () => [],
): z.ZodType {
  return z.unknown().superRefine((value, context) => {
    if (!isBag(value)) {
      context.addIssue({ code: "invalid_type", expected: "object", input: value, continue: false });
      return;
    }
    for (const issue of schema.safeParse(value).error?.issues ?? []) {
      const known = withSettings(issue, namesFor(value));
      context.addIssue({ ...known, continue: false } as Parameters<typeof context.addIssue>[0]);
    }
  });
}
