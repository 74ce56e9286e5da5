import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { checkSpecification } from "../../../../emulator/gateway/index.ts";
import { jwk, pair, pem, staticAuthentication } from "../tokens/fixtures.ts";

const stock = { type: "STOCK_RESPONSE_BACKEND", status: 200 };
const at = "specification.requestPolicies.authentication";
const check = (requestPolicies: object, routes: unknown[] = []) =>
  checkSpecification({ requestPolicies, routes }, "/v1");
const checkOne = (authentication: unknown) => check({ authentication });
const token = (more: object) => staticAuthentication(more);
const policy = (more: object) => staticAuthentication({}, more);
const additional = (more: object) => policy({ additionalValidationPolicy: more });
const key = (more: object = {}) => ({ format: "JSON_WEB_KEY", ...jwk(pair()), ...more });
const keyed = (one: unknown) => policy({ keys: [one] });
const remote = (more: object) => ({
  ...staticAuthentication(),
  validationPolicy: { type: "REMOTE_JWKS", uri: "https://idp.example.com/keys", ...more },
});
const details = {
  type: "CUSTOM",
  clientId: "a",
  clientSecretId: "ocid1.vaultsecret.oc1.iad.a",
  clientSecretVersionNumber: 1,
};
const discovery = (more: object) => ({
  ...staticAuthentication(),
  validationPolicy: {
    type: "REMOTE_DISCOVERY",
    sourceUriDetails: { type: "DISCOVERY_URI", uri: "https://idp.example.com" },
    clientDetails: details,
    ...more,
  },
});
const jwt = (more: object = {}) => {
  const { validationPolicy: _, ...rest } = staticAuthentication();
  const publicKeys = { type: "STATIC_KEYS", keys: [key()] };
  return { ...rest, type: "JWT_AUTHENTICATION", issuers: ["a"], audiences: ["b"], publicKeys, ...more };
};
const custom = (more: object) => ({
  type: "CUSTOM_AUTHENTICATION",
  functionId: "ocid1.fnfunc.oc1.iad.aaaa",
  ...more,
});
const failing = (more: object) => token({ validationFailurePolicy: { type: "MODIFY_RESPONSE", ...more } });
const texts = (count: number) => Array.from({ length: count }, (_, index) => `t${index}`);
const keys = (count: number) => texts(count).map((kid) => key({ kid }));
const named = (count: number) => Object.fromEntries(texts(count).map((name) => [name, "request.host"]));
const claimsOf = (count: number) => texts(count).map((claim) => ({ key: claim }));
const [begin, end] = ["-----BEGIN PUBLIC KEY-----", "-----END PUBLIC KEY-----"];
const later = "is not carried out by this emulator yet; remove it from the local stack";

describe("accepted", () => {
  // "Validating Tokens to Add Authentication and Authorization to API Deployments", "API Gateway Internal Limits"
  test.each<[string, unknown]>([
    ["token", token({})],
    ["skew 0", token({ maxClockSkewInSeconds: 0 })],
    ["skew 120", token({ maxClockSkewInSeconds: 120 })],
    ["skew in parts of a second", token({ maxClockSkewInSeconds: 0.5 })],
    ["10 keys", policy({ keys: keys(10) })],
    ["a PEM key", keyed({ format: "PEM", kid: "a", key: pem(pair()) })],
    ["key_ops as the API spells it", keyed(key({ use: undefined, key_ops: ["verify"] }))],
    ["key_ops empty", keyed(key({ key_ops: [] }))],
    ["a placeholder for a key", keyed(key({ n: "abc" }))],
    ["a placeholder for a PEM", keyed({ format: "PEM", kid: "a", key: `${begin}\nMIIB\n${end}` })],
    ["keyOps", keyed(key({ use: undefined, keyOps: ["sign", "verify"] }))],
    ["5 issuers, 5 audiences", additional({ issuers: texts(5), audiences: texts(5) })],
    ["10 claims", additional({ verifyClaims: claimsOf(10) })],
    ["jwks", remote({})],
    ["1 hour", remote({ maxCacheDurationInHours: 1, isSslVerifyDisabled: true })],
    ["24 hours", remote({ maxCacheDurationInHours: 24 })],
    ["discovery", discovery({})],
    ["jwt", jwt()],
    ["jwt, jwks", jwt({ publicKeys: { type: "REMOTE_JWKS", uri: "http://127.0.0.1:8/keys" } })],
    ["custom, header", custom({ tokenHeader: "X-Key" })],
    ["custom, query", custom({ tokenQueryParam: "key", parameters: {}, cacheKey: [] })],
    ["custom, 10 parameters", custom({ parameters: named(10), cacheKey: texts(10) })],
    ["failure", failing({ responseCode: "request.auth[code]", responseMessage: "${request.host}" })],
  ])("%s", (_, authentication) => {
    expect(checkOne(authentication)).toEqual([]);
  });
});

