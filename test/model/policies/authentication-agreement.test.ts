import { describe, expect, it } from "vitest";
import { checkAuthorizations } from "../../../components/model/lint/authorization.ts";
import { checkAuthentication } from "../../../components/model/policies/authentication.ts";
import { checkDynamicAuthentication } from "../../../components/model/policies/dynamic-authentication.ts";
import type { Problem } from "../../../components/model/problems.ts";
import { rules } from "../../../components/model/rules.ts";
import { checkSpecification } from "../../../emulator/gateway/specification/check.ts";
import { api } from "../lint/fixture.ts";
import { names } from "./checked.ts";
import { ecPublicKey, jsonWebKey, modulusOf, rsaPair } from "./rsa-keys.ts";

// Product and gateway are two readings of the same documents: what one refuses the other refuses too. Stricter at
// preview: JSON web keys without algorithm or use, which "Key parameters" wants and the API doesn't; texts that are no
// keys at all, which the API takes for placeholders; OCIDs of secrets.

const isRefused = (problems: readonly Problem[]) =>
  problems.some(({ rule }) => rules[rule].level === "error");

function gatewayRefuses(requestPolicies: object, route: object = {}): boolean {
  const backend = { type: "STOCK_RESPONSE_BACKEND", status: 200 };
  const routes = [{ path: "/a/{id}", methods: ["GET"], backend, ...route }];
  return checkSpecification({ requestPolicies, routes }, "/v1").length > 0;
}

const remote = { type: "REMOTE_JWKS", uri: "https://idp.example.com/keys" };
const ofHeader = { tokenHeader: "Authorization", tokenAuthScheme: "Bearer" };
const token = { type: "TOKEN_AUTHENTICATION", ...ofHeader, validationPolicy: remote };
const jwt = { type: "JWT_AUTHENTICATION", ...ofHeader, issuers: ["i"], audiences: ["a"], publicKeys: remote };
const custom = {
  type: "CUSTOM_AUTHENTICATION",
  functionId: "ocid1.fnfunc.oc1.fra.aaaa",
  parameters: { code: "request.query[code]" },
};
const { publicKey, privateKey } = rsaPair(2048);
const keys = (...given: unknown[]) => ({ ...token, validationPolicy: { type: "STATIC_KEYS", keys: given } });
const key = (changes: object = {}) => keys({ ...jsonWebKey(), ...changes });
const pem = (given: unknown) => keys({ format: "PEM", kid: "k", key: given });
const uri = (given: unknown) => ({ ...token, validationPolicy: { ...remote, uri: given } });
const cached = (hours: number) => ({
  ...token,
  validationPolicy: { ...remote, maxCacheDurationInHours: hours },
});
const failing = (changes: object) => ({
  ...token,
  validationFailurePolicy: { type: "MODIFY_RESPONSE", ...changes },
});
const argument = (given: unknown) => ({ ...custom, parameters: { a: given } });
const discovery = {
  type: "REMOTE_DISCOVERY",
  sourceUriDetails: { type: "DISCOVERY_URI", uri: remote.uri },
  clientDetails: {
    type: "CUSTOM",
    clientId: "gateway",
    clientSecretId: "ocid1.vaultsecret.oc1.fra.aaaa",
    clientSecretVersionNumber: 1,
  },
};
const discovering = (changes: object) => ({ ...token, validationPolicy: { ...discovery, ...changes } });
const claims = (count: number) => names(count).map((name) => ({ key: name }));

