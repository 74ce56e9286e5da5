import { isBag } from "../values.ts";

/** Policies as OCI's specification has them; what may be known later stands in their leaves. */
export type Policies = Readonly<Record<string, unknown>>;

/**
 * Oracle's defaults of the settings inside a policy, by where they stand: `*` is any item or key. All of these are
 * optional and computed in the provider, which keeps the old value of a setting that goes missing.
 */
// unverified: how the official provider takes a policy away that goes missing as a whole; its schema has all of them optional and computed
const defaults: readonly (readonly [where: string, values: Policies])[] = [
  ["cors", { allowedMethods: [], allowedHeaders: [], exposedHeaders: [] }],
  ["cors", { isAllowCredentialsEnabled: false, maxAgeInSeconds: 0 }],
  ["headerTransformations.setHeaders.items.*", { ifExists: "OVERWRITE" }],
  ["queryParameterTransformations.setQueryParameters.items.*", { ifExists: "OVERWRITE" }],
  ["headerValidations", { validationMode: "ENFORCING" }],
  ["headerValidations.headers.*", { required: false }],
  ["queryParameterValidations", { validationMode: "ENFORCING" }],
  ["queryParameterValidations.parameters.*", { required: false }],
  ["bodyValidation", { required: false, validationMode: "ENFORCING" }],
  ["executionLog", { logLevel: "INFO" }],
  ...["authentication", "dynamicAuthentication.authenticationServers.*.authenticationServerDetail"].flatMap(
    ofAuthentication,
  ),
  ["dynamicAuthentication.authenticationServers.*.key", { isDefault: false }],
];

function ofAuthentication(at: string): [string, Policies][] {
  const skewed = { maxClockSkewInSeconds: 0 };
  const remote = { isSslVerifyDisabled: false, maxCacheDurationInHours: 1 };
  return [
    [at, { isAnonymousAccessAllowed: false }],
    [`${at}#TOKEN_AUTHENTICATION`, skewed],
    [`${at}#JWT_AUTHENTICATION`, skewed],
    [`${at}.verifyClaims.*`, { isRequired: false }],
    [`${at}.validationPolicy.additionalValidationPolicy.verifyClaims.*`, { isRequired: false }],
    [`${at}.publicKeys#REMOTE_JWKS`, remote],
    [`${at}.validationPolicy#REMOTE_JWKS`, remote],
    [`${at}.validationPolicy#REMOTE_DISCOVERY`, remote],
    [
      `${at}.validationFailurePolicy.responseHeaderTransformations.setHeaders.items.*`,
      { ifExists: "OVERWRITE" },
    ],
  ];
}

/** A static key's name of RFC 7517, which OCI's REST API keeps beside the others' form. */
const keyName = (at: string, name: string) =>
  /(^|\.)keys\.\*$/.test(at) && name === "keyOps" ? "key_ops" : name;

/** The same policies with what they leave to Oracle's defaults, in the names of OCI's REST API. */
export function withDefaults(policies: Policies): Policies {
  return complete(policies, "") as Policies;
}

function complete(value: unknown, at: string): unknown {
  if (Array.isArray(value)) return value.map((item) => complete(item, below(at, "*")));
  if (!isBag(value)) return value;
  const added = defaults
    .filter(([where]) => where === at || where === `${at}#${String(value.type)}`)
    .map(([, values]) => values);
  const given = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .map(([name, inner]) => [keyName(at, name), complete(inner, below(at, name))]);
  return Object.assign({}, Object.fromEntries(given), ...added, Object.fromEntries(given));
}

function below(at: string, name: string): string {
  return at === "" ? name : `${at}.${name}`;
}
