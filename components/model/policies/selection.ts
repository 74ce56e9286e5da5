import { z } from "zod";
import { limits } from "../limits.ts";
import type { Problem } from "../problems.ts";
import { isBag } from "../values.ts";
import { checkWith } from "./checking.ts";
import { bareVariableFaults, type ContextScope, type ContextTable } from "./context-variables.ts";
import { atMost, filledText, flag, matching, settings, variants } from "./schemas.ts";

const selectionSource = settings({ type: z.literal("SINGLE"), selector: filledText });

const selectionKey = variants([
  z.strictObject({
    type: z.literal("ANY_OF"),
    name: filledText,
    values: atMost(limits.valuesPerSelectionKey, z.array(z.string())).optional(),
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

type SelectionKey = Readonly<Record<string, unknown>>;

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
  const { selector } = isBag(given) ? given : {};
  if (typeof selector !== "string" || selector === "") return problems;
  const faults = bareVariableFaults(selector, scope, tables);
  return [
    ...problems,
    ...faults.map((message): Problem => ({ rule: "context-variable", key: `${at}.selector`, message })),
  ];
}

/**
 * What is wrong with the rules of a choice: each by itself, and beside the others.
 *
 * @param keys - Each rule, and where it stands.
 */
export function checkSelectionKeys(keys: readonly { given: unknown; at: string }[]): Problem[] {
  const problems = keys.flatMap(({ given, at }) => checkWith(selectionKey, given, at, "selection"));
  const all = keys.flatMap(({ given, at }) => (isBag(given) ? [{ key: given, at }] : []));
  const defaults = all.filter(({ key }) => key.isDefault === true);
  return [
    ...problems,
    ...repeated(all.flatMap(({ key, at }) => textAt(key.name, `${at}.name`, (text) => text))),
    ...repeated(all.flatMap(({ key, at }) => comparedOf(key, at))),
    ...defaults.slice(1).map(({ at }): Problem => {
      const message = `is the default beside ${defaults[0]?.at ?? ""}.isDefault; only one rule can be`;
      return { rule: "selection", key: `${at}.isDefault`, message };
    }),
  ];
}

/** Values are compared without regard to case, expressions with it. */
function comparedOf({ values, expression }: SelectionKey, at: string): Compared[] {
  return [
    ...(Array.isArray(values) ? values : []).flatMap((value: unknown, index) =>
      textAt(value, `${at}.values[${index}]`, (text) => `value ${text.toLowerCase()}`),
    ),
    ...textAt(expression, `${at}.expression`, (text) => `expression ${text}`),
  ];
}

interface Compared {
  text: string;
  /** Equal to that of every text that counts as the same. */
  same: string;
  at: string;
}

function textAt(value: unknown, at: string, sameOf: (text: string) => string): Compared[] {
  return typeof value === "string" ? [{ text: value, same: sameOf(value), at }] : [];
}

function repeated(all: readonly Compared[]): Problem[] {
  const first = new Map<string, string>();
  return all.flatMap(({ text, same, at }): Problem[] => {
    const earlier = first.get(same);
    first.set(same, earlier ?? at);
    if (earlier === undefined) return [];
    const message = `is ${JSON.stringify(text)}, which stands at ${earlier} already; each must be unique among the rules`;
    return [{ rule: "selection", key: at, message }];
  });
}
