import { contextValue } from "../server/context-value.ts";
import type { Exchange } from "../server/exchange.ts";
import { parseBareVariable } from "../specification/context-variables.ts";
import { selectorTables } from "../specification/schema/selection.ts";
import type { SelectionKey, SelectionSource } from "../specification/selection.ts";
import { unverified } from "../unverified.ts";

/** What a dynamic choice came to. */
export interface Selected<T> {
  value: T;
  /** Of the rule that was taken. */
  name: string;
  /** Whether it was taken because no rule matched. */
  isDefault: boolean;
}

/**
 * A dynamic choice, made ready: exact values first, without regard to case; then the first expression that matches,
 * with regard to case; then the default; else nothing ("Selecting API Gateway Back Ends Dynamically Based on Request
 * Elements", "Adding Multiple Authentication Servers to the same API Deployment").
 *
 * @param rules - In the order of the specification, checked by its schema.
 */
export function compileSelection<T>(
  source: SelectionSource,
  rules: readonly { key: SelectionKey; value: T }[],
): (exchange: Exchange) => Selected<T> | undefined {
  const variable = parseBareVariable(source.selector, selectorTables);
  if ("fault" in variable) throw new Error(`selectionSource.selector ${variable.fault}`);
  const exact = new Map<string, Selected<T>>();
  const wildcards: { matches: (text: string) => boolean; selected: Selected<T> }[] = [];
  let byDefault: Selected<T> | undefined;
  for (const { key, value } of rules) {
    const selected = { value, name: key.name, isDefault: false };
    if (key.type === "WILDCARD") wildcards.push({ matches: matcherOf(key.expression), selected });
    else for (const one of key.values ?? []) exact.set(one.toLowerCase(), selected);
    if (key.isDefault) byDefault = { ...selected, isDefault: true };
  }
  const whenAbsent = unverified.absentElement === "default" ? byDefault : undefined;
  return (exchange) => {
    const text = contextValue(variable, exchange);
    if (text === undefined) return whenAbsent;
    const known = exact.get(text.toLowerCase());
    if (known !== undefined) return known;
    return wildcards.find(({ matches }) => matches(text))?.selected ?? byDefault;
  };
}

/** `*` stands for any characters, `+` for at least one; at the beginning or the end. */
function matcherOf(expression: string): (text: string) => boolean {
  const isAtStart = /^[*+]/.test(expression);
  const literal = isAtStart ? expression.slice(1) : expression.slice(0, -1);
  const isSomething = expression.includes("+");
  const minimum = literal.length + (isSomething ? 1 : 0);
  if (isAtStart) return (text) => text.length >= minimum && text.endsWith(literal);
  return (text) => text.length >= minimum && text.startsWith(literal);
}
