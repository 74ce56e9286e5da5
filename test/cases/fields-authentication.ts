import { createPublicKey, type JsonWebKey } from "node:crypto";
import { limits } from "../../components/model/limits.ts";
import {
  api,
  choice,
  fields,
  flag,
  functionId,
  requestAt,
  rule,
  seconds,
  source,
  texts,
} from "./field-kinds.ts";
import { publicKey } from "./gateway/tokens.ts";
import type { Field, Kind } from "./variants.ts";

const key = (index: number) => ({ format: "JSON_WEB_KEY", ...publicKey, kid: `key-${index}` });
const claim = (index: number) => ({ key: `claim-${index}`, values: ["a"], isRequired: true });
const claims: Kind = { kind: "list", item: claim, max: limits.verifyClaims };
const inHeader = { tokenHeader: "Authorization", tokenAuthScheme: "Bearer" };
const keys = { type: "STATIC_KEYS", keys: [key(0)] };
const additional = {
  additionalValidationPolicy: { issuers: ["a"], audiences: ["b"], verifyClaims: [claim(0)] },
};
const token = { type: "TOKEN_AUTHENTICATION", ...inHeader, validationPolicy: { ...keys, ...additional } };
const jwt = { type: "JWT_AUTHENTICATION", ...inHeader, issuers: ["a"], audiences: ["b"], publicKeys: keys };
const placeholders = ["", "not a key"];
const noKeys = { labels: placeholders, because: "OCI takes placeholders, by which no token gets in" };
const pem = createPublicKey({ key: { ...publicKey, kid: undefined } as JsonWebKey, format: "jwk" })
  .export({ format: "pem", type: "spki" })
  .toString();
const discovery = {
  type: "REMOTE_DISCOVERY",
  sourceUriDetails: {
    type: "DISCOVERY_URI",
    uri: "https://idp.example.com/.well-known/openid-configuration",
  },
  clientDetails: {
    type: "CUSTOM",
    clientId: "cases",
    clientSecretId: "ocid1.vaultsecret.oc1.eu-frankfurt-1.aaaa",
    clientSecretVersionNumber: 1,
  },
};
const jwks = { type: "REMOTE_JWKS", uri: "https://idp.example.com/keys" };
const custom = { type: "CUSTOM_AUTHENTICATION", functionId, parameters: { a: "request.headers[x-a]" } };
const authentication = "requestPolicies.authentication";
const policyAt = `${authentication}.validationPolicy`;
const by = (one: object) => api({ authentication: one });
const dynamicAuthentication = {
  selectionSource: source,
  authenticationServers: [rule(0, { authenticationServerDetail: token })],
};
const hours: Kind = {
  kind: "number",
  min: limits.maxCacheDurationInHours.min,
  max: limits.maxCacheDurationInHours.max,
  isWhole: true,
};
const url: Kind = { kind: "text", least: "https://a", over: ["", "a", "ftp://a"] };

const name: Kind = { kind: "text", least: "a", over: [""] };
const inHeaderOtherwise = (field: Field): Field => ({ ...field, absentAt: `${authentication}.tokenHeader` });
const keysAt = `${authentication}.publicKeys`;
const keyed = { ...key(0), keyOps: ["verify"] };
const byKey = (one: object) => by({ ...token, validationPolicy: { type: "STATIC_KEYS", keys: [one] } });
/** Oracle's documents want an algorithm and a use of each key, OCI's API doesn't. */
const saysItsUse = (field: Field): Field => {
  const labels = field.at.endsWith("alg") ? ["absent"] : /ops$/i.test(field.at) ? ["minimum"] : [];
  return { ...field, previewRefuses: { labels, because: "a key must say what it is for" } };
};
const allowing = (authorization: object) =>
  api(
    { authentication: { ...token, isAnonymousAccessAllowed: true } },
    { requestPolicies: { authorization } },
  );
const ignored = (field: Field): Field => ({
  ...field,
  previewRefuses: { labels: ["minimum"], because: "nobody reads it beside this type" },
});