describe("refused", () => {
  test.each<[path: string, authentication: unknown, message: string]>([
    [
      ".type",
      { type: "BASIC" },
      'must be one of TOKEN_AUTHENTICATION, JWT_AUTHENTICATION, CUSTOM_AUTHENTICATION, but is "BASIC"',
    ],
    [
      ".tokenHeader",
      token({ tokenHeader: undefined }),
      'is missing; set it or tokenQueryParam, for example "Authorization"',
    ],
    [".tokenHeader", token({ tokenHeader: "a b" }), 'must be a header\'s name, but is "a b"'],
    [
      ".tokenQueryParam",
      token({ tokenQueryParam: "t" }),
      "must not stand beside tokenHeader; remove one of them",
    ],
    [".tokenQueryParam", custom({ tokenQueryParam: "" }), "must not be empty"],
    [
      ".tokenAuthScheme",
      token({ tokenAuthScheme: undefined }),
      "is missing; with tokenHeader it must be Bearer",
    ],
    [
      ".tokenAuthScheme",
      token({ tokenAuthScheme: "Basic" }),
      'must be Bearer, the only scheme that OCI reads, but is "Basic"',
    ],
    [".maxClockSkewInSeconds", token({ maxClockSkewInSeconds: -1 }), "must be at least 0, but is -1"],
    [".maxClockSkewInSeconds", token({ maxClockSkewInSeconds: 121 }), "must be at most 120, but is 121"],
    [
      ".isAnonymousAccessAllowed",
      token({ isAnonymousAccessAllowed: "yes" }),
      'must be true or false, but is "yes"',
    ],
    [".validationPolicy", token({ validationPolicy: undefined }), "is missing; it must be an object"],
    [
      ".validationPolicy.type",
      policy({ type: "KEYS" }),
      'must be one of STATIC_KEYS, REMOTE_JWKS, REMOTE_DISCOVERY, but is "KEYS"',
    ],
    [".validationPolicy.keys", policy({ keys: [] }), "must have at least 1 item, but has none"],
    [".validationPolicy.keys", policy({ keys: keys(11) }), "must have at most 10 items, but has 11"],
    [
      ".validationPolicy.keys[1].kid",
      policy({ keys: [key(), key()] }),
      "is also the key id of keys[0]; give each key its own",
    ],
    [".validationPolicy.keys[0].kid", keyed(key({ kid: "" })), "must not be empty"],
    [".validationPolicy.keys[0].kty", keyed(key({ kty: "EC" })), 'must be RSA, but is "EC"'],
    [
      ".validationPolicy.keys[0].alg",
      keyed(key({ alg: "HS256" })),
      'must be one of RS256, RS384, RS512, but is "HS256"',
    ],
    [".validationPolicy.keys[0].use", keyed(key({ use: "enc" })), 'must be sig, but is "enc"'],
    [
      ".validationPolicy.keys[0].key_ops",
      keyed(key({ key_ops: ["sign"] })),
      'must hold verify, but is ["sign"]',
    ],
    [
      ".validationPolicy.keys[0].n",
      keyed(key(jwk(pair("known", 1024)))),
      "must be an RSA key of 2048 to 4096 bits, but has 1024",
    ],
    [
      ".validationPolicy.keys[0].e",
      keyed(key({ e: "AQ" })),
      "must have an odd exponent from 3 on, but has 1",
    ],
    [
      ".validationPolicy.keys[0].d",
      keyed(key({ d: "secret" })),
      "is not a field that OCI has here; remove it or correct its name",
    ],
    [
      ".validationPolicy.keys[0].key",
      keyed({ format: "PEM", kid: "a", key: pair().privateKey.export({ format: "pem", type: "pkcs8" }) }),
      "must be an RSA public key in PEM, from -----BEGIN PUBLIC KEY----- to -----END PUBLIC KEY-----; openssl rsa -in private.pem -pubout prints one",
    ],
    [
      ".validationPolicy.keys[0].key",
      keyed({
        format: "PEM",
        kid: "a",
        key: pem({ ...pair(), ...generateKeyPairSync("ec", { namedCurve: "P-256" }) }),
      }),
      "must be an RSA key, but is ec",
    ],
    [
      ".validationPolicy.additionalValidationPolicy.issuers",
      additional({ issuers: texts(6) }),
      "must have at most 5 items, but has 6",
    ],
    [
      ".validationPolicy.additionalValidationPolicy.audiences",
      additional({ audiences: texts(6) }),
      "must have at most 5 items, but has 6",
    ],
    [
      ".validationPolicy.additionalValidationPolicy.verifyClaims",
      additional({ verifyClaims: claimsOf(11) }),
      "must have at most 10 items, but has 11",
    ],
    [
      ".validationPolicy.additionalValidationPolicy.verifyClaims[0].key",
      additional({ verifyClaims: [{ values: [] }] }),
      "is missing; it must be a string",
    ],
    [
      ".validationPolicy.uri",
      remote({ uri: "ftp://idp" }),
      'must be an http or https URL, but is "ftp://idp"; for example "https://idp.example.com/keys"',
    ],
    [
      ".validationPolicy.maxCacheDurationInHours",
      remote({ maxCacheDurationInHours: 0 }),
      "must be at least 1, but is 0",
    ],
    [
      ".validationPolicy.maxCacheDurationInHours",
      remote({ maxCacheDurationInHours: 25 }),
      "must be at most 24, but is 25",
    ],
    [
      ".validationPolicy.maxCacheDurationInHours",
      remote({ maxCacheDurationInHours: 1.5 }),
      "must be a whole number, but is 1.5",
    ],
    [
      ".validationPolicy.clientDetails",
      discovery({ clientDetails: undefined }),
      "is missing; it must be an object",
    ],
    [
      ".validationPolicy.clientDetails.type",
      discovery({ clientDetails: { type: "VALIDATION_BLOCK" } }),
      `VALIDATION_BLOCK ${later}`,
    ],
    [
      ".validationPolicy.sourceUriDetails.type",
      discovery({ sourceUriDetails: { type: "VALIDATION_BLOCK" } }),
      `VALIDATION_BLOCK ${later}`,
    ],
    [".issuers", jwt({ issuers: undefined }), "is missing; it must be a list"],
    [".audiences", jwt({ audiences: [] }), "must have at least 1 item, but has none"],
    [
      ".validationFailurePolicy",
      jwt({ validationFailurePolicy: {} }),
      "is not a field that OCI has here; remove it or correct its name",
    ],
    [
      ".validationFailurePolicy.type",
      token({ validationFailurePolicy: { type: "OAUTH2" } }),
      `OAUTH2 ${later}`,
    ],
    [
      ".validationFailurePolicy.responseCode",
      failing({ responseCode: "${request.auth[code]}" }),
      'must be a status from 200 to 599 or one context variable without ${}, but is "${request.auth[code]}"; for example "403" or "request.auth[responseCode]"',
    ],
    [
      ".validationFailurePolicy.responseMessage",
      failing({ responseMessage: "${request.body}" }),
      "must not use ${request.body}: it is for authorizer functions' parameters only",
    ],
    [
      ".validationFailurePolicy.responseHeaderTransformations.setHeaders.items[0].name",
      failing({
        responseHeaderTransformations: { setHeaders: { items: [{ name: "Connection", values: ["a"] }] } },
      }),
      "is Connection, a protected response header that OCI doesn't transform; remove it",
    ],
    [
      ".functionId",
      custom({ functionId: "hello", tokenHeader: "a" }),
      'must be the OCID of a function, but is "hello"; for example "ocid1.fnfunc.oc1.eu-frankfurt-1.aaaa"',
    ],
    [
      ".parameters",
      custom({}),
      'is missing; set it, tokenHeader or tokenQueryParam, for example {"token": "request.headers[Authorization]"}',
    ],
    [
      ".parameters",
      custom({ tokenHeader: "a", parameters: named(1) }),
      "must not stand beside tokenHeader; remove one of them",
    ],
    [".parameters", custom({ parameters: named(11) }), "must have at most 10 arguments, but has 11"],
    [
      ".parameters.a",
      custom({ parameters: { a: "${request.host}" } }),
      "has an unknown context variable ${request.host}; use request.query[name], request.headers[name], request.host or request.body",
    ],
    [
      ".parameters.a",
      custom({ parameters: { a: "request.path[id]" } }),
      "must not use request.path here; use request.query[name], request.headers[name], request.host or request.body",
    ],
    [
      ".parameters.a",
      custom({ parameters: { a: "request.cert[client_base64]" } }),
      `uses request.cert, which ${later}`,
    ],
    [
      ".cacheKey[0]",
      custom({ parameters: named(2), cacheKey: ["x"] }),
      'must be one of the parameters\' names (t0, t1), but is "x"',
    ],
    [
      ".cacheKey",
      custom({ parameters: named(1), cacheKey: Array(11).fill("t0") }),
      "must have at most 10 items, but has 11",
    ],
    [
      ".tokenAuthScheme",
      custom({ tokenHeader: "a", tokenAuthScheme: "Bearer" }),
      "is not a field that OCI has here; remove it or correct its name",
    ],
  ])("%s %#", (path, authentication, message) => {
    expect(checkOne(authentication)).toEqual([{ path: at + path, message }]);
  });

  test("all at once", () => {
    const authentication = {
      ...token({ tokenQueryParam: "t", tokenAuthScheme: "Basic", maxClockSkewInSeconds: 200 }),
      validationPolicy: { type: "STATIC_KEYS", keys: [key({ kty: "oct" })] },
    };
    expect(
      checkOne(authentication)
        .map(({ path }) => path.slice(at.length))
        .sort(),
    ).toEqual([
      ".maxClockSkewInSeconds",
      ".tokenAuthScheme",
      ".tokenQueryParam",
      ".validationPolicy.keys[0].kty",
    ]);
  });
});

