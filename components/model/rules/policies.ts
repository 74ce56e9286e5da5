import type { Rule } from "./rule.ts";

/** Rules of an API's and its routes' policies, and of choices between back ends. */
export const policiesRules = {
  cors: {
    checks:
      "Checks that a CORS policy has at least one origin, at most 50 methods and 50 headers, and settings of the right kind.",
    source: "Adding CORS support to API Deployments",
    level: "error",
  },
  "cors-origin": {
    checks: "Checks that an origin is `*`, `null`, or scheme, host and port without a path.",
    source: "Adding CORS support to API Deployments",
    level: "error",
  },
  "rate-limiting": {
    checks: "Checks that a rate is a whole number of at least 1, and counted by client address or in total.",
    source: "Limiting the Number of Requests to API Gateway Back Ends",
    level: "error",
  },
  authorization: {
    checks:
      "Checks that a route's authorization is of a type that OCI has, with scopes where it is `ANY_OF`.",
    source: "Adding Authentication and Authorization to API Deployments",
    level: "error",
  },
  "logging-policies": {
    checks: "Checks that logging policies name a level that OCI has.",
    source: "Adding Logging to API Deployments",
    level: "error",
  },
  transformations: {
    checks:
      "Checks that a transformation sets at most 20, renames at most 20 and filters at most 50 names, and sets 1 to 10 values each.",
    source:
      "Adding Header Transformation Request Policies; Adding Query Parameter Transformation Request Policies",
    level: "error",
  },
  "transformation-name": {
    checks: "Checks that a name occurs once in what a transformation sets, renames and filters.",
    source:
      "Adding Header Transformation Request Policies; Adding Query Parameter Transformation Request Policies",
    level: "error",
  },
  "transformation-protected": {
    checks: "Checks that a transformation touches no header that OCI protects.",
    source: "Protected Request Headers and Response Headers",
    level: "error",
  },
  "transformation-allow-list": {
    checks: "Checks that a list of what is allowed lists also what is set and renamed before it.",
    source:
      "Adding Header Transformation Request Policies; Adding Query Parameter Transformation Request Policies",
    level: "warn",
  },
  "context-variable": {
    checks:
      "Checks that a context variable names a table that may stand there, that `request.path[…]` is a parameter of the route, and that `request.auth[…]` has an authentication policy.",
    source: "Adding Context Variables to Policies and HTTP Back End Definitions",
    level: "error",
  },
  validations: {
    checks:
      "Checks that request validations have names, media types and a mode that OCI has, and `NONE` as the type of a body's validation.",
    source: "Adding Request Validation to API Deployments",
    level: "error",
  },
  selection: {
    checks:
      "Checks that a choice has 1 to 100 rules with names and values of their own, at most 100 values each, at most one default, and wildcards at one end only.",
    source: "Selecting API Gateway Back Ends Dynamically Based on Request Elements",
    level: "error",
  },
  "nested-send-timeout": {
    checks: "Checks that a back end inside a choice leaves its time-out for sending at 10 seconds.",
    source: "the OCI provider, 4.20.0: it can't be set there",
    level: "error",
  },
} as const satisfies Record<string, Rule>;
