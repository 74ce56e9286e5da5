/** What holds an expectation: ids of cases, or files of tests with the reason why no case can. */
export type HeldBy =
  | { cases: readonly string[] }
  | { tests: readonly string[]; because: string }
  /** Nothing can provoke it yet. */
  | { open: string };

const cases = (...ids: string[]): HeldBy => ({ cases: ids });
const later = (policy: string): HeldBy => ({ open: `${policy} isn't carried out yet, and refused by name` });
const needs = (because: string, ...tests: string[]): HeldBy => ({ because, tests });

/** Every situation in which a gateway answers by itself, with the status that the emulator gives. */
export const answers: readonly (readonly [situation: string, heldBy: HeldBy])[] = [
  ["no deployment or route for the path", cases("unknown-route", "path-literal")],
  ["the path matches, the method doesn't", cases("path-method")],
  ["no scope of the route's", cases("token-scope", "authorizer-scope")],
  ["missing or invalid token, an authorizer's refusal", cases("token-bad", "authorizer-refusal")],
  ["invalid client certificate", later("mutualTls")],
  ["no authentication server matches", cases("dynamic-authentication")],
  ["missing or unknown token of a usage plan", later("usagePlans")],
  ["rate limit", cases("rate-total", "rate-client")],
  ["quota of a usage plan", later("usagePlans")],
  ["failed validation", cases("validation-headers", "validation-body")],
  ["body over 20 MB, or over 6 MB to a function", cases("stock-body-limit", "function-body-limit")],
  ["line and headers over 8 KB", cases("head-limit")],
  ["a client that stalls for 15 seconds", cases("request-stall")],
  ["no access to the function, or no function", cases("function-missing")],
  [
    "a function that fails, answers wrongly or doesn't start",
    cases("function-throws", "function-answer-limit", "function-uninitialised"),
  ],
  ["a function beyond its time-out", cases("function-timeout")],
  ["a throttled function", cases("function-throttled")],
  ["no room for functions", cases("function-unavailable")],
  [
    "an HTTP back end's name is unknown, or its connection refused",
    cases("http-unknown-host", "http-refused"),
  ],
  [
    "an HTTP back end's certificate isn't trusted",
    needs(
      "a back end with such a certificate isn't part of the cases' deployments",
      "test/emulator/gateway/http-backend.test.ts",
    ),
  ],
  ["an HTTP back end is too slow", cases("http-read-timeout")],
  [
    "an HTTP back end takes too long to connect or to take the body",
    needs("no request makes a well back end hang", "test/emulator/gateway/http-backend.test.ts"),
  ],
  ["an authorizer that fails", cases("authorizer-fails")],
  ["a key set that can't be had", cases("jwks-broken")],
  ["a broken CA bundle", later("mutualTls")],
  ["a function's own 4xx or 5xx", cases("function-own-error", "function-answer")],
];

const server = "test/emulator/gateway/server.test.ts";
const fields: HeldBy = {
  tests: ["test/cases/fields.test.ts"],
  because: "OCI refuses it when a deployment is made",
};

/** Every limit of "API Gateway Internal Limits" and of the pages on single policies. */
export const limits: readonly (readonly [limit: string, heldBy: HeldBy])[] = [
  [
    "deployments of a gateway",
    needs("it would fill the gateway", "test/emulator/services/apigateway.test.ts"),
  ],
  ["routes of a deployment", fields],
  [
    "bytes of a specification",
    needs("OCI refuses it when a deployment is made", "test/emulator/gateway/specification.test.ts"),
  ],
  ["body of a request", cases("stock-body-limit")],
  ["body of a request to a function", cases("function-body-limit")],
  ["request line and headers", cases("head-limit")],
  ["stall of a client", cases("request-stall")],
  ["connections of one client", needs("1000 connections say little over a distance", server)],
  ["length of path prefix and route path", fields],
  ["stock response's headers, names, values and body", fields],
  ["time-outs of an HTTP back end", fields],
  ["CORS headers and methods", fields],
  ["items and values of transformations", fields],
  ["routing back ends and their values", fields],
  ["rate of a rate limit", fields],
  ["authorizer's parameters and cache keys", fields],
  ["authentication servers and their values", fields],
  ["keys, issuers, audiences and claims", fields],
  ["clock skew and hours of a key set", fields],
  ["subject alternative names of client certificates", later("mutualTls")],
  ["size of a cached response", later("responseCacheStore")],
  ["CA bundles of a gateway", later("caBundles")],
  ["usage plans and subscribers", later("usagePlans")],
];
