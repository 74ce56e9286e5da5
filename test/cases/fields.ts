import { createPublicKey, type JsonWebKey } from "node:crypto";
import { limits } from "../../components/model/limits.ts";
import { publicKey } from "./gateway/tokens.ts";
import type { Field, Kind } from "./variants.ts";

export const functionId = "ocid1.fnfunc.oc1.eu-frankfurt-1.aaaa";

const stock = { type: "STOCK_RESPONSE_BACKEND", status: 200 };
const route = { path: "/a/{id}", methods: ["GET"], backend: stock };
const api = (requestPolicies: object, more: object = {}) => ({
  requestPolicies,
  routes: [{ ...route, ...more }],
});
const routed = (more: object) => ({ routes: [{ ...route, ...more }] });
const ofBackend = (backend: object) => routed({ backend });

const flag: Kind = { kind: "flag" };
const texts = (max?: number, min?: number): Kind => ({
  kind: "list",
  item: (index) => `text-${index}`,
  ...(max === undefined ? {} : { max }),
  ...(min === undefined ? {} : { min }),
});
const choice = (...of: string[]): Kind => ({ kind: "choice", of });
const seconds = ({ min, max }: { min: number; max: number }): Kind => ({ kind: "number", min, max });

/** Fields of one object: where it stands, in what, and what it takes; `!` behind a name: required. */
function fields(at: string, base: object, kinds: Readonly<Record<string, Kind>>): Field[] {
  return Object.entries(kinds).map(([name, kind]) => ({
    at: `${at}.${name.replace("!", "")}`,
    base,
    kind,
    isRequired: name.endsWith("!"),
  }));
}

const rateLimiting = { rateInRequestsPerSecond: 10, rateKey: "TOTAL" };
const cors = { allowedOrigins: ["*"] };
const corsKinds: Readonly<Record<string, Kind>> = {
  "allowedOrigins!": { kind: "list", item: (index) => `https://a${index}.example.com`, min: 1 },
  allowedMethods: { kind: "list", item: () => "GET", max: limits.corsMethods },
  allowedHeaders: texts(limits.corsHeaders),
  exposedHeaders: texts(limits.corsHeaders),
  isAllowCredentialsEnabled: flag,
  maxAgeInSeconds: { kind: "number", min: 0, isWhole: true },
};
/** Headers are counted together, so that the policy itself has too many. */
function corsFields(at: string, base: object): Field[] {
  return fields(at, base, corsKinds).map((field) =>
    /Headers$/.test(field.at) ? { ...field, overAt: at } : field,
  );
}
const source = { type: "SINGLE", selector: "request.headers[x-a]" };
const rule = (index: number, more: object) => ({
  key: { type: "ANY_OF", name: `rule-${index}`, values: [`v-${index}`], isDefault: false },
  ...more,
});
const wildcard = { type: "WILDCARD", name: "w", expression: "b-*" };
const dynamic = {
  type: "DYNAMIC_ROUTING_BACKEND",
  selectionSource: source,
  routingBackends: [rule(0, { backend: stock })],
};
const wildcardDynamic = { ...dynamic, routingBackends: [{ key: wildcard, backend: stock }] };
const http = { type: "HTTP_BACKEND", url: "https://example.com/a" };
const long = (count: number) => "x".repeat(count);