describe("authorization", () => {
  const route = (authorization: unknown, path = "/a") => ({
    path,
    backend: stock,
    requestPolicies: { authorization },
  });
  const where = "specification.routes[0].requestPolicies.authorization";

  test.each<[unknown, string, string]>([
    [{}, ".type", "is missing; it must be one of AUTHENTICATION_ONLY, ANONYMOUS, ANY_OF"],
    [{ type: "ANY_OF" }, ".allowedScope", "is missing; it must be a list"],
    [{ type: "ANY_OF", allowedScope: [] }, ".allowedScope", "must have at least 1 item, but has none"],
    [{ type: "ANY_OF", allowedScope: ["a b"] }, ".allowedScope[0]", "must be a scope without blanks"],
    [
      { type: "ANONYMOUS" },
      ".type",
      "must not be ANONYMOUS while the deployment wants every request authenticated; set isAnonymousAccessAllowed of its authentication policy",
    ],
  ])("%j", (authorization, path, message) => {
    expect(check({ authentication: token({}) }, [route(authorization)])).toEqual([
      { path: where + path, message },
    ]);
  });

  test("needs authentication", () => {
    const problem = {
      path: where,
      message: "needs an authentication policy of the deployment; set requestPolicies.authentication",
    };
    for (const authorization of [{ type: "ANONYMOUS" }, { type: "ANY_OF", allowedScope: ["a"] }]) {
      expect(check({}, [route(authorization)])).toEqual([problem]);
    }
  });

  test("ANONYMOUS where it is allowed", () => {
    const authentication = token({ isAnonymousAccessAllowed: true });
    expect(check({ authentication }, [route({ type: "ANONYMOUS", allowedScope: [] })])).toEqual([]);
  });
});

