import type { Policies } from "./model/specification.ts";
import { isBag } from "./model/values.ts";

/** The same policies, with the ids of authorizer functions in the place of their keys. */
export function withFunctionIds(requestPolicies: Policies, idOf: (key: string) => unknown): Policies {
  const resolved = (value: unknown): unknown => {
    if (!isBag(value) || typeof value.function !== "string") return value;
    const key = value.function;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) =>
        name === "function" ? ["functionId", idOf(key)] : [name, inner],
      ),
    );
  };
  const { authentication, dynamicAuthentication, ...others } = requestPolicies;
  return {
    ...(authentication === undefined ? {} : { authentication: resolved(authentication) }),
    ...(dynamicAuthentication === undefined
      ? {}
      : { dynamicAuthentication: withServers(dynamicAuthentication, resolved) }),
    ...others,
  };
}

function withServers(given: unknown, resolved: (value: unknown) => unknown): unknown {
  const { authenticationServers, ...rest } = given as { authenticationServers: readonly Policies[] };
  const servers = authenticationServers.map(({ authenticationServerDetail, ...server }) => {
    return { ...server, authenticationServerDetail: resolved(authenticationServerDetail) };
  });
  return { ...rest, authenticationServers: servers };
}