describe("the gateway says of an authentication what the product says", () => {
  it.each<[text: string, given: unknown]>([
    ["a token", token],
    ["a JWT", jwt],
    ["an authorizer", custom],
    ["no type", { ...token, type: undefined }],
    ["another type", { ...token, type: "BASIC" }],
    ["a text", "TOKEN_AUTHENTICATION"],
    ["an unknown setting", { ...token, tokenHeaders: "X" }],
    ["no location", { ...token, tokenHeader: undefined }],
    ["two locations", { ...token, tokenQueryParam: "t" }],
    [
      "a token in the query",
      { ...jwt, tokenHeader: undefined, tokenAuthScheme: undefined, tokenQueryParam: "t" },
    ],
    ["a scheme for the query", { ...jwt, tokenHeader: undefined, tokenQueryParam: "t" }],
    ["no scheme", { ...token, tokenAuthScheme: undefined }],
    ["another scheme", { ...token, tokenAuthScheme: "Basic" }],
    ["an empty header", { ...token, tokenHeader: "" }],
    ["a header with a blank", { ...token, tokenHeader: "X Y" }],
    ["an empty query parameter", { ...jwt, tokenHeader: undefined, tokenQueryParam: "" }],
    ["skew 0", { ...token, maxClockSkewInSeconds: 0 }],
    ["skew 120", { ...token, maxClockSkewInSeconds: 120 }],
    ["skew 120.5", { ...token, maxClockSkewInSeconds: 120.5 }],
    ["skew -1", { ...token, maxClockSkewInSeconds: -1 }],
    ["half a second of skew", { ...token, maxClockSkewInSeconds: 0.5 }],
    ["anonymous access", { ...token, isAnonymousAccessAllowed: true }],
    ["anonymous access in text", { ...token, isAnonymousAccessAllowed: "true" }],
    ["5 issuers", { ...jwt, issuers: names(5) }],
    ["6 issuers", { ...jwt, issuers: names(6) }],
    ["no issuers", { ...jwt, issuers: [] }],
    ["no audiences", { ...jwt, audiences: undefined }],
    ["6 audiences", { ...jwt, audiences: names(6) }],
    ["an empty issuer", { ...jwt, issuers: [""] }],
    ["10 claims", { ...jwt, verifyClaims: claims(10) }],
    ["11 claims", { ...jwt, verifyClaims: claims(11) }],
    ["a claim without a key", { ...jwt, verifyClaims: [{ values: ["a"] }] }],
    ["issuers beside a token", { ...token, issuers: ["i"] }],
    ["a failure policy beside a JWT", { ...jwt, validationFailurePolicy: { type: "MODIFY_RESPONSE" } }],
    ["an hour", cached(1)],
    ["24 hours", cached(24)],
    ["25 hours", cached(25)],
    ["no hour", cached(0)],
    ["an hour and a half", cached(1.5)],
    ["a plain URL", uri("http://idp.example.com/keys")],
    ["an FTP URL", uri("ftp://idp.example.com")],
    ["no URL", uri(undefined)],
    ["a URL with a blank", uri("https://idp.example.com/a b")],
    ["a URL without a host", uri("https://")],
    ["a key", key()],
    ["2047 bits", key({ n: modulusOf(2047) })],
    ["4096 bits", key({ n: modulusOf(4096) })],
    ["4097 bits", key({ n: modulusOf(4097) })],
    ["an even exponent", key({ e: "AAAC" })],
    ["exponent 1", key({ e: "AQ" })],
    ["an EC key", key({ kty: "EC" })],
    ["an HMAC", key({ alg: "HS256" })],
    ["a key for encryption", key({ use: "enc" })],
    ["a key that verifies", key({ use: undefined, keyOps: ["verify"] })],
    ["a key that signs", key({ keyOps: ["sign"] })],
    ["an empty key id", key({ kid: "" })],
    ["a private part", key({ d: "AQAB" })],
    ["a PEM key", pem(publicKey)],
    ["a private PEM key", pem(privateKey)],
    ["a PEM key of 1024 bits", pem(rsaPair(1024).publicKey)],
    ["an EC PEM key", pem(ecPublicKey())],
    ["no keys", keys()],
    ["10 keys", keys(...names(10).map((kid) => ({ ...jsonWebKey(), kid })))],
    ["11 keys", keys(...names(11).map((kid) => ({ ...jsonWebKey(), kid })))],
    ["a key id twice", keys(jsonWebKey(), jsonWebKey())],
    ["a key of another format", keys({ format: "DER", kid: "a", key: "a" })],
    ["discovery", discovering({})],
    ["discovery without a client", discovering({ clientDetails: undefined })],
    ["discovery from a login flow", discovering({ sourceUriDetails: { type: "VALIDATION_BLOCK" } })],
    ["discovery for JWTs", { ...jwt, publicKeys: discovery }],
    ["a code", failing({ responseCode: "403" })],
    ["a code that isn't one", failing({ responseCode: "42" })],
    ["code 100", failing({ responseCode: "100" })],
    ["code 200", failing({ responseCode: "200" })],
    ["code 600", failing({ responseCode: "600" })],
    ["a code in a number", failing({ responseCode: 403 })],
    ["a code from a claim", failing({ responseCode: "request.auth[code]" })],
    ["a code from the body", failing({ responseCode: "request.body" })],
    ["a code in braces", failing({ responseCode: "${request.auth[code]}" })],
    ["a message", failing({ responseMessage: "no ${request.auth[why]}" })],
    ["a message of the body", failing({ responseMessage: "${request.body}" })],
    ["an open variable", failing({ responseMessage: "${request.host" })],
    [
      "a protected header",
      failing({
        responseHeaderTransformations: { setHeaders: { items: [{ name: "Retry-After", values: ["1"] }] } },
      }),
    ],
    [
      "a header",
      failing({
        responseHeaderTransformations: { filterHeaders: { type: "BLOCK", items: [{ name: "X" }] } },
      }),
    ],
    ["a login flow", failing({ type: "OAUTH2" })],
    ["no argument", { ...custom, parameters: {} }],
    ["a token for an authorizer", { ...custom, parameters: undefined, tokenHeader: "X" }],
    ["token and arguments", { ...custom, tokenHeader: "X" }],
    ["a scheme for an authorizer", { ...custom, tokenAuthScheme: "Bearer" }],
    ["the body", argument("request.body")],
    ["the host", argument("request.host")],
    ["a header as argument", argument("request.headers[X]")],
    ["the path", argument("request.path[id]")],
    ["a claim", argument("request.auth[sub]")],
    ["a certificate", argument("request.cert[client_base64]")],
    ["an argument in braces", argument("${request.host}")],
    ["text as argument", argument("code")],
    [
      "10 arguments",
      { ...custom, parameters: Object.fromEntries(names(10).map((name) => [name, "request.host"])) },
    ],
    [
      "11 arguments",
      { ...custom, parameters: Object.fromEntries(names(11).map((name) => [name, "request.host"])) },
    ],
    ["a key of the cache", { ...custom, cacheKey: ["code"] }],
    ["another key of the cache", { ...custom, cacheKey: ["token"] }],
    ["11 keys of the cache", { ...custom, cacheKey: Array(11).fill("code") }],
    ["another OCID", { ...custom, functionId: "ocid1.fnapp.oc1.fra.aaaa" }],
  ])("%s", (_, given) => {
    expect(gatewayRefuses({ authentication: given })).toBe(isRefused(checkAuthentication(given, "a")));
  });
});

