import { unverified } from "../../../emulator/gateway/unverified.ts";
import { defineCases, functionBackend, gatewayError, httpBackend, route, stockBackend } from "./case.ts";
import { tokens } from "./tokens.ts";

const silent = "no document says it";
const shop = "https://shop.example.com";
const served = { status: 200, body: "ok" };
const transformed = (headerTransformations: object) => ({ requestPolicies: { headerTransformations } });
const setsHeader = (name: string, ...values: string[]) =>
  transformed({ setHeaders: { items: [{ name, values }] } });

/** What each switch does that no other case shows. */
export const unsourced = defineCases(
  {
    id: "cors-origin-case",
    deployment: "cors",
    name: "an origin in another case than the policy's",
    routes: [route("/a", stockBackend())],
    steps: [
      {
        request: { path: "/a", headers: { origin: "https://SHOP.example.com" } },
        expected: {
          status: 200,
          headers: {
            "Access-Control-Allow-Origin":
              unverified.originCase === "case-sensitive" ? null : "https://SHOP.example.com",
          },
        },
      },
    ],
    source: silent,
    confidence: "unverified",
    switches: ["originCase"],
  },
  {
    id: "cors-vary",
    deployment: "cors",
    name: "Vary on answers to requests of the allowed origin, and of none",
    routes: [route("/a", stockBackend())],
    steps: [
      {
        request: { path: "/a", headers: { origin: shop } },
        expected: { status: 200, headers: { Vary: "Origin" } },
      },
      {
        request: { path: "/a" },
        expected: { status: 200, headers: { Vary: unverified.varyOrigin === "always" ? "Origin" : null } },
      },
    ],
    source: silent,
    confidence: "unverified",
    switches: ["varyOrigin"],
  },
  {
    id: "forwarded-of-client",
    name: "a client's own X-Forwarded-For",
    routes: [route("/a", functionBackend())],
    steps: [
      {
        request: { path: "/a", headers: { "x-forwarded-for": "192.0.2.1" } },
        expected: {
          status: 200,
          saw: {
            headers: {
              "x-forwarded-for":
                unverified.clientForwarded === "added-to"
                  ? /^192\.0\.2\.1, [0-9a-f.:]+$/
                  : /^(?!192\.0\.2\.1)[0-9a-f.:]+$/,
            },
          },
        },
      },
    ],
    source: silent,
    confidence: "unverified",
    switches: ["clientForwarded"],
  },
  {
    id: "function-query",
    name: "the query that a function sees behind a transformation",
    routes: [
      route("/a", functionBackend(), {
        requestPolicies: {
          queryParameterTransformations: { setQueryParameters: { items: [{ name: "a", values: ["2"] }] } },
        },
      }),
    ],
    steps: [
      {
        request: { path: "/a?a=1" },
        expected: {
          status: 200,
          saw: { query: [unverified.functionQuery === "transformed" ? "a=2" : "a=1"] },
        },
      },
    ],
    source: silent,
    confidence: "unverified",
    switches: ["functionQuery"],
  },
  {
    id: "query-encoded-name",
    name: "a blocked query parameter whose name is sent percent-encoded",
    routes: [
      route("/a", httpBackend("backend:/q"), {
        requestPolicies: {
          queryParameterTransformations: {
            filterQueryParameters: { type: "BLOCK", items: [{ name: "secret" }] },
          },
        },
      }),
    ],
    steps: [
      {
        request: { path: "/a?%73ecret=1&b=2" },
        expected: {
          status: 200,
          saw: { query: unverified.encodedQueryNames === "decoded" ? ["b=2"] : ["%73ecret=1", "b=2"] },
        },
      },
    ],
    source: silent,
    confidence: "unverified",
    switches: ["encodedQueryNames"],
  },
  {
    id: "headers-rename-existing",
    name: "a header renamed to a name that the request has already",
    routes: [
      route(
        "/a",
        functionBackend(),
        transformed({ renameHeaders: { items: [{ from: "X-From", to: "X-To" }] } }),
      ),
    ],
    steps: [
      {
        request: { path: "/a", headers: { "x-from": "renamed", "x-to": "own" } },
        expected: {
          status: 200,
          saw: {
            headers: {
              "x-to": unverified.renameOntoExisting === "replaces" ? "renamed" : ["own", "renamed"],
              "x-from": null,
            },
          },
        },
      },
    ],
    source: silent,
    confidence: "unverified",
    switches: ["renameOntoExisting"],
  },
  {
    id: "headers-partly-missing",
    name: "a header of two values, one of them a variable that the request lacks",
    routes: [route("/a", functionBackend(), setsHeader("X-Set", "1", "${request.headers[x-absent]}"))],
    steps: [
      {
        request: { path: "/a" },
        expected: {
          status: 200,
          saw: { headers: { "x-set": unverified.partlyMissingValues === "others-set" ? "1" : null } },
        },
      },
    ],
    source: "Troubleshooting API Gateway speaks of one value only",
    confidence: "unverified",
    switches: ["partlyMissingValues"],
  },
  {
    id: "validation-empty",
    name: "a required header and a required query parameter without values",
    routes: [
      route("/h", stockBackend(), {
        requestPolicies: { headerValidations: { headers: [{ name: "X-Needed", required: true }] } },
      }),
      route("/q", stockBackend(), {
        requestPolicies: { queryParameterValidations: { parameters: [{ name: "needed", required: true }] } },
      }),
    ],
    steps: [{ path: "/h", headers: { "x-needed": "" } }, { path: "/q?needed=" }, { path: "/q?needed" }].map(
      (request) => ({
        request,
        expected: unverified.emptyValue === "there" ? served : { status: unverified.validationStatus },
      }),
    ),
    source: silent,
    confidence: "unverified",
    switches: ["emptyValue", "validationStatus"],
  },
  {
    id: "validation-untyped",
    name: "a body without a content type",
    routes: [
      route("/a", stockBackend(), {
        methods: ["POST"],
        requestPolicies: {
          bodyValidation: { content: { "application/json": { validationType: "NONE" } } },
        },
      }),
    ],
    steps: [
      {
        request: { method: "POST", path: "/a", body: "{}" },
        expected: unverified.untypedBody === "refused" ? { status: unverified.mediaTypeStatus } : served,
      },
    ],
    source: silent,
    confidence: "unverified",
    switches: ["untypedBody", "mediaTypeStatus"],
  },
  {
    id: "token-several",
    deployment: "token-query",
    name: "two tokens",
    routes: [route("/a", stockBackend())],
    steps: [
      {
        request: { path: `/a?token=${tokens.good}&token=${tokens.expired}` },
        expected: unverified.severalTokens === "refused" ? { status: 401 } : served,
      },
    ],
    source: silent,
    confidence: "unverified",
    switches: ["severalTokens"],
  },
  {
    id: "token-scheme",
    deployment: "token",
    name: "the scheme in lower case",
    routes: [route("/a", stockBackend())],
    steps: [
      {
        request: { path: "/a", headers: { authorization: `bearer ${tokens.good}` } },
        expected: unverified.bearerScheme === "case-insensitive" ? served : { status: 401 },
      },
    ],
    source: silent,
    confidence: "unverified",
    switches: ["bearerScheme"],
  },
  {
    id: "token-challenge",
    deployment: "token",
    name: "the challenges of no token and of a bad one",
    routes: [route("/a", stockBackend())],
    steps: [
      { request: { path: "/a" }, expected: { status: 401, headers: { "WWW-Authenticate": "Bearer" } } },
      {
        request: { path: "/a", headers: { authorization: `Bearer ${tokens.expired}` } },
        expected: {
          status: 401,
          headers: {
            "WWW-Authenticate": unverified.challengeNamesError ? 'Bearer error="invalid_token"' : "Bearer",
          },
        },
      },
    ],
    source: "documents say only that there is a challenge",
    confidence: "unverified",
    switches: ["challengeNamesError"],
  },
  {
    id: "token-other-values",
    deployment: "token",
    name: "a claim that isn't a string, in request.auth",
    routes: [route("/a", functionBackend(), setsHeader("X-Exp", "${request.auth[exp]}"))],
    steps: [
      {
        request: { path: "/a", headers: { authorization: `Bearer ${tokens.good}` } },
        expected: {
          status: 200,
          saw: { headers: { "x-exp": unverified.otherAuthValues === "as-json" ? "4102444800" : null } },
        },
      },
    ],
    source: silent,
    confidence: "unverified",
    switches: ["otherAuthValues"],
  },
  {
    id: "authorizer-missing",
    deployment: "custom-missing",
    name: "an authorizer function that is gone, or that the gateway may not call",
    routes: [route("/a", stockBackend())],
    steps: [
      {
        request: { path: "/a", headers: { authorization: "in" } },
        expected: { status: unverified.missingAuthorizerStatus },
      },
    ],
    source: silent,
    confidence: "unverified",
    switches: ["missingAuthorizerStatus"],
    except: {
      runners: ["emulator", "url"],
      because: "OCI refuses to create a deployment whose function can't be called",
    },
  },
  {
    id: "authorizer-unchallenged",
    deployment: "custom",
    name: "a refusal without wwwAuthenticate",
    routes: [route("/a", stockBackend())],
    steps: [
      {
        request: { path: "/a", headers: { "x-token": "unknown" } },
        expected: gatewayError(401, "Unauthorized", {
          "WWW-Authenticate": unverified.refusalsChallenge ? "Bearer" : null,
        }),
      },
    ],
    source: silent,
    confidence: "unverified",
    switches: ["refusalsChallenge"],
  },
);
