import { type CaseStep, defineCases, functionBackend, gatewayError, route, stockBackend } from "./case.ts";
import { tokens } from "./tokens.ts";

const using = "Using Tokens to Add Authentication and Authorization to API Deployments";
const jwt = "Using JSON Web Tokens (JWTs) to Add Authentication and Authorization to API Deployments";
const adding = "Adding Authentication and Authorization to API Deployments";
const unauthorized = gatewayError(401, "Unauthorized", { "WWW-Authenticate": /./ });
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const asked = (token: string, expected: CaseStep["expected"]): CaseStep => ({
  request: { path: "/a", headers: bearer(token) },
  expected,
});
const served = { status: 200, body: "ok" };
const authorized = (authorization: object) => ({ requestPolicies: { authorization } });

export const authentication = defineCases(
  {
    id: "token-good",
    deployment: "token",
    name: "a good token gets in, and its claims are there for transformations",
    routes: [
      route("/a", functionBackend(), {
        requestPolicies: {
          headerTransformations: {
            setHeaders: {
              items: [{ name: "X-Sub", values: ["${request.auth[sub]} of ${request.auth[iss]}"] }],
            },
          },
        },
      }),
    ],
    steps: [
      asked(tokens.good, { status: 200, saw: { headers: { "x-sub": "ada of https://cases.example.com" } } }),
    ],
    source: using,
    confidence: "documented",
  },
  {
    id: "token-bad",
    deployment: "token",
    name: "no token, and tokens that are expired, early, of another issuer, audience or key, or unsigned",
    routes: [route("/a", stockBackend())],
    steps: [
      { request: { path: "/a" }, expected: unauthorized },
      ...[
        tokens.expired,
        tokens.notYet,
        tokens.otherIssuer,
        tokens.otherAudience,
        tokens.otherKey,
        tokens.unknownKeyId,
        tokens.unsigned,
        "no.token",
      ].map((token) => asked(token, unauthorized)),
      { request: { path: "/a", headers: { authorization: tokens.good } }, expected: unauthorized },
    ],
    source: using,
    confidence: "documented",
  },
  {
    id: "token-anonymous",
    deployment: "token",
    name: "an ANONYMOUS route lets everybody in, with a bad token too; another route nobody without",
    routes: [
      route("/open", stockBackend(), authorized({ type: "ANONYMOUS" })),
      route("/closed", stockBackend()),
      route("/only", stockBackend(), authorized({ type: "AUTHENTICATION_ONLY" })),
    ],
    steps: [
      { request: { path: "/open" }, expected: served },
      { request: { path: "/open", headers: bearer(tokens.expired) }, expected: served },
      { request: { path: "/closed" }, expected: unauthorized },
      { request: { path: "/only" }, expected: unauthorized },
      { request: { path: "/only", headers: bearer(tokens.otherScope) }, expected: served },
    ],
    source: adding,
    confidence: "documented",
  },
  {
    id: "token-scope",
    deployment: "token",
    name: "a token without one of the route's scopes is answered 404; scopes know case",
    routes: [
      route("/a", stockBackend(), authorized({ type: "ANY_OF", allowedScope: ["write", "read"] })),
      route("/case", stockBackend(), authorized({ type: "ANY_OF", allowedScope: ["Read"] })),
    ],
    steps: [
      asked(tokens.good, served),
      asked(tokens.otherScope, gatewayError(404, "Not Found")),
      { request: { path: "/case", headers: bearer(tokens.good) }, expected: gatewayError(404, "Not Found") },
    ],
    source: 'measured by shukawam, "OCI API Gateway" (Qiita)',
    confidence: "measured",
  },
  {
    id: "token-query",
    deployment: "token-query",
    name: "a token in a query parameter",
    routes: [route("/a", stockBackend())],
    steps: [
      { request: { path: `/a?token=${tokens.good}` }, expected: served },
      { request: { path: `/a?token=${tokens.expired}` }, expected: unauthorized },
      { request: { path: "/a", headers: bearer(tokens.good) }, expected: unauthorized },
    ],
    source: using,
    confidence: "documented",
  },
  {
    id: "jwt-good",
    deployment: "jwt",
    name: "the older JWT_AUTHENTICATION, with a claim that must have one of its values",
    routes: [route("/a", stockBackend())],
    steps: [asked(tokens.good, served), asked(tokens.otherAudience, unauthorized)],
    source: jwt,
    confidence: "documented",
  },
  {
    id: "jwks-good",
    deployment: "jwks",
    name: "keys of a remote key set",
    routes: [route("/a", stockBackend())],
    steps: [asked(tokens.good, served), asked(tokens.otherKey, unauthorized)],
    source: using,
    confidence: "documented",
  },
  {
    id: "jwks-broken",
    deployment: "jwks-broken",
    name: "a key set that can't be had fails every request",
    routes: [route("/a", stockBackend())],
    steps: [asked(tokens.good, gatewayError(500, "Internal Server Error"))],
    source: jwt,
    confidence: "documented",
  },
  {
    id: "dynamic-authentication",
    deployment: "dynamic-authentication",
    name: "one of several authentication servers by a header; none that matches is 401",
    routes: [route("/a", stockBackend())],
    steps: [
      { request: { path: "/a", headers: { "x-tenant": "BLUE", ...bearer(tokens.good) } }, expected: served },
      { request: { path: "/a", headers: { "x-tenant": "blue", "x-token": "in" } }, expected: unauthorized },
      { request: { path: "/a", headers: { "x-tenant": "green-1", "x-token": "in" } }, expected: served },
      {
        request: { path: "/a", headers: { "x-tenant": "green-1", ...bearer(tokens.good) } },
        expected: unauthorized,
      },
      {
        request: { path: "/a", headers: { "x-tenant": "red", ...bearer(tokens.good) } },
        expected: unauthorized,
      },
      { request: { path: "/a", headers: bearer(tokens.good) }, expected: { status: 401 } },
    ],
    source: "Adding Multiple Authentication Servers to the same API Deployment",
    confidence: "documented",
  },
);