const server = (name: string, authenticationServerDetail: unknown, more: object = {}) => ({
  key: { type: "ANY_OF", name, values: [name], ...more },
  authenticationServerDetail,
});
const choice = (selector: string, ...authenticationServers: unknown[]) => ({
  selectionSource: { type: "SINGLE", selector },
  authenticationServers,
});

describe("the gateway says of a choice of authentication servers what the product says", () => {
  it.each<[text: string, given: unknown]>([
    ["by host", choice("request.host", server("a", token), server("b", custom))],
    ["by path", choice("request.path[id]", server("a", token))],
    ["by usage plan", choice("request.usage_plan[id]", server("a", token))],
    ["by claim", choice("request.auth[iss]", server("a", token), server("b", jwt))],
    [
      "by claim, in another case",
      choice("request.auth[iss]", server("a", { ...token, tokenHeader: "authorization" }), server("b", jwt)),
    ],
    ["by claim, with an authorizer", choice("request.auth[iss]", server("a", token), server("b", custom))],
    [
      "by claim, in another header",
      choice("request.auth[iss]", server("a", token), server("b", { ...jwt, tokenHeader: "X" })),
    ],
    ["no server", choice("request.host")],
    ["100 servers", choice("request.host", ...names(100).map((name) => server(name, custom)))],
    ["101 servers", choice("request.host", ...names(101).map((name) => server(name, custom)))],
    ["a name twice", choice("request.host", server("a", token), server("a", token))],
    [
      "two defaults",
      choice(
        "request.host",
        server("a", token, { isDefault: true }),
        server("b", token, { isDefault: true }),
      ),
    ],
    ["a wrong server", choice("request.host", server("a", {}))],
    ["no list", { selectionSource: { type: "SINGLE", selector: "request.host" } }],
    ["a text", "request.host"],
  ])("%s", (_, given) => {
    expect(gatewayRefuses({ dynamicAuthentication: given })).toBe(
      isRefused(checkDynamicAuthentication(given, "d")),
    );
  });
});

describe("the gateway says of authorizations what the product says", () => {
  const anonymous = { type: "ANONYMOUS" };
  const allowing = { ...token, isAnonymousAccessAllowed: true };
  const one = choice("request.host", server("a", token));
  it.each<[text: string, requestPolicies: object, authorization: unknown]>([
    ["an anonymous route", { authentication: allowing }, anonymous],
    ["an anonymous route that isn't allowed", { authentication: token }, anonymous],
    ["scopes", { authentication: token }, { type: "ANY_OF", allowedScope: ["a"] }],
    ["nothing", {}, undefined],
    ["an anonymous route without authentication", {}, anonymous],
    ["an authenticated route without authentication", {}, { type: "AUTHENTICATION_ONLY" }],
    ["both kinds of authentication", { authentication: token, dynamicAuthentication: one }, undefined],
    [
      "one server that allows it",
      { dynamicAuthentication: choice("request.host", server("a", token), server("b", allowing)) },
      anonymous,
    ],
    ["no server that allows it", { dynamicAuthentication: one }, anonymous],
    [
      "a path parameter that there is",
      { dynamicAuthentication: choice("request.path[id]", server("a", token)) },
      undefined,
    ],
    [
      "a path parameter that there isn't",
      { dynamicAuthentication: choice("request.path[x]", server("a", token)) },
      undefined,
    ],
  ])("%s", (_, requestPolicies, authorization) => {
    const route = authorization === undefined ? {} : { requestPolicies: { authorization } };
    const found = checkAuthorizations(api({ "GET /a/{id}": { authorization } }, requestPolicies));
    expect(gatewayRefuses(requestPolicies, route)).toBe(isRefused(found));
  });
});
