import type { Problem } from "./problems.ts";

/** Settings of OCI that this component doesn't carry: refused by name, never ignored. */
const unsupported: ReadonlySet<string> = new Set(
  [
    ["mutualTls", "responseCacheLookup", "responseCacheStore", "usagePlans"],
    ["tracing", "uses"],
    ["allowedPostLogoutUris", "postLogoutState"],
    ["caBundles", "certificateId", "customDomain", "domain", "ipMode", "isLockOverride", "locks"],
    ["ipv4addressConfiguration", "ipv6addressConfiguration", "openapi", "responseCacheDetails"],
    ["detachedModeTimeoutInSeconds", "failureDestination", "provisionedConcurrencyConfig"],
    ["definedTags", "sourceDetails", "successDestination"],
  ].flat(),
);

/** Policies by name, and the settings under which they stand. */
const policies: Readonly<Record<string, string>> = {
  authentication: 'the API\'s "requestPolicies"',
  dynamicAuthentication: 'the API\'s "requestPolicies"',
  rateLimiting: 'the API\'s "requestPolicies"',
  cors: '"requestPolicies" of the API or of a route',
  authorization: 'a route\'s "requestPolicies"',
  headerTransformations: 'a route\'s "requestPolicies" or "responsePolicies"',
  queryParameterTransformations: 'a route\'s "requestPolicies"',
  headerValidations: 'a route\'s "requestPolicies"',
  queryParameterValidations: 'a route\'s "requestPolicies"',
  bodyValidation: 'a route\'s "requestPolicies"',
};

/**
 * Settings that nobody would read. A setting given as `undefined` counts as not given.
 *
 * @param at - Where they were given, for example `routes["GET /users"]`; empty for the component's own.
 */
export function checkSettings(given: object, known: readonly string[], at: string): Problem[] {
  return Object.entries(given).flatMap(([name, value]): Problem[] => {
    if (value === undefined || known.includes(name)) return [];
    const message = unknownText(name, known);
    return [{ rule: "unsupported-setting", key: at === "" ? name : `${at}.${name}`, message }];
  });
}

/** What is wrong with a setting that isn't among those that are known. */
export function unknownText(name: string, names: readonly string[]): string {
  const known = names.join(", ");
  if (unsupported.has(name)) return `is not supported yet; leave it out (supported here: ${known})`;
  if (Object.hasOwn(policies, name)) return `stands under ${policies[name]}; allowed here are ${known}`;
  return `is not a setting; allowed are ${known}`;
}
