import { createPublicKey } from "node:crypto";
import { describe, expect, it } from "vitest";
import { checkAuthentication } from "../../../components/model/policies/authentication.ts";
import { lines, names } from "./checked.ts";
import { ecPublicKey, jsonWebKey, modulusOf, rsaPair } from "./rsa-keys.ts";

const check = (given: unknown) => lines(checkAuthentication(given, "a"));
const validationPolicy = { type: "STATIC_KEYS", keys: [jsonWebKey()] };
const ofHeader = { tokenHeader: "Authorization", tokenAuthScheme: "Bearer" };
const token = { type: "TOKEN_AUTHENTICATION", ...ofHeader, validationPolicy };
const jwt = {
  type: "JWT_AUTHENTICATION",
  ...ofHeader,
  issuers: ["https://idp.example.com"],
  audiences: ["shop"],
  publicKeys: { type: "REMOTE_JWKS", uri: "https://idp.example.com/keys" },
};
const authorizer = {
  type: "CUSTOM_AUTHENTICATION",
  function: "authorizer",
  parameters: { code: "request.query[code]" },
};
const withKeys = (...keys: unknown[]) => ({ ...token, validationPolicy: { type: "STATIC_KEYS", keys } });
const withPolicy = (policy: object) => ({ ...token, validationPolicy: policy });
const remote = { type: "REMOTE_JWKS", uri: "https://idp.example.com/keys" };
const discovery = {
  type: "REMOTE_DISCOVERY",
  sourceUriDetails: {
    type: "DISCOVERY_URI",
    uri: "https://idp.example.com/.well-known/openid-configuration",
  },
  clientDetails: {
    type: "CUSTOM",
    clientId: "gateway",
    clientSecretId: "ocid1.vaultsecret.oc1.fra.s",
    clientSecretVersionNumber: 1,
  },
};
const claims = (count: number) => names(count).map((key) => ({ key }));
const keys = (count: number) => names(count).map((kid) => ({ ...jsonWebKey(), kid }));

