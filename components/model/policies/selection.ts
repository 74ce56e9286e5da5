import { z } from "zod";
import { limits } from "../limits.ts";
import type { Problem } from "../problems.ts";
import { checkWith } from "./checking.ts";
import { bareVariableFaults, type ContextScope, type ContextTable } from "./context-variables.ts";
import { filledText, flag, matching, settings, variants } from "./schemas.ts";

const selectionSource = settings({ type: z.literal("SINGLE"), selector: filledText });

const selectionKey = variants([
  z.strictObject({
    type: z.literal("ANY_OF"),
    name: filledText,
    values: z.array(z.string()).max(limits.valuesPerSelectionKey).optional(),
    isDefault: flag,
  }),
  z.strictObject({
    type: z.literal("WILDCARD"),
    name: filledText,
    expression: matching(
      /^([*+][^*+]+|[^*+]+[*+])$/,
      'must hold one "*" or "+", at its beginning or its end, for example "beta-*"',
    ),
    isDefault: flag,
  }),
]);

interface SelectionKey {
  name: string;
  values?: readonly string[];
  expression?: string;
  isDefault?: boolean;
}

/**
 * What is wrong with the element of a request that a choice depends on ("Selecting API Gateway Back Ends Dynamically
 * Based on Request Elements").
 *
 * @param tables - Tables that may be chosen by here.
 */
export function checkSelectionSource(
  given: unknown,
  at: string,
  scope: ContextScope,
  tables: readonly ContextTable[],
): Problem[] {
  const problems = checkWith(selectionSource, given, at, "selection");
  if (problems.length > 0) return problems;
  const { selector } = given as { selector: string };
  return bareVariableFaults(selector, scope, tables).map((message) => {
    return { rule: "context-variable", key: `${at}.selector`, message };
  });
}

/**
 * What is wrong with the rules of a choice: each by itself, and beside the others.
 *
 * @param keys - Each rule, and where it stands.
 */
export function checkSelectionKeys(keys: readonly { given: unknown; at: string }[]): Problem[] {
  const problems = keys.flatMap(({ given, at }) => checkWith(selectionKey, given, at, "selection"));
  if (problems.length > 0) return problems;
  const all = keys.map(({ given, at }) => ({ key: given as SelectionKey, at }));
  const defaults = all.filter(({ key }) => key.isDefault === true);
  return [
    ...repeated(all.map(({ key, at }) => ({ text: key.name, same: key.name, at: `${at}.name` }))),
    ...repeated(all.flatMap(({ key, at }) => comparedOf(key, at))),
    ...defaults.slice(1).map(({ at }): Problem => {
      const message = `is the default beside ${defaults[0]?.at ?? ""}.isDefault; only one rule can be`;
      return { rule: "selection", key: `${at}.isDefault`, message };
    }),
  ];
}

/** Values are compared without regard to case, expressions with it. */
function comparedOf({ values = [], expression }: SelectionKey, at: string) {
  return [
    ...values.map((text, index) => ({
      text,
      same: `value ${text.toLowerCase()}`,
      at: `${at}.values[${index}]`,
    })),
    ...(expression === undefined
      ? []
      : [{ text: expression, same: `expression ${expression}`, at: `${at}.expression` }]),
  ];
}

function repeated(all: readonly { text: string; same: string; at: string }[]): Problem[] {
  const first = new Map<string, string>();
  return all.flatMap(({ text, same, at }): Problem[] => {
    const earlier = first.get(same);
    first.set(same, earlier ?? at);
    if (earlier === undefined) return [];
    const message = `is ${JSON.stringify(text)}, which stands at ${earlier} already; each must be unique among the rules`;
    return [{ rule: "selection", key: at, message }];
  });
}
