import { checkSettings } from "../known-settings.ts";
import { limits } from "../limits.ts";
import type { Problem } from "../problems.ts";
import { isBag, kindOf } from "../values.ts";
import type { ContextScope, ContextTable } from "./context-variables.ts";
import { checkSelectionKeys, checkSelectionSource } from "./selection.ts";

/** What back ends may be chosen by. */
const backendTables: readonly ContextTable[] = ["headers", "query", "path", "host", "subdomain", "auth"];

/**
 * What is wrong with a choice between back ends, but not with the back ends ("Selecting API Gateway Back Ends
 * Dynamically Based on Request Elements").
 */
export function checkDynamicRouting(
  given: { selectionSource?: unknown; routingBackends?: unknown },
  at: string,
  scope: ContextScope,
): Problem[] {
  return [
    ...checkSelectionSource(given.selectionSource, `${at}.selectionSource`, scope, backendTables),
    ...checkRoutingBackends(given.routingBackends, `${at}.routingBackends`),
  ];
}

function checkRoutingBackends(given: unknown, at: string): Problem[] {
  const problem = (key: string, message: string): Problem => ({ rule: "selection", key, message });
  if (!Array.isArray(given)) {
    const example = '[{ key: { type: "ANY_OF", name: "beta", values: ["beta"] }, backend: "beta" }]';
    return [problem(at, `must be a list, for example ${example}; is ${kindOf(given)}`)];
  }
  const isSoundCount = given.length >= 1 && given.length <= limits.routingBackends;
  const items = given.map((item: unknown, index) => ({ item, at: `${at}[${index}]` }));
  const isRule = ({ item }: { item: unknown }) => isBag(item);
  const rules = items.filter(isRule).map((one) => ({ ...one, item: one.item as Record<string, unknown> }));
  return [
    ...(isSoundCount
      ? []
      : [problem(at, `has ${given.length} rules; must have 1 to ${limits.routingBackends}`)]),
    ...items
      .filter((one) => !isRule(one))
      .map((one) => problem(one.at, `must be an object with "key" and "backend"; is ${kindOf(one.item)}`)),
    ...rules.flatMap((one) => checkSettings(one.item, ["key", "backend"], one.at)),
    ...checkSelectionKeys(rules.map((one) => ({ given: one.item.key, at: `${one.at}.key` }))),
  ];
}