// "Using Tokens to Add Authentication and Authorization to API Deployments"; numbers: "API Gateway Internal Limits"
describe("authentication", () => {
  it.each<[string, unknown]>([
    ["a token", token],
    ["a token in the query", { ...token, tokenHeader: undefined, tokenQueryParam: "token" }],
    ["JWTs", jwt],
    [
      "most of everything",
      {
        ...jwt,
        issuers: names(5),
        audiences: names(5),
        verifyClaims: [...claims(9), { key: "azp", values: ["a"], isRequired: true }],
        maxClockSkewInSeconds: 120,
        isAnonymousAccessAllowed: true,
      },
    ],
    ["ten keys", withKeys(...keys(10))],
    ["a key whose operation is to verify", withKeys({ ...jsonWebKey(), use: undefined, keyOps: ["verify"] })],
    ["4096 bits", withKeys(jsonWebKey(4096))],
    ["a remote key set", withPolicy({ ...remote, maxCacheDurationInHours: 24, isSslVerifyDisabled: true })],
    ["discovery", withPolicy(discovery)],
    [
      "what a token must say",
      withPolicy({
        ...remote,
        additionalValidationPolicy: { issuers: ["i"], audiences: ["a"], verifyClaims: claims(10) },
      }),
    ],
    ["values that are known later", withPolicy({ ...remote, uri: Promise.resolve("ftp://a") })],
    ["an authorizer function", authorizer],
    [
      "an authorizer by its OCID",
      { ...authorizer, function: undefined, functionId: "ocid1.fnfunc.oc1.fra.f" },
    ],
    ["an authorizer for a token", { type: authorizer.type, function: "a", tokenHeader: "X-Key" }],
    [
      "ten arguments",
      {
        ...authorizer,
        parameters: Object.fromEntries(names(10).map((name) => [name, "request.body"])),
        cacheKey: names(10),
      },
    ],
    [
      "another answer than 401",
      {
        ...authorizer,
        validationFailurePolicy: {
          type: "MODIFY_RESPONSE",
          responseCode: "request.auth[code]",
          responseMessage: "no: ${request.auth[why]}",
          responseHeaderTransformations: {
            setHeaders: { items: [{ name: "X-Why", values: ["${request.auth[why]}"] }] },
          },
        },
      },
    ],
  ])("[authentication] [token-location] [authorizer] takes %s", (_, given) => {
    expect(check(given)).toEqual([]);
  });

  const types = 'must be one of "TOKEN_AUTHENTICATION", "JWT_AUTHENTICATION", "CUSTOM_AUTHENTICATION"';
  it.each<[unknown, string[]]>([
    [7, ["a: must be an object; is 7 [authentication]"]],
    [{}, [`a.type: is missing; ${types} [authentication]`]],
    [{ type: "BASIC" }, [`a.type: is "BASIC"; ${types} [authentication]`]],
    [
      { ...token, validationPolicy: undefined },
      ["a.validationPolicy: is missing; must be an object [authentication]"],
    ],
    [
      { ...token, issuers: [] },
      [
        "a.issuers: is not a setting; allowed are type, isAnonymousAccessAllowed, tokenHeader, tokenQueryParam, tokenAuthScheme, maxClockSkewInSeconds, validationPolicy, validationFailurePolicy [unsupported-setting]",
      ],
    ],
    [
      { ...token, maxClockSkewInSeconds: 121 },
      ["a.maxClockSkewInSeconds: is 121; must be at most 120 [authentication]"],
    ],
    [
      { ...token, maxClockSkewInSeconds: -1, isAnonymousAccessAllowed: 1 },
      [
        "a.isAnonymousAccessAllowed: must be true or false; is 1 [authentication]",
        "a.maxClockSkewInSeconds: is -1; must be at least 0 [authentication]",
      ],
    ],
    [{ ...jwt, issuers: [] }, ["a.issuers: must have at least 1; has 0 [authentication]"]],
    [{ ...jwt, issuers: names(6) }, ["a.issuers: has 6; at most 5 are allowed [authentication]"]],
    [{ ...jwt, audiences: names(6) }, ["a.audiences: has 6; at most 5 are allowed [authentication]"]],
    [{ ...jwt, audiences: undefined }, ["a.audiences: is missing; must be a list [authentication]"]],
    [
      { ...jwt, verifyClaims: claims(11) },
      ["a.verifyClaims: has 11; at most 10 are allowed [authentication]"],
    ],
    [
      { ...jwt, publicKeys: discovery },
      [
        'a.publicKeys.type: is "REMOTE_DISCOVERY"; must be one of "STATIC_KEYS", "REMOTE_JWKS" [authentication]',
      ],
    ],
    [
      withPolicy({ ...remote, maxCacheDurationInHours: 25 }),
      ["a.validationPolicy.maxCacheDurationInHours: is 25; must be at most 24 [authentication]"],
    ],
    [
      withPolicy({ ...remote, maxCacheDurationInHours: 0 }),
      ["a.validationPolicy.maxCacheDurationInHours: is 0; must be at least 1 [authentication]"],
    ],
    [
      withPolicy({
        type: "REMOTE_DISCOVERY",
        sourceUriDetails: { type: "VALIDATION_BLOCK" },
        clientDetails: { ...discovery.clientDetails, type: undefined, clientSecretId: "secret" },
      }),
      [
        'a.validationPolicy.sourceUriDetails.type: is "VALIDATION_BLOCK", the details of a login flow, which is not supported yet; must be "DISCOVERY_URI" [authentication]',
        'a.validationPolicy.clientDetails.type: is missing; must be "CUSTOM" [authentication]',
        'a.validationPolicy.clientDetails.clientSecretId: must be the OCID of a secret, which begins with "ocid1.vaultsecret." [authentication]',
      ],
    ],
    ...[0, 1.5].map((clientSecretVersionNumber): [unknown, string[]] => [
      withPolicy({
        ...discovery,
        clientDetails: { ...discovery.clientDetails, clientSecretVersionNumber },
      }),
      [
        `a.validationPolicy.clientDetails.clientSecretVersionNumber: ${clientSecretVersionNumber === 0 ? "is 0; must be at least 1" : "must be a whole number; is 1.5"} [authentication]`,
      ],
    ]),
    [
      withPolicy({
        ...discovery,
        clientDetails: {
          ...discovery.clientDetails,
          clientSecretVersionNumber: 2,
          clientSecretId: "x ocid1.vaultsecret.oc1.fra.s",
        },
      }),
      [
        'a.validationPolicy.clientDetails.clientSecretId: must be the OCID of a secret, which begins with "ocid1.vaultsecret." [authentication]',
      ],
    ],
    [
      withPolicy({ ...discovery, clientDetails: undefined }),
      ["a.validationPolicy.clientDetails: is missing; must be an object [authentication]"],
    ],
  ])("[authentication] refuses %.80j", (given, expected) => {
    expect(check(given)).toEqual(expected);
  });

  it.each<[object, string]>([
    [
      { tokenHeader: undefined },
      'a.tokenHeader: is missing; give it or tokenQueryParam, for example "Authorization"',
    ],
    [{ tokenQueryParam: "t" }, "a.tokenQueryParam: stands beside tokenHeader; give exactly one of them"],
    [{ tokenAuthScheme: undefined }, 'a.tokenAuthScheme: is missing; beside tokenHeader it must be "Bearer"'],
  ])("[token-location] refuses %j", (changes, expected) => {
    expect(check({ ...token, ...changes })).toEqual([`${expected} [token-location]`]);
    expect(check({ ...jwt, ...changes })).toEqual([`${expected} [token-location]`]);
  });
  it("[token-location] [authentication] knows no scheme but Bearer, and names of headers", () => {
    expect(check({ ...token, tokenAuthScheme: "Basic", tokenHeader: "X Y" })).toEqual([
      'a.tokenHeader: is "X Y"; must be the name of a header, for example "X-Id" [authentication]',
      'a.tokenAuthScheme: is "Basic"; must be "Bearer" [authentication]',
    ]);
  });

  it.each<[string, string]>([
    [
      "ftp://idp.example.com/keys",
      'must be a URL that begins with "https://", for example "https://idp.example.com/keys" [authentication-uri]',
    ],
    [
      "see https://idp.example.com/keys",
      'must be a URL that begins with "https://", for example "https://idp.example.com/keys" [authentication-uri]',
    ],
    [
      "xhttps://idp.example.com/keys",
      'must be a URL that begins with "https://", for example "https://idp.example.com/keys" [authentication-uri]',
    ],
    [
      "https://",
      'must be a URL that begins with "https://", for example "https://idp.example.com/keys" [authentication-uri]',
    ],
    [
      "http://idp.example.com/keys",
      'begins with "http://": whoever sits in between can give the gateway keys of his own; write "https://" [authentication-uri-plain]',
    ],
  ])("[authentication-uri] [authentication-uri-plain] finds %s", (uri, expected) => {
    expect(check(withPolicy({ ...remote, uri }))).toEqual([`a.validationPolicy.uri: ${expected}`]);
    const sourceUriDetails = { type: "DISCOVERY_URI", uri };
    expect(check(withPolicy({ ...discovery, sourceUriDetails }))).toEqual([
      `a.validationPolicy.sourceUriDetails.uri: ${expected}`,
    ]);
  });
});

