import { isBag } from "../../values.ts";
import { type FunctionNames, restFunction } from "./backends.ts";

/** An API's request policies, in which authorizer functions stand by their keys where they have one. */
export function restAuthentications(
  given: unknown,
  names: FunctionNames,
  places: Map<string, string>,
): unknown {
  if (!isBag(given)) return given;
  const named = (value: unknown, at: string): unknown => {
    if (!isBag(value) || value.functionId === undefined) return value;
    const [named] = Object.entries(
      restFunction(value.functionId, { args: at, place: at }, { names, places }),
    );
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => (name === "functionId" && named) || [name, inner]),
    );
  };
  const { authentication, dynamicAuthentication } = given;
  const top = "requestPolicies";
  return {
    ...given,
    ...(authentication === undefined
      ? {}
      : { authentication: named(authentication, `${top}.authentication`) }),
    ...(isBag(dynamicAuthentication) && Array.isArray(dynamicAuthentication.authenticationServers)
      ? {
          dynamicAuthentication: {
            ...dynamicAuthentication,
            authenticationServers: dynamicAuthentication.authenticationServers.map(
              (server: unknown, index) => {
                if (!isBag(server)) return server;
                const at = `${top}.dynamicAuthentication.authenticationServers[${index}].authenticationServerDetail`;
                return {
                  ...server,
                  authenticationServerDetail: named(server.authenticationServerDetail, at),
                };
              },
            ),
          },
        }
      : {}),
  };
}
