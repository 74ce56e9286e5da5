import { isExistingGateway } from "./api-gateway.ts";
import type { RouteArgs, ServerlessApiArgs } from "./args.ts";
import { backendsOf } from "./backends.ts";
import { prefixesOn } from "./gateway-prefixes.ts";
import { checkRepeatedPrefix } from "./model/lint/prefixes.ts";
import { lintApi } from "./model/lint.ts";
import { checkPrefixBeside, defaultPathPrefix } from "./model/paths.ts";
import type { Problem } from "./model/problems.ts";
import { RouteKey } from "./model/routes.ts";
import { isBag } from "./model/values.ts";

type Args = Pick<ServerlessApiArgs, "requestPolicies" | "functions" | "gateway" | "pathPrefix"> & {
  routes?: unknown;
};

/** What is wrong, or looks it, about settings beside each other. That routes can't be read is told elsewhere. */
export function lintProblems(args: Args): Problem[] {
  const { requestPolicies, routes, functions = {} } = args;
  const entries = isBag(routes) ? Object.entries(routes) : [];
  const all = entries.map(([key, given]) => {
    const own = isBag(given) ? given.requestPolicies : undefined;
    return { key, requestPolicies: own, functionKeys: functionKeysOf(given) };
  });
  const plain = all.flatMap(({ key, ...given }) => {
    const { route } = RouteKey.parse(key);
    return route === undefined ? [] : [{ route, ...given }];
  });
  const unread = all.filter(({ key }) => RouteKey.parse(key).route === undefined);
  return [
    ...lintApi({ requestPolicies, functionKeys: Object.keys(functions), routes: plain, unread }),
    ...prefixProblems(
      args,
      plain.map(({ route }) => route),
    ),
  ];
}

/** Beside the API's own routes, and what this program has declared on the same gateway already. */
function prefixProblems(
  { gateway = {}, pathPrefix = defaultPathPrefix }: Args,
  routes: readonly RouteKey[],
): Problem[] {
  if (typeof pathPrefix !== "string") return [];
  const taken = isExistingGateway(gateway) ? prefixesOn(gateway.gatewayId) : [];
  return [...checkRepeatedPrefix(pathPrefix, routes), ...checkPrefixBeside(pathPrefix, taken)];
}

function functionKeysOf(given: unknown): string[] {
  const isChoice = isBag(given) && given.kind === "dynamic";
  if (isChoice && !(Array.isArray(given.routingBackends) && given.routingBackends.every(isBag))) return [];
  const backends =
    isChoice || isBag(given) || typeof given === "string" ? backendsOf({ route: given as RouteArgs }) : [];
  return backends.flatMap((backend) => {
    const key: unknown = isBag(backend) ? backend.function : backend;
    return typeof key === "string" ? [key] : [];
  });
}
