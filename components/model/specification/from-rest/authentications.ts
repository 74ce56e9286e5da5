import { isBag } from "../../values.ts";
import { type Reading, restFunction } from "./backends.ts";

/** An API's request policies, in which authorizer functions stand by their keys where they have one. */
export function restAuthentications(given: unknown, reading: Reading): unknown {
  if (!isBag(given)) return given;
  const named = (value: unknown, at: string): unknown => {
    if (!isBag(value)) return value;
    if (value.function !== undefined) {
      const message = "is not a setting of OCI's; name the function by functionId, which takes its key too";
      reading.problems.push({ rule: "unsupported-setting", key: `${at}.function`, message });
      return value;
    }
    // Also where it is missing, so that this is told at its own name.
    const [named] = Object.entries(restFunction(value.functionId, { args: at, place: at }, reading));
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
