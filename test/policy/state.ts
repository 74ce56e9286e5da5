import type { ResourceState } from "../../local/monitor/state.ts";
import type { Given } from "./given.ts";

/** A resource that is up: rules on it alone see what the program gave, those on the stack what the provider answered. */
export function givenOf({
  type,
  urn,
  inputs,
  outputs,
  id,
  isProtected,
  propertyDependencies,
}: ResourceState): Given {
  const named = (used: string) => used.split("::").slice(-2).join("::").split("$").at(-1) ?? "";
  const uses = Object.entries(propertyDependencies).map(([property, urns]) => [property, urns.map(named)]);
  return {
    type,
    name: urn.split("::").at(-1) ?? "",
    properties: plain(inputs),
    outputs: plain({ ...inputs, ...outputs, id }),
    protect: isProtected,
    uses: Object.fromEntries(uses),
  };
}

/** Absent values don't travel. */
function plain(properties: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(properties));
}
