import { unverified } from "../../../emulator/gateway/unverified.ts";
import { type CaseAnswer, defineCases, functionBackend, route, stockBackend, wish } from "./case.ts";
import { tokens } from "./tokens.ts";

const title = "Adding CORS support to API Deployments";
const shop = "https://shop.example.com";
const none = {
  "Access-Control-Allow-Origin": null,
  "Access-Control-Allow-Credentials": null,
  "Access-Control-Allow-Methods": null,
};
const preflight = (path: string, origin = shop, method = "PUT") => ({
  method: "OPTIONS",
  path,
  headers: { origin, "access-control-request-method": method },
});
const answered = (headers: CaseAnswer["headers"]): CaseAnswer => ({
  status: unverified.preflightStatus,
  headers: { ...headers },
  body: "",
});
const put = { methods: ["GET", "PUT"] };

export const cors = defineCases(
  {
    id: "cors-actual",
    deployment: "cors",
    name: "an allowed origin is echoed, on errors of the back end too; the back end's own CORS headers give way",
    routes: [route("/a", functionBackend(), put)],
    steps: [
      {
        request: {
          path: "/a",
          headers: { origin: shop, ...wish({ headers: { "Access-Control-Allow-Origin": "*" } }) },
        },
        expected: {
          status: 200,
          headers: { "Access-Control-Allow-Origin": shop, "Access-Control-Allow-Methods": null },
        },
      },
      {
        request: { path: "/a", headers: { origin: shop, ...wish({ status: 500 }) } },
        expected: { status: 500, headers: { "Access-Control-Allow-Origin": shop } },
      },
    ],
    source: `${title}; Protected Request Headers and Response Headers`,
    confidence: "documented",
  },
  {
    id: "cors-preflight",
    deployment: "cors",
    name: "the gateway answers a preflight itself",
    routes: [route("/a", functionBackend(), put)],
    steps: [
      {
        request: preflight("/a"),
        expected: answered({
          "Access-Control-Allow-Origin": shop,
          "Access-Control-Allow-Methods": "GET, PUT",
          "Access-Control-Max-Age": null,
          "Access-Control-Allow-Credentials": null,
        }),
      },
    ],
    source: `${title}; the status stands in no document`,
    confidence: "unverified",
    switches: ["preflightStatus"],
  },
  {
    id: "cors-preflight-method",
    deployment: "cors",
    name: "a preflight for a method that no route of the path answers",
    routes: [route("/a", stockBackend(), put)],
    steps: [
      { request: preflight("/a", shop, "DELETE"), expected: { status: unverified.methodNotAllowedStatus } },
      { request: preflight("/b"), expected: { status: 404 } },
    ],
    source: `${title} doesn't say what it is answered`,
    confidence: "unverified",
    switches: ["methodNotAllowedStatus"],
    assumptions: [
      "a preflight for a method that no route of the path answers is an OPTIONS request like others",
    ],
  },
  {
    id: "cors-foreign",
    deployment: "cors",
    name: "another origin gets no CORS headers, and is served else",
    routes: [route("/a", stockBackend("served"), put)],
    steps: [
      {
        request: { path: "/a", headers: { origin: "https://evil.example.com" } },
        expected: { status: 200, headers: none, body: "served" },
      },
      {
        request: preflight("/a", "https://evil.example.com"),
        expected: { ...answered(none), status: unverified.foreignPreflightStatus },
      },
    ],
    source: `${title} doesn't say what happens to other origins`,
    confidence: "unverified",
    switches: ["foreignPreflightStatus"],
  },
  {
    id: "cors-route",
    deployment: "cors",
    name: "a route's policy takes the place of its deployment's, in whole",
    routes: [
      route("/a", stockBackend(), {
        ...put,
        requestPolicies: {
          cors: {
            allowedOrigins: ["*"],
            allowedHeaders: ["X-One", "X-Two"],
            exposedHeaders: ["X-Three"],
            maxAgeInSeconds: 60,
          },
        },
      }),
    ],
    steps: [
      {
        request: preflight("/a", "https://any.example.com"),
        expected: answered({
          "Access-Control-Allow-Origin": "*",
          "Access-Control-Allow-Headers": "X-One, X-Two",
          "Access-Control-Max-Age": "60",
          "Access-Control-Expose-Headers": null,
          "Access-Control-Allow-Methods": unverified.routeCors === "replaces" ? null : "GET, PUT",
        }),
      },
      {
        request: { path: "/a", headers: { origin: "https://any.example.com" } },
        expected: {
          status: 200,
          headers: {
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Expose-Headers": "X-Three",
            "Access-Control-Allow-Headers": null,
            "Access-Control-Max-Age": null,
          },
        },
      },
    ],
    source: `${title}; no document says whether the policies are merged`,
    confidence: "unverified",
    switches: ["routeCors", "preflightStatus"],
  },
  {
    id: "cors-null",
    name: "null is an origin like others",
    routes: [route("/a", stockBackend(), { requestPolicies: { cors: { allowedOrigins: ["null"] } } })],
    steps: [
      {
        request: { path: "/a", headers: { origin: "null" } },
        expected: { status: 200, headers: { "Access-Control-Allow-Origin": "null" } },
      },
    ],
    source: title,
    confidence: "documented",
  },
  {
    id: "cors-credentials",
    name: "credentials with a listed origin",
    routes: [
      route("/a", stockBackend(), {
        requestPolicies: { cors: { allowedOrigins: [shop], isAllowCredentialsEnabled: true } },
      }),
    ],
    steps: [
      {
        request: { path: "/a", headers: { origin: shop } },
        expected: {
          status: 200,
          headers: { "Access-Control-Allow-Origin": shop, "Access-Control-Allow-Credentials": "true" },
        },
      },
    ],
    source: title,
    confidence: "documented",
  },
  {
    id: "cors-any-credentials",
    name: "any origin with credentials",
    routes: [
      route("/a", stockBackend(), {
        requestPolicies: { cors: { allowedOrigins: ["*"], isAllowCredentialsEnabled: true } },
      }),
    ],
    steps: [
      {
        request: { path: "/a", headers: { origin: shop } },
        expected: {
          status: 200,
          headers: {
            "Access-Control-Allow-Origin": unverified.anyOriginWithCredentials === "echo" ? shop : "*",
          },
        },
      },
    ],
    source: "browsers refuse a literal * with credentials; no document says what the service does",
    confidence: "unverified",
    switches: ["anyOriginWithCredentials"],
  },
  {
    id: "cors-gateway-error",
    deployment: "token-only",
    name: "errors of the gateway's own have the CORS headers, and a preflight needs no token",
    routes: [route("/a", stockBackend(), put)],
    steps: [
      {
        request: { path: "/a", headers: { origin: shop } },
        expected: {
          status: 401,
          headers: { "Access-Control-Allow-Origin": unverified.gatewayErrorsHaveCors ? shop : null },
        },
      },
      { request: preflight("/a"), expected: answered({ "Access-Control-Allow-Origin": shop }) },
      {
        request: { path: "/a", headers: { origin: shop, authorization: `Bearer ${tokens.good}` } },
        expected: { status: 200, headers: { "Access-Control-Allow-Origin": shop } },
      },
    ],
    source: "no document says it of the gateway's own answers",
    confidence: "unverified",
    switches: ["gatewayErrorsHaveCors", "preflightStatus"],
  },
  {
    id: "rate-total",
    deployment: "rate-total",
    name: "requests over the rate of the deployment are answered 429, with Retry-After",
    routes: [route("/a", stockBackend())],
    steps: [
      {
        request: { path: "/a" },
        burst: 12,
        expected: [
          { status: 200, body: "ok" },
          {
            status: 429,
            headers: { "Retry-After": unverified.retryAfter === "seconds" ? /^[0-9]+$/ : /GMT$/ },
            body: { code: 429, message: "Too Many Requests" },
          },
        ],
      },
    ],
    source:
      "Limiting the Number of Requests to API Gateway Back Ends; the form of Retry-After stands in no document",
    confidence: "unverified",
    switches: ["retryAfter"],
  },
  {
    id: "rate-client",
    deployment: "rate-client",
    name: "the same by client address, whatever X-Forwarded-For says",
    routes: [route("/a", stockBackend())],
    steps: [
      {
        request: { path: "/a", headers: { "x-forwarded-for": "192.0.2.1" } },
        burst: 12,
        expected: [
          { status: 200, body: "ok" },
          { status: 429, headers: { "Retry-After": /./ } },
        ],
      },
    ],
    source: "Limiting the Number of Requests to API Gateway Back Ends",
    confidence: "documented",
  },
);