const backends: Field[] = [
  ...fields("routes[0].backend", ofBackend({ type: "ORACLE_FUNCTIONS_BACKEND", functionId }), {
    "functionId!": { kind: "text", least: functionId, over: ["", "ocid1.vcn.oc1.fra.a"] },
  }),
  ...fields("routes[0].backend", ofBackend(http), {
    "url!": {
      kind: "text",
      least: "http://a",
      most: "https://a.example.com:8443/x/${request.path[id]}/${request.host}",
      over: [
        "",
        "a",
        "ftp://a",
        "http://a/?x=1",
        "http://a/#x",
        "http://${request.host}/",
        "http://a/${request.body}",
        "http://a/${x}",
      ],
    },
    connectTimeoutInSeconds: seconds(limits.connectTimeoutInSeconds),
    readTimeoutInSeconds: seconds(limits.readTimeoutInSeconds),
    sendTimeoutInSeconds: seconds(limits.sendTimeoutInSeconds),
    isSslVerifyDisabled: flag,
  }),
  ...fields("routes[0].backend", ofBackend({ ...stock, headers: [{ name: "X-A", value: "1" }] }), {
    "status!": { kind: "number", min: 100, max: 599, isWhole: true },
    body: {
      kind: "text",
      least: "",
      most: long(limits.stockBodyMaximumBytes),
      over: [long(limits.stockBodyMaximumBytes + 1)],
    },
    headers: {
      kind: "list",
      item: (index) => ({ name: `X-${index}`, value: "1" }),
      max: limits.stockHeaders,
    },
  }),
  ...fields("routes[0].backend.headers[0]", ofBackend({ ...stock, headers: [{ name: "X-A", value: "1" }] }), {
    "name!": {
      kind: "text",
      least: "x",
      most: long(limits.stockHeaderNameBytes),
      over: ["", "x y", long(limits.stockHeaderNameBytes + 1)],
    },
    "value!": {
      kind: "text",
      least: "",
      most: long(4000),
      over: ["a\nb", long(limits.stockHeaderValueBytes + 1)],
    },
    // The arguments have headers by their names.
  }).map((field) => ({ ...field, previewAt: "routes[0].backend.headers[0]" })),
  ...fields(
    "routes[0].backend.routingBackends[0].backend",
    ofBackend({ ...dynamic, routingBackends: [rule(0, { backend: http })] }),
    {
      "url!": {
        kind: "text",
        least: "http://a",
        most: "https://${request.headers[x-a]}.example.com/",
        over: ["", "ftp://a", "http://${request.host}/"],
      },
      connectTimeoutInSeconds: seconds(limits.connectTimeoutInSeconds),
      readTimeoutInSeconds: seconds(limits.readTimeoutInSeconds),
      isSslVerifyDisabled: flag,
    },
  ),
  ...fields("routes[0].backend.selectionSource", ofBackend(dynamic), {
    "type!": choice("SINGLE"),
    "selector!": {
      kind: "text",
      least: "request.host",
      most: "request.subdomain[example.com]",
      over: ["", "x", "request.body", "${request.host}", "request.headers"],
    },
  }),
  ...fields("routes[0].backend", ofBackend(dynamic), {
    "routingBackends!": {
      kind: "list",
      item: (index) => rule(index, { backend: stock }),
      min: 1,
      max: limits.routingBackends,
    },
  }),
  ...fields("routes[0].backend.routingBackends[0].key", ofBackend(dynamic), {
    "name!": { kind: "text", least: "a", over: [""] },
    values: texts(limits.valuesPerSelectionKey),
    isDefault: flag,
  }),
  ...fields("routes[0].backend.routingBackends[0].key", ofBackend(wildcardDynamic), {
    "expression!": { kind: "text", least: "a*", most: "+-b", over: ["", "a", "*", "a*b", "*a*", "a*+"] },
  }),
];

const emptyVariables = {
  labels: ["${request.path[other]}", "${request.auth[sub]}"],
  because:
    "OCI puts nothing in the place of what a request hasn't: always, here, so that it must be a mistake",
};
const transformationKinds = (
  set: string,
  rename: string,
  filter: string,
  at: string,
  base: (policy: object) => object,
): Field[] => [
  ...fields(`${at}.${set}`, base({ [set]: { items: [] } }), {
    "items!": {
      kind: "list",
      item: (index) => ({ name: `x-${index}`, values: ["1"] }),
      max: limits.transformationSetItems,
    },
  }),
  ...fields(`${at}.${set}.items[0]`, base({ [set]: { items: [{ name: "x-a", values: ["1"] }] } }), {
    "name!": { kind: "text", least: "x", over: [""] },
    "values!": texts(limits.transformationValues, 1),
    ifExists: choice("OVERWRITE", "APPEND", "SKIP"),
  }),
  ...fields(`${at}.${set}.items[0].values`, base({ [set]: { items: [{ name: "x-a", values: ["1"] }] } }), {
    "0": {
      kind: "text",
      least: "",
      most: "a ${request.path[id]} ${request.query[a]} ${request.headers[b]} ${request.host}",
      over: ["${request.body}", "${request.unknown[a]}", "${request.path}", "a${"],
      sound: ["${request.path[other]}", "${request.auth[sub]}"],
    },
  }).map((field) => ({ ...field, previewRefuses: emptyVariables })),
  ...fields(`${at}.${rename}`, base({ [rename]: { items: [] } }), {
    "items!": {
      kind: "list",
      item: (index) => ({ from: `x-${index}`, to: `y-${index}` }),
      max: limits.transformationRenameItems,
    },
  }),
  ...fields(`${at}.${rename}.items[0]`, base({ [rename]: { items: [{ from: "x-a", to: "x-b" }] } }), {
    "from!": { kind: "text", least: "x", over: [""] },
    "to!": { kind: "text", least: "x", over: [""] },
  }),
  ...fields(`${at}.${filter}`, base({ [filter]: { type: "BLOCK", items: [] } }), {
    "type!": choice("ALLOW", "BLOCK"),
    "items!": {
      kind: "list",
      item: (index) => ({ name: `x-${index}` }),
      max: limits.transformationFilterItems,
    },
  }),
];