// "Validating Tokens to Add Authentication and Authorization to API Deployments"
describe("static keys", () => {
  const at = "a.validationPolicy.keys";
  const pem = (key: unknown) => ({ format: "PEM", kid: "p", key });
  const inPem = `${at}[0].key: must be a public RSA key in PEM, from "-----BEGIN PUBLIC KEY-----" to "-----END PUBLIC KEY-----", as "openssl rsa -in private.pem -pubout" prints it [authentication-key]`;
  const { publicKey, privateKey } = rsaPair(2048);

  it("[authentication-key] are RSA keys of 2048 to 4096 bits", () => {
    expect(check(withKeys(pem(publicKey), { ...pem(`\n${publicKey}\n`), kid: "q" }))).toEqual([]);
    expect(check(withKeys(jsonWebKey(2047)))).toEqual([
      `${at}[0].n: has an RSA key of 2047 bits; 2048 to 4096 are allowed [authentication-key]`,
    ]);
    expect(check(withKeys(jsonWebKey(4097)))).toEqual([
      `${at}[0].n: has an RSA key of 4097 bits; 2048 to 4096 are allowed [authentication-key]`,
    ]);
    expect(check(withKeys(pem(rsaPair(1024).publicKey)))).toEqual([
      `${at}[0].key: has an RSA key of 1024 bits; 2048 to 4096 are allowed [authentication-key]`,
    ]);
    const ofBits = (bits: number) => {
      const key = { kty: "RSA", n: modulusOf(bits), e: "AQAB" };
      return createPublicKey({ key, format: "jwk" }).export({ type: "spki", format: "pem" });
    };
    expect(check(withKeys(pem(ofBits(4096))))).toEqual([]);
    expect(check(withKeys(pem(ofBits(4097))))).toEqual([
      `${at}[0].key: has an RSA key of 4097 bits; 2048 to 4096 are allowed [authentication-key]`,
    ]);
    expect(check(withKeys(pem(ecPublicKey())))).toEqual([
      `${at}[0].key: must be an RSA key; is of type ec [authentication-key]`,
    ]);
  });

  it.each([
    ["a private key", privateKey],
    ["no key", "key"],
    ["half a key", publicKey.slice(0, 200)],
    ["a key with a text before it", `key\n${publicKey}`],
    ["a key with a text behind it", `${publicKey}key`],
    ["a key without a key", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"],
  ])("[authentication-key] refuses %s without showing it", (_, key) => {
    expect(check(withKeys(pem(key)))).toEqual([inPem]);
  });

  const exponent = `${at}[0].e: must be the exponent of an RSA key in base64url, an odd number from 3 on, for example "AQAB" [authentication-key]`;
  const noModulus = `${at}[0].n: must be the modulus of an RSA key in base64url [authentication-key]`;
  it.each<[object, string[]]>([
    [{ e: "AQ" }, [exponent]],
    [{ e: "AQAA" }, [exponent]],
    [{ e: "+Q" }, [exponent]],
    [{ e: "Aw" }, []],
    [{ e: "" }, [exponent]],
    [{ n: "a+b/" }, [noModulus]],
    [{ n: `${modulusOf(2048).slice(0, -2)}AA` }, [noModulus]],
    [{ n: undefined }, [`${at}[0].n: is missing; must be a text [authentication]`]],
    [{ kid: "" }, [`${at}[0].kid: must not be empty [authentication]`]],
    [{ kty: "EC" }, [`${at}[0].kty: is "EC"; must be "RSA" [authentication]`]],
    [
      { alg: "HS256" },
      [`${at}[0].alg: is "HS256"; must be one of "RS256", "RS384", "RS512" [authentication]`],
    ],
    [
      { alg: undefined },
      [`${at}[0].alg: is missing; must be one of "RS256", "RS384", "RS512" [authentication]`],
    ],
    [{ use: "enc" }, [`${at}[0].use: is "enc"; must be "sig" [authentication]`]],
    [
      { use: undefined },
      [`${at}[0]: says nothing of its use; give use: "sig" or keyOps: ["verify"] [authentication-key]`],
    ],
    [
      { alg: "HS256", use: undefined },
      [
        `${at}[0].alg: is "HS256"; must be one of "RS256", "RS384", "RS512" [authentication]`,
        `${at}[0]: says nothing of its use; give use: "sig" or keyOps: ["verify"] [authentication-key]`,
      ],
    ],
    [{ keyOps: [] }, [`${at}[0].keyOps: must have at least 1; has 0 [authentication]`]],
    [{ keyOps: ["verify", "verify"] }, []],
    [{ keyOps: ["sign"] }, [`${at}[0].keyOps[0]: is "sign"; must be "verify" [authentication]`]],
    [
      { d: "x" },
      [
        `${at}[0].d: is not a setting; allowed are format, kid, kty, n, e, alg, use, keyOps [unsupported-setting]`,
      ],
    ],
  ])("[authentication-key] refuses a JSON web key with %.60j", (changes, expected) => {
    expect(check(withKeys({ ...jsonWebKey(), ...changes }))).toEqual(expected);
  });

  it("[authentication-key] are one to ten, with ids of their own; all of it is told at once", () => {
    expect(check(withKeys())).toEqual([`${at}: must have at least 1; has 0 [authentication]`]);
    expect(check(withKeys(...keys(11)))).toEqual([`${at}: has 11; at most 10 are allowed [authentication]`]);
    expect(check(withKeys(jsonWebKey(), { ...pem("x"), kid: "k1" }, { format: "DER" }))).toEqual([
      inPem.replace("[0]", "[1]"),
      `${at}[2].format: is "DER"; must be one of "JSON_WEB_KEY", "PEM" [authentication]`,
      `${at}[1].kid: is "k1", which is the id of ${at}[0] already; give each key its own [authentication-key]`,
    ]);
    const publicKeys = { type: "STATIC_KEYS", keys: [jsonWebKey(), jsonWebKey()] };
    expect(check({ ...jwt, publicKeys })).toEqual([
      'a.publicKeys.keys[1].kid: is "k1", which is the id of a.publicKeys.keys[0] already; give each key its own [authentication-key]',
    ]);
    const nameless = { ...jsonWebKey(), kid: undefined };
    expect(check(withKeys(nameless, nameless))).toEqual([
      `${at}[0].kid: is missing; must be a text [authentication]`,
      `${at}[1].kid: is missing; must be a text [authentication]`,
    ]);
  });
  it("[authentication-key] are checked where they are known, part by part", () => {
    const later = Promise.resolve("x");
    expect(check(withKeys({ ...jsonWebKey(1024), e: later }))).toEqual([
      `${at}[0].n: has an RSA key of 1024 bits; 2048 to 4096 are allowed [authentication-key]`,
    ]);
    expect(check(withKeys(pem(later), { ...jsonWebKey(), n: later, e: later }))).toEqual([]);
  });
});

// "Using Authorizer Functions to Add Authentication and Authorization to API Deployments"
describe("authorizer functions", () => {
  it.each<[object, string[]]>([
    [
      { function: undefined },
      [
        'a.function: is missing; give the key of a function, for example "authorizer", or functionId [authorizer]',
      ],
    ],
    [
      { functionId: "ocid1.fnfunc.oc1.fra.f" },
      ["a.functionId: stands beside function; give exactly one of them [authorizer]"],
    ],
    [
      { function: undefined, functionId: "authorizer" },
      [
        'a.functionId: "authorizer" is not the OCID of a function, which begins with "ocid1.fnfunc." [function-ocid]',
      ],
    ],
    [
      { parameters: {} },
      [
        'a.parameters: is missing; give it, tokenHeader or tokenQueryParam, for example { token: "request.headers[Authorization]" } [authorizer]',
      ],
    ],
    [
      { tokenHeader: "X" },
      ["a.parameters: stands beside tokenHeader; give exactly one of them [authorizer]"],
    ],
    [
      { parameters: undefined, tokenHeader: "X", tokenQueryParam: "x" },
      ["a.tokenQueryParam: stands beside tokenHeader; give exactly one of them [authorizer]"],
    ],
    [
      { tokenAuthScheme: "Bearer" },
      [
        "a.tokenAuthScheme: is not a setting; allowed are type, isAnonymousAccessAllowed, tokenHeader, tokenQueryParam, function, functionId, parameters, cacheKey, validationFailurePolicy [unsupported-setting]",
      ],
    ],
    [
      { parameters: Object.fromEntries(names(11).map((name) => [name, "request.host"])) },
      ["a.parameters: has 11; at most 10 are allowed [authorizer]"],
    ],
    [
      { parameters: { a: "request.path[id]", b: "${request.host}", c: "request.auth[sub]" } },
      [
        'a.parameters.a: "request.path[id]" may not stand here; allowed here are request.query[name], request.headers[name], request.host, request.body [context-variable]',
        'a.parameters.b: is "${request.host}"; a context variable stands here without "${}": "request.host" [context-variable]',
        'a.parameters.c: "request.auth[sub]" may not stand here; allowed here are request.query[name], request.headers[name], request.host, request.body [context-variable]',
      ],
    ],
    [
      { parameters: { a: "request.cert[client_base64]" } },
      [
        'a.parameters.a: "request.cert[client_base64]" is not supported yet; allowed here are request.query[name], request.headers[name], request.host, request.body [context-variable]',
      ],
    ],
    [
      { cacheKey: ["token"] },
      ['a.cacheKey[0]: is "token", which is not among the parameters; there are code [authorizer]'],
    ],
    [
      { parameters: { a: "request.host", b: "request.host" }, cacheKey: ["c", "", 7] },
      [
        "a.cacheKey[1]: must not be empty [authentication]",
        "a.cacheKey[2]: must be a text; is 7 [authentication]",
        'a.cacheKey[0]: is "c", which is not among the parameters; there are a, b [authorizer]',
      ],
    ],
    [
      { parameters: undefined, tokenHeader: "X", cacheKey: ["token"] },
      ['a.cacheKey[0]: is "token", which is not among the parameters; there are none [authorizer]'],
    ],
    [
      { parameters: { code: "request.host" }, cacheKey: Array(11).fill("code") },
      ["a.cacheKey: has 11; at most 10 are allowed [authentication]"],
    ],
  ])("[authorizer] [function-ocid] [context-variable] refuses %.80j", (changes, expected) => {
    expect(check({ ...authorizer, ...changes })).toEqual(expected);
  });

  const status =
    'must be a status from "200" to "599" or one context variable, for example "403" or "request.auth[code]"';
  const at = "a.validationFailurePolicy";
  it.each<[object, string]>([
    [
      { type: "OAUTH2" },
      `${at}.type: is "OAUTH2", a login flow, which is not supported yet; must be "MODIFY_RESPONSE" [validation-failure]`,
    ],
    [{ type: undefined }, `${at}.type: is missing; must be "MODIFY_RESPONSE" [validation-failure]`],
    [{ responseCode: "199" }, `${at}.responseCode: is "199"; ${status} [validation-failure]`],
    [{ responseCode: "1200" }, `${at}.responseCode: is "1200"; ${status} [validation-failure]`],
    [{ responseCode: "2000" }, `${at}.responseCode: is "2000"; ${status} [validation-failure]`],
    [{ responseCode: "600" }, `${at}.responseCode: is "600"; ${status} [validation-failure]`],
    [{ responseCode: 403 }, `${at}.responseCode: must be a text; is 403 [authentication]`],
    [
      { responseCode: "${request.auth[code]}" },
      `${at}.responseCode: is "\${request.auth[code]}"; a context variable stands here without "\${}": "request.auth[code]" [context-variable]`,
    ],
    [
      { responseMessage: "${request.body}" },
      `${at}.responseMessage: "\${request.body}" may not stand here; allowed here are \${request.path[name]}, \${request.query[name]}, \${request.headers[name]}, \${request.auth[name]}, \${request.host}, \${request.subdomain[name]} [context-variable]`,
    ],
    [
      {
        responseHeaderTransformations: { filterHeaders: { type: "BLOCK", items: [{ name: "Retry-After" }] } },
      },
      `${at}.responseHeaderTransformations.filterHeaders.items[0].name: is "Retry-After", which OCI protects: it can't be set, renamed or filtered; leave it out [transformation-protected]`,
    ],
  ])("[validation-failure] refuses %j", (changes, expected) => {
    const validationFailurePolicy = { type: "MODIFY_RESPONSE", ...changes };
    expect(check({ ...token, validationFailurePolicy })).toEqual([expected]);
    expect(check({ ...authorizer, validationFailurePolicy })).toEqual([expected]);
  });

  it("[validation-failure] refuses a login flow by its name alone, and says what else is wrong around it", () => {
    const validationFailurePolicy = {
      type: "OAUTH2",
      scopes: ["openid"],
      responseType: "CODE",
      responseHeaderTransformations: 1,
    };
    expect(check({ ...token, validationFailurePolicy, more: 1 })).toEqual([
      `${at}.type: is "OAUTH2", a login flow, which is not supported yet; must be "MODIFY_RESPONSE" [validation-failure]`,
      expect.stringMatching(/^a\.more: is not a setting; /),
    ]);
  });
});
