import { z } from "zod";

/** Fields of an object; of anything else none. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** Lets a check speak up also where the parts have problems of their own. */
export const always = { when: () => true };

/** How long a list may be: `.superRefine(atMost(10), always)`. Zod's `max` hides what else is wrong with it and around it. */
export function atMost(maximum: number) {
  return (items: unknown, context: z.RefinementCtx): void => {
    if (!Array.isArray(items) || items.length <= maximum) return;
    context.addIssue({ code: "too_big", origin: "array", maximum, inclusive: true, input: items });
  };
}

/** A whole number of a range. Zod's `int` hides what else is wrong around it. */
export function wholeNumber(range: { min: number; max?: number }) {
  return z
    .number()
    .min(range.min)
    .max(range.max ?? Number.MAX_SAFE_INTEGER)
    .superRefine((value, context) => {
      if (Number.isInteger(value)) return;
      context.addIssue({ code: "invalid_type", expected: "int", input: value });
    });
}

/** A string that a function finds no fault with; each fault is a message. */
export function soundString(faults: (value: string) => string | readonly string[] | undefined) {
  return z.string().superRefine((value, context) => {
    for (const message of [faults(value) ?? []].flat()) context.addIssue({ code: "custom", message });
  });
}

export function textOfBytes(maximum: number) {
  return soundString((value) => {
    const bytes = Buffer.byteLength(value);
    return bytes <= maximum ? undefined : `must be at most ${maximum} bytes long, but has ${bytes}`;
  });
}

export const headerName = soundString((value) =>
  /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(value)
    ? undefined
    : `must be a header's name, but is ${JSON.stringify(value)}`,
);

export const functionId = soundString((value) =>
  /^ocid1\.fnfunc\.[a-z0-9-]+\.[a-z0-9-]*\.[a-z0-9]+$/.test(value)
    ? undefined
    : `must be the OCID of a function, but is ${JSON.stringify(value)}; for example "ocid1.fnfunc.oc1.eu-frankfurt-1.aaaa"`,
);
