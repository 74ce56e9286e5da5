import { z } from "zod";
import { limits } from "../../limits.ts";
import { type ContextTable, parseBareVariable } from "../context-variables.ts";
import { always, atMost, soundString } from "./parts.ts";

/** Elements of a request that a choice may depend on; for back ends also `request.usage_plan[id]`, refused by name. */
export const selectorTables: readonly ContextTable[] = [
  "auth",
  "headers",
  "host",
  "path",
  "query",
  "subdomain",
];

/** One context variable without `${}`. */
export const selectionSource = z.strictObject({
  type: z.literal("SINGLE"),
  selector: soundString((value) => {
    const variable = parseBareVariable(value, selectorTables);
    return "fault" in variable ? variable.fault : undefined;
  }),
});

const name = soundString((value) => (value === "" ? 'must not be empty; for example "canary"' : undefined));

const expression = soundString((value) =>
  /^(?:[*+][^*+]+|[^*+]+[*+])$/.test(value)
    ? undefined
    : `must have exactly one * (any characters) or + (at least one), at its beginning or its end, but is ${JSON.stringify(value)}; for example "beta-*"`,
);

/** A rule of a choice. */
export const selectionKey = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("ANY_OF"),
    name,
    values: z.array(z.string()).superRefine(atMost(limits.valuesPerSelectionKey), always).optional(),
    isDefault: z.boolean().optional(),
  }),
  z.strictObject({
    type: z.literal("WILDCARD"),
    name,
    expression,
    isDefault: z.boolean().optional(),
  }),
]);

/**
 * What the rules of one choice must be together: names and values of their own, at most one default. Used on the
 * list of `{key, …}` as `.superRefine(soundSelection, always)`, so that it speaks up beside the items' own problems.
 */
export function soundSelection(items: unknown, context: z.RefinementCtx): void {
  if (!Array.isArray(items)) return;
  const taken = new Map<string, string>();
  const take = (kind: string, path: (string | number)[], at: string, fault: (first: string) => string) => {
    const first = taken.get(kind);
    if (first === undefined) taken.set(kind, at);
    else context.addIssue({ code: "custom", path, message: fault(first) });
  };
  for (const [index, item] of items.entries()) {
    const key: Readonly<Record<string, unknown>> = item?.key ?? {};
    const at = [index, "key"];
    if (typeof key.name === "string" && key.name !== "") {
      const fault = (first: string) => `is also the name of ${first}; give each rule its own`;
      take(`name ${key.name}`, [...at, "name"], `rule ${index}`, fault);
    }
    const values: unknown[] = Array.isArray(key.values) && key.type === "ANY_OF" ? key.values : [];
    for (const [place, value] of values.entries()) {
      if (typeof value !== "string") continue;
      const fault = (first: string) =>
        `has the value ${JSON.stringify(value)} a second time, as ${first} has it; case makes no difference`;
      take(`value ${value.toLowerCase()}`, [...at, "values", place], `rule ${index}`, fault);
    }
    if (key.type === "WILDCARD" && typeof key.expression === "string") {
      const fault = (first: string) => `is also the expression of ${first}; remove one of them`;
      take(`expression ${key.expression}`, [...at, "expression"], `rule ${index}`, fault);
    }
    if (key.isDefault === true) {
      const fault = (first: string) => `must be set once at most, but ${first} has it too`;
      take("default", [...at, "isDefault"], `rule ${index}`, fault);
    }
  }
}
