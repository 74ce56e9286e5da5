import type { ServerlessApiArgs } from "./args.ts";
import type { Policies } from "./model/specification.ts";
import { isBag } from "./model/values.ts";

/** Whether callers are authenticated in one way or another. */
export function hasAuthentication({ requestPolicies }: Pick<ServerlessApiArgs, "requestPolicies">): boolean {
  const { authentication, dynamicAuthentication } = Object(requestPolicies) as Policies;
  return authentication !== undefined || dynamicAuthentication !== undefined;
}

/** Every authentication of an API, and where it stands, as far as its form is right. */
export function authenticationsOf(requestPolicies: unknown): { given: Policies; at: string }[] {
  const { authentication, dynamicAuthentication } = Object(requestPolicies) as Policies;
  const { authenticationServers } = Object(dynamicAuthentication) as Policies;
  const servers = Array.isArray(authenticationServers) ? authenticationServers : [];
  const at = "requestPolicies.dynamicAuthentication.authenticationServers";
  return [
    { given: authentication, at: "requestPolicies.authentication" },
    ...servers.map((server: unknown, index) => ({
      given: (Object(server) as Policies).authenticationServerDetail,
      at: `${at}[${index}].authenticationServerDetail`,
    })),
  ].filter((one): one is { given: Policies; at: string } => isBag(one.given));
}

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
