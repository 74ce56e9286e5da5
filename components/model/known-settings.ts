import type { Problem } from "./problems.ts";

/** Settings of OCI that this component doesn't carry: refused by name, never ignored. */
const unsupported: ReadonlySet<string> = new Set(
  [
    [
      "authentication",
      "authorization",
      "cors",
      "dynamicAuthentication",
      "mutualTls",
      "rateLimiting",
      "usagePlans",
    ],
    ["bodyValidation", "headerTransformations", "headerValidations"],
    [
      "queryParameterTransformations",
      "queryParameterValidations",
      "responseCacheLookup",
      "responseCacheStore",
    ],
    ["logging", "loggingPolicies", "requestPolicies", "responsePolicies", "tracing", "uses"],
    ["allowedPostLogoutUris", "postLogoutState", "routingBackends", "selectionSource"],
    ["caBundles", "certificateId", "customDomain", "domain", "ipMode", "isLockOverride", "locks"],
    ["ipv4addressConfiguration", "ipv6addressConfiguration", "openapi", "responseCacheDetails"],
    ["detachedModeTimeoutInSeconds", "failureDestination", "provisionedConcurrencyConfig"],
    ["definedTags", "sourceDetails", "successDestination"],
  ].flat(),
);

/**
 * Settings that nobody would read. A setting given as `undefined` counts as not given.
 *
 * @param at - Where they were given, for example `routes["GET /users"]`; empty for the component's own.
 */
export function checkSettings(given: object, known: readonly string[], at: string): Problem[] {
  return Object.entries(given).flatMap(([name, value]): Problem[] => {
    if (value === undefined || known.includes(name)) return [];
    const message = unsupported.has(name)
      ? `is not supported yet; leave it out (supported here: ${known.join(", ")})`
      : `is not a setting; allowed are ${known.join(", ")}`;
    return [{ rule: "unsupported-setting", key: at === "" ? name : `${at}.${name}`, message }];
  });
}