describe("dynamicAuthentication", () => {
  const where = "specification.requestPolicies.dynamicAuthentication";
  const dynamic = (selector: string, ...servers: unknown[]) => ({
    selectionSource: { type: "SINGLE", selector },
    authenticationServers: servers.map((authenticationServerDetail, index) => ({
      key: { type: "ANY_OF", name: `s${index}`, values: [`v${index}`] },
      authenticationServerDetail,
    })),
  });
  const ofHost = dynamic("request.host", token({}), jwt(), custom({ tokenHeader: "a" }));

  test("servers of all kinds", () => {
    expect(check({ dynamicAuthentication: ofHost })).toEqual([]);
    const hundred = dynamic("request.host", ...Array(100).fill(custom({ tokenHeader: "a" })));
    expect(check({ dynamicAuthentication: hundred })).toEqual([]);
  });

  test("not beside authentication", () => {
    expect(check({ authentication: token({}), dynamicAuthentication: ofHost })).toEqual([
      { path: where, message: "must not stand beside authentication; remove one of them" },
    ]);
  });

  test.each<[string, unknown, string]>([
    [".authenticationServers", dynamic("request.host"), "must have at least 1 item, but has none"],
    [
      ".authenticationServers",
      dynamic("request.host", ...Array(101).fill(custom({ tokenHeader: "a" }))),
      "must have at most 100 items, but has 101",
    ],
    [
      ".authenticationServers[0].authenticationServerDetail.tokenAuthScheme",
      dynamic("request.host", token({ tokenAuthScheme: undefined })),
      "is missing; with tokenHeader it must be Bearer",
    ],
    [
      ".selectionSource.selector",
      dynamic("request.usage_plan[id]", token({})),
      `uses request.usage_plan, which ${later}`,
    ],
    [
      ".selectionSource.selector",
      dynamic("request.path[tenant]", token({})),
      'is an invalid dynamic authentication selector: route "/{x}" has no path parameter "tenant"',
    ],
    ...[custom({ tokenHeader: "Authorization" }), token({ tokenHeader: "X-Token" })].map(
      (second): [string, unknown, string] => [
        ".selectionSource.selector",
        dynamic("request.auth[iss]", token({}), second),
        "is an invalid dynamic authentication selector: request.auth[iss] is read from a token, so every server must be TOKEN_AUTHENTICATION or JWT_AUTHENTICATION with the same tokenHeader or tokenQueryParam",
      ],
    ),
  ])("%s %#", (path, dynamicAuthentication, message) => {
    const routes = [{ path: "/{x}", backend: stock }];
    expect(check({ dynamicAuthentication }, routes)).toEqual([{ path: where + path, message }]);
  });

  test("a claim where all servers read the same header; a path parameter that every route has", () => {
    const byClaim = dynamic("request.auth[iss]", token({}), jwt({ tokenHeader: "authorization" }));
    expect(check({ dynamicAuthentication: byClaim })).toEqual([]);
    const byPath = dynamic("request.path[p]", token({}));
    const routes = [
      { path: "/{p}", backend: stock },
      { path: "/a/{p*}", backend: stock },
    ];
    expect(check({ dynamicAuthentication: byPath }, routes)).toEqual([]);
  });

  test("ANONYMOUS when one of the servers allows it", () => {
    const requestPolicies = { authorization: { type: "ANONYMOUS" } };
    const routes = [{ path: "/a", backend: stock, requestPolicies }];
    const open = dynamic("request.host", token({}), token({ isAnonymousAccessAllowed: true }));
    expect(check({ dynamicAuthentication: open }, routes)).toEqual([]);
    expect(check({ dynamicAuthentication: ofHost }, routes)).toHaveLength(1);
  });
});