/** Fields of authentication and authorization. */
export const authentications: readonly Field[] = [
  ...[token, jwt, custom].flatMap((one) => fields(authentication, by(one), { "type!": choice(one.type) })),
  ...[token, jwt].flatMap(({ tokenHeader: _, tokenAuthScheme: __, ...one }) =>
    fields(authentication, by({ ...one, tokenQueryParam: "t" }), { "tokenQueryParam!": name }).map(
      inHeaderOtherwise,
    ),
  ),
  ...["tokenHeader", "tokenQueryParam"].flatMap((location) =>
    fields(authentication, by({ ...custom, parameters: undefined, [location]: "t" }), {
      [`${location}!`]: location === "tokenHeader" ? { ...name, over: ["", "x y"] } : name,
    }).map((field) => ({ ...field, absentAt: `${authentication}.parameters` })),
  ),
  ...fields(authentication, by(custom), {
    "functionId!": { kind: "text", least: functionId, over: ["", "ocid1.vcn.oc1.fra.a"] },
  }),
  ...[policyAt, keysAt].flatMap((at) => {
    const of = (one: object) =>
      by(at === policyAt ? { ...token, validationPolicy: one } : { ...jwt, publicKeys: one });
    return [
      ...fields(at, of(keys), {
        "type!": choice("STATIC_KEYS"),
        "keys!": { kind: "list", item: key, min: 1, max: limits.jwtKeys },
      }),
      ...fields(at, of(jwks), {
        "type!": choice("REMOTE_JWKS"),
        "uri!": url,
        isSslVerifyDisabled: flag,
        maxCacheDurationInHours: hours,
      }),
    ];
  }),
  ...[keyed, { format: "PEM", kid: "a", key: pem }].flatMap((one) =>
    fields(`${policyAt}.keys[0]`, byKey(one), { "format!": choice(one.format) }),
  ),
  ...fields(`${policyAt}.keys[0]`, byKey(keyed), {
    alg: choice("RS256", "RS384", "RS512"),
    use: choice("sig"),
    keyOps: { kind: "list", item: () => "verify" },
  }).map(saysItsUse),
  ...fields(`${policyAt}.keys[0]`, byKey({ ...key(0), key_ops: ["verify"] }), {
    key_ops: { kind: "list", item: () => "verify" },
  }).map(saysItsUse),
  ...fields(authentication, by(token), {
    isAnonymousAccessAllowed: flag,
    maxClockSkewInSeconds: seconds(limits.maxClockSkewInSeconds),
    "tokenHeader!": { kind: "text", least: "x", over: ["", "x y"] },
    "tokenAuthScheme!": choice("Bearer"),
  }),
  ...fields(`${policyAt}.keys[0]`, by(token), {
    "kid!": { kind: "text", least: "a", over: [""] },
    "kty!": choice("RSA"),
    "n!": { kind: "text", least: publicKey.n, sound: placeholders, over: [] },
    "e!": { kind: "text", least: publicKey.e, sound: placeholders, over: ["AA"] },
  }).map((field) => ({ ...field, previewRefuses: noKeys })),
  ...fields(
    `${policyAt}.keys[0]`,
    by({
      ...token,
      validationPolicy: { type: "STATIC_KEYS", keys: [{ format: "PEM", kid: "a", key: pem }] },
    }),
    {
      "kid!": { kind: "text", least: "a", over: [""] },
      "key!": { kind: "text", least: pem, over: ["", "not a key", pem.replace("PUBLIC", "PRIVATE")] },
    },
  ),
  ...fields(policyAt, by({ ...token, validationPolicy: discovery }), {
    "type!": choice("REMOTE_DISCOVERY"),
    isSslVerifyDisabled: flag,
    maxCacheDurationInHours: hours,
  }),
  ...fields(`${policyAt}.sourceUriDetails`, by({ ...token, validationPolicy: discovery }), {
    "type!": choice("DISCOVERY_URI"),
    "uri!": url,
  }),
  ...fields(`${policyAt}.clientDetails`, by({ ...token, validationPolicy: discovery }), {
    "clientSecretId!": {
      kind: "text",
      least: "ocid1.vaultsecret.oc1.eu-frankfurt-1.aaaa",
      sound: ["secret"],
      over: [""],
    },
  }).map((field) => ({
    ...field,
    previewRefuses: { labels: ["secret"], because: "OCI reads the secret later, and fails then" },
  })),
  ...fields(`${policyAt}.clientDetails`, by({ ...token, validationPolicy: discovery }), {
    "type!": choice("CUSTOM"),
    "clientId!": name,
    "clientSecretVersionNumber!": { kind: "number", min: 1, isWhole: true },
  }),
  ...fields(
    `${authentication}.parameters`,
    by({ ...custom, parameters: { a: "request.host", b: "request.host" } }),
    {
      a: {
        kind: "text",
        least: "request.host",
        most: "request.query[q]",
        sound: ["request.body", "request.headers[a]"],
        over: ["", "x", "request.path[id]", "request.auth[sub]", "${request.host}"],
      },
    },
  ),
  ...fields(`${policyAt}.additionalValidationPolicy`, by(token), {
    issuers: texts(limits.issuers),
    audiences: texts(limits.audiences),
    verifyClaims: claims,
  }),
  ...fields(`${policyAt}.additionalValidationPolicy.verifyClaims[0]`, by(token), {
    "key!": { kind: "text", least: "a", over: [""] },
    values: texts(),
    isRequired: flag,
  }),
  ...[
    [`${policyAt}.additionalValidationPolicy.issuers[0]`, token, [""]],
    [`${policyAt}.additionalValidationPolicy.audiences[0]`, token, [""]],
    [`${policyAt}.additionalValidationPolicy.verifyClaims[0].values[0]`, token, []],
    [`${authentication}.issuers[0]`, jwt, [""]],
    [`${authentication}.audiences[0]`, jwt, [""]],
    [`${authentication}.cacheKey[0]`, { ...custom, cacheKey: ["a"] }, ["", "b"]],
  ].map(([at, one, over]) => ({
    at: at as string,
    base: by(one as object),
    kind: { kind: "text", least: "a", over: over as string[] } as const,
  })),
  ...fields(authentication, by(jwt), {
    isAnonymousAccessAllowed: flag,
    "tokenHeader!": { ...name, over: ["", "x y"] },
    "tokenAuthScheme!": choice("Bearer"),
    "issuers!": texts(limits.issuers, 1),
    "audiences!": texts(limits.audiences, 1),
    verifyClaims: claims,
    maxClockSkewInSeconds: seconds(limits.maxClockSkewInSeconds),
  }),
  ...fields(authentication, by(custom), {
    "parameters!": {
      kind: "map",
      entry: (index) => [`a${index}`, `request.headers[x-${index}]`],
      max: limits.authorizerParameters,
    },
    isAnonymousAccessAllowed: flag,
  }),
  ...fields(
    authentication,
    by({
      ...custom,
      parameters: Object.fromEntries(
        Array.from({ length: 10 }, (_, index) => [`text-${index}`, "request.host"]),
      ),
    }),
    {
      cacheKey: { kind: "list", item: (index) => `text-${index % 10}`, max: limits.cacheKeys },
    },
  ),
  ...fields(
    `${authentication}.validationFailurePolicy`,
    by({ ...custom, validationFailurePolicy: { type: "MODIFY_RESPONSE" } }),
    {
      "type!": choice("MODIFY_RESPONSE"),
      responseCode: {
        kind: "text",
        least: "200",
        most: "request.auth[code]",
        over: ["", "99", "600", "x", "${request.auth[code]}"],
      },
      responseMessage: {
        kind: "text",
        least: "",
        most: "a ${request.host}",
        over: ["${request.body}", "${x}", "${"],
      },
    },
  ),
  ...fields("requestPolicies.dynamicAuthentication", api({ dynamicAuthentication }), {
    "authenticationServers!": {
      kind: "list",
      item: (index) => rule(index, { authenticationServerDetail: token }),
      min: 1,
      max: limits.authenticationServers,
    },
  }),
  ...fields(
    "requestPolicies.dynamicAuthentication.authenticationServers[0].key",
    api({ dynamicAuthentication }),
    {
      "name!": { kind: "text", least: "a", over: [""] },
      values: texts(limits.valuesPerSelectionKey),
      isDefault: flag,
    },
  ),
  ...fields(`${requestAt}.authorization`, allowing({ type: "ANY_OF", allowedScope: ["a"] }), {
    "type!": choice("ANY_OF"),
    "allowedScope!": texts(undefined, 1),
  }),
  {
    at: `${requestAt}.authorization.allowedScope[0]`,
    base: allowing({ type: "ANY_OF", allowedScope: ["a"] }),
    kind: { kind: "text", least: "a", over: ["", "a b"] },
  },
  ...["AUTHENTICATION_ONLY", "ANONYMOUS"].flatMap((type) => [
    ...fields(`${requestAt}.authorization`, allowing({ type }), { "type!": choice(type) }),
    ...fields(`${requestAt}.authorization`, allowing({ type }), { allowedScope: texts() }).map(ignored),
  ]),
  {
    at: `${requestAt}.authorization.allowedScope[0]`,
    base: allowing({ type: "AUTHENTICATION_ONLY", allowedScope: ["a"] }),
    kind: { kind: "text", least: "a", over: [] },
    previewAt: `${requestAt}.authorization.allowedScope`,
    previewRefuses: { labels: ["shortest"], because: "nobody reads it beside this type" },
  },
];