const requestAt = "routes[0].requestPolicies";
const ofRoute = (name: string) => (policy: object) => routed({ requestPolicies: { [name]: policy } });
/** At preview a validation names what it validates. */
const ofSomething = (field: Field): Field =>
  /(headers|parameters)$/.test(field.at)
    ? {
        ...field,
        previewRefuses: { labels: ["absent"], because: "a validation of nothing must be a mistake" },
      }
    : field;
const mode = choice("ENFORCING", "PERMISSIVE", "DISABLED");

/** "Protected Request Headers and Response Headers". */
const protectedOnRequests = [
  "cdn-loop",
  "connection",
  "content-length",
  "cookie",
  "expect",
  "keep-alive",
  "opc-request-id",
  "origin",
  "proxy-authorization",
  "te",
  "transfer-encoding",
  "upgrade",
  "x-forwarded-for",
  "X-Real-IP",
];
const protectedOnAnswers = [
  "access-control-allow-credentials",
  "access-control-allow-headers",
  "access-control-allow-methods",
  "access-control-allow-origin",
  "access-control-expose-headers",
  "access-control-max-age",
  "connection",
  "content-length",
  "expect",
  "keep-alive",
  "opc-request-id",
  "proxy-authenticate",
  "public-key-pins",
  "retry-after",
  "strict-transport-security",
  "te",
  "trailers",
  "transfer-encoding",
  "upgrade",
  "x-content-type-options",
  "X-Frame-Options",
];

const routePolicies: Field[] = [
  ...corsFields(`${requestAt}.cors`, ofRoute("cors")(cors)),
  ...transformationKinds(
    "setHeaders",
    "renameHeaders",
    "filterHeaders",
    `${requestAt}.headerTransformations`,
    ofRoute("headerTransformations"),
  ),
  ...transformationKinds(
    "setHeaders",
    "renameHeaders",
    "filterHeaders",
    "routes[0].responsePolicies.headerTransformations",
    (policy) => routed({ responsePolicies: { headerTransformations: policy } }),
  ),
  ...transformationKinds(
    "setQueryParameters",
    "renameQueryParameters",
    "filterQueryParameters",
    `${requestAt}.queryParameterTransformations`,
    ofRoute("queryParameterTransformations"),
  ),
  ...fields(`${requestAt}.headerValidations`, ofRoute("headerValidations")({ headers: [{ name: "x-a" }] }), {
    headers: { kind: "list", item: (index) => ({ name: `x-${index}`, required: true }) },
    validationMode: mode,
  }).map(ofSomething),
  ...fields(
    `${requestAt}.headerValidations.headers[0]`,
    ofRoute("headerValidations")({ headers: [{ name: "x-a" }] }),
    {
      "name!": { kind: "text", least: "x", over: ["", "x y", "x:y"] },
      required: flag,
    },
  ),
  ...fields(
    `${requestAt}.queryParameterValidations`,
    ofRoute("queryParameterValidations")({ parameters: [{ name: "a" }] }),
    {
      parameters: { kind: "list", item: (index) => ({ name: `x-${index}`, required: true }) },
      validationMode: mode,
    },
  ).map(ofSomething),
  ...fields(
    `${requestAt}.queryParameterValidations.parameters[0]`,
    ofRoute("queryParameterValidations")({ parameters: [{ name: "a" }] }),
    {
      "name!": { kind: "text", least: "x", over: [""] },
      required: flag,
    },
  ),
  ...fields(`${requestAt}.bodyValidation`, ofRoute("bodyValidation")({ required: true }), {
    required: flag,
    content: { kind: "map", entry: (index) => [`application/x-${index}`, { validationType: "NONE" }] },
    validationMode: mode,
  }),
  ...fields(
    `${requestAt}.bodyValidation.content.type/sub`,
    ofRoute("bodyValidation")({ content: { "type/sub": { validationType: "NONE" } } }),
    { "validationType!": choice("NONE") },
  ),
  {
    at: `${requestAt}.headerTransformations.setHeaders.items[0].name`,
    base: ofRoute("headerTransformations")({ setHeaders: { items: [{ name: "x", values: ["1"] }] } }),
    kind: { kind: "text", least: "Authorization", over: protectedOnRequests },
    isRequired: true,
  },
  {
    at: "routes[0].responsePolicies.headerTransformations.setHeaders.items[0].name",
    base: routed({
      responsePolicies: { headerTransformations: { setHeaders: { items: [{ name: "x", values: ["1"] }] } } },
    }),
    kind: { kind: "text", least: "Server", over: protectedOnAnswers },
    isRequired: true,
  },
  ...["", "routes[0]."].flatMap((at) => {
    const policy = { accessLog: { isEnabled: true }, executionLog: { logLevel: "INFO" } };
    const base =
      at === "" ? { loggingPolicies: policy, routes: [route] } : routed({ loggingPolicies: policy });
    return [
      ...fields(`${at}loggingPolicies.accessLog`, base, { isEnabled: flag }),
      ...fields(`${at}loggingPolicies.executionLog`, base, {
        isEnabled: flag,
        logLevel: choice("INFO", "WARN", "ERROR"),
      }),
    ];
  }),
];

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

