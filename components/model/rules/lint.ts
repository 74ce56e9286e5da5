import type { Rule } from "./rule.ts";

const authorizers = "Using Authorizer Functions to Add Authentication and Authorization to API Deployments";

/** Rules that look at several settings of an API at once. */
export const lintRules = {
  "path-prefix-nested": {
    checks: "Checks that no deployment's prefix lies inside another's on the same gateway.",
    source: "no source says which of the two deployments answers",
    level: "warn",
    isUnverified: true,
  },
  "route-prefix-repeated": {
    checks: "Checks that no route's path begins with the deployment's prefix, which stands before it anyway.",
    source: "Deploying an API on an API Gateway by Creating an API Deployment",
    level: "warn",
  },
  "route-unreachable": {
    checks:
      "Checks that every route is reached by some request: that other routes don't answer all of them before it.",
    source: "no source says in which order routes are tried",
    level: "warn",
    isUnverified: true,
  },
  "route-literal": {
    checks:
      "Checks that no segment of a route's path is what other routers call a parameter or a wildcard (`:id`, `*`, `**`): OCI's are `{id}` and `{path*}`.",
    source: "Adding Path Parameters and Wildcards to Route Paths",
    level: "warn",
  },
  "route-options-cors": {
    checks: "Checks that no route answers `OPTIONS` where a CORS policy has the gateway answer preflights.",
    source: "Adding CORS support to API Deployments",
    level: "warn",
  },
  "cors-credentials": {
    checks: "Checks that a CORS policy with credentials names origins, methods and headers instead of `*`.",
    source: "Fetch Standard: CORS protocol and credentials",
    level: "warn",
  },
  "route-anonymous-beside": {
    checks:
      "Checks that no `ANONYMOUS` route answers, by another method, the path of an authenticated route with the same function.",
    source: "Adding Authentication and Authorization to API Deployments",
    level: "warn",
  },
  "authorizer-unused": {
    checks:
      "Checks that in an API without authentication, whose routes are open to everybody, no function is left that nothing names: it may be the authorizer.",
    source: "Design of this project: nothing that was given is ignored",
    level: "warn",
  },
  "authorizer-access": {
    checks:
      "Checks that an authorizer that exists is among `functions`: for these alone a policy is made by which the gateway may call them.",
    source: authorizers,
    level: "warn",
  },
  "header-forgeable": {
    checks:
      "Checks that a header which one route sets from `request.auth` reaches its function by no route as the client sends it.",
    source: "Adding Header Transformation Request Policies",
    level: "warn",
  },
} as const satisfies Record<string, Rule>;