const authentications: Field[] = [
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
    isSslVerifyDisabled: flag,
    maxCacheDurationInHours: hours,
  }),
  ...fields(`${policyAt}.sourceUriDetails`, by({ ...token, validationPolicy: discovery }), { "uri!": url }),
  ...fields(`${policyAt}.clientDetails`, by({ ...token, validationPolicy: discovery }), {
    "clientId!": { kind: "text", least: "a", over: [""] },
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
  ...fields(policyAt, by(token), { "keys!": { kind: "list", item: key, min: 1, max: limits.jwtKeys } }),
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
  ...fields(policyAt, by({ ...token, validationPolicy: jwks }), {
    "uri!": url,
    isSslVerifyDisabled: flag,
    maxCacheDurationInHours: hours,
  }),
  ...fields(authentication, by(jwt), {
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
  ...fields(
    `${requestAt}.authorization`,
    api(
      { authentication: token },
      { requestPolicies: { authorization: { type: "ANY_OF", allowedScope: ["a"] } } },
    ),
    {
      "allowedScope!": texts(undefined, 1),
    },
  ),
];

/** Every field of a specification that is carried out. */
export const allFields: readonly Field[] = [
  ...fields("routes[0]", routed({}), {
    "path!": {
      kind: "text",
      least: "/",
      most: `/${long(limits.routePathLength - 1)}`,
      over: [
        "",
        "a",
        "/a//b",
        "/a b",
        "/{a",
        "/x{a}",
        "/{a}/{a}",
        "/{a*}/b",
        `/${long(limits.routePathLength)}`,
      ],
    },
  }),
  {
    at: "routes[0].methods",
    base: routed({}),
    kind: {
      kind: "list",
      item: (index) => ["HEAD", "GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"][index] ?? "OTHER",
      min: 1,
    },
    previewRefuses: { labels: ["absent"], because: "no document says what a route without methods answers" },
  },
  {
    at: "routes[0].methods[0]",
    base: routed({}),
    kind: choice("ANY", "HEAD", "GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"),
  },
  ...fields("requestPolicies.rateLimiting", api({ rateLimiting }), {
    "rateInRequestsPerSecond!": { kind: "number", ...limits.rateInRequestsPerSecond, isWhole: true },
    "rateKey!": choice("CLIENT_IP", "TOTAL"),
  }),
  ...corsFields("requestPolicies.cors", api({ cors })),
  {
    at: "routes",
    base: routed({}),
    kind: {
      kind: "list",
      item: (index) => ({ ...route, path: `/r${index}` }),
      min: 1,
      max: limits.routesPerDeployment,
    },
    isRequired: false,
    previewRefuses: { labels: ["absent", "under"], because: "an API without routes answers nothing" },
  },
  ...backends,
  ...routePolicies,
  ...authentications,
];
