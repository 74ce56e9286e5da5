import type { Rule } from "./rule.ts";

/** Rules of prefix, routes and back ends. */
export const routesRules = {
  "path-prefix": {
    checks:
      "Checks that a path prefix begins with a slash, holds no parameter and no empty segment, has an allowed length and characters, and ends with a slash only when it is `/`.",
    source: "Deploying an API on an API Gateway by Creating an API Deployment",
    level: "error",
  },
  "path-prefix-taken": {
    checks:
      "Checks that deployments of one gateway have different path prefixes, `/` is the only one, and there are at most 20.",
    source: "Deploying an API on an API Gateway by Creating an API Deployment",
    level: "error",
  },
  "route-count": {
    checks: "Checks that a deployment has 1 to 50 routes.",
    source: "API Gateway Internal Limits",
    level: "error",
  },
  "route-key": {
    checks: "Checks that a route's key is methods, one blank, path.",
    source: "Design of this project: nothing that was given is ignored",
    level: "error",
  },
  "route-methods": {
    checks: "Checks that a route names one or more of OCI's methods, in upper case, each once.",
    source: "Creating an API Deployment Specification",
    level: "error",
  },
  "route-any-mixed": {
    checks: "Checks that `ANY` stands alone in a route's methods.",
    source: "no source says what `ANY` beside other methods means",
    level: "warn",
    isUnverified: true,
  },
  "route-path": {
    checks:
      "Checks that a route's path begins with a slash, has no empty segment, an allowed length and allowed characters.",
    source: "Creating an API Deployment Specification",
    level: "error",
  },
  "route-parameter": {
    checks:
      "Checks that a path parameter replaces a whole segment, has an allowed name, and occurs once in a path.",
    source: "Adding Path Parameters and Wildcards to Route Paths",
    level: "error",
  },
  "route-wildcard": {
    checks: "Checks that a wildcard parameter is the last segment of a path.",
    source: "Adding Path Parameters and Wildcards to Route Paths",
    level: "error",
    isUnverified: true,
  },
  "route-duplicate": {
    checks: "Checks that no two routes have the same path and method.",
    source: "Creating an API Deployment Specification",
    level: "error",
  },
  "route-any-overlap": {
    checks: "Checks that no `ANY` route shares its path with a route for a single method.",
    source: "no source says which of the two routes answers",
    level: "warn",
    isUnverified: true,
  },
  "route-same-shape": {
    checks: "Checks that no two routes differ in the names of their parameters only.",
    source: "no source says which of the two routes answers",
    level: "warn",
    isUnverified: true,
  },
  "route-backend": {
    checks: "Checks that a route's back end is a function's key or an object of a known kind.",
    source: "Creating an API Deployment Specification",
    level: "error",
  },
  "route-function": {
    checks: "Checks that a route names a function that exists.",
    source: "Adding a Function in OCI Functions as an API Gateway Back End",
    level: "error",
  },
  "http-url": {
    checks: "Checks that a back end's URL is `http(s)://host[:port]/path` without query, fragment or blanks.",
    source: "Adding an HTTP or HTTPS URL as an API Gateway Back End",
    level: "error",
  },
  "http-url-variable": {
    checks:
      "Checks that context variables stand in a URL's path only, name a known table, and that `request.path[…]` is a parameter of the route.",
    source: "Adding Context Variables to Policies and HTTP Back End Definitions",
    level: "error",
  },
  "http-timeout": {
    checks: "Checks that time-outs are 1 to 75 seconds (connect) and 1 to 300 seconds (read, send).",
    source: "Adding an HTTP or HTTPS URL as an API Gateway Back End",
    level: "error",
  },
  "http-ssl-verify": {
    checks: "Checks that the switch that turns certificate checks off is a boolean.",
    source: "Adding an HTTP or HTTPS URL as an API Gateway Back End",
    level: "error",
  },
  "stock-status": {
    checks: "Checks that a stock response's status is a whole number from 100 to 599.",
    source: "Adding Stock Responses as an API Gateway Back End",
    level: "error",
  },
  "stock-body": {
    checks: "Checks that a stock response's body has at most 5120 bytes.",
    source: "Adding Stock Responses as an API Gateway Back End",
    level: "error",
  },
  "stock-body-long": {
    checks:
      "Checks that a stock response's body has at most 4096 bytes, the smaller of the two limits that Oracle states.",
    source: "API Gateway Internal Limits",
    level: "warn",
  },
  "stock-headers": {
    checks:
      "Checks that a stock response has at most 50 headers with allowed names, and that names, values and all of them together keep within their sizes.",
    source: "API Gateway Internal Limits",
    level: "error",
  },
  "specification-size": {
    checks: "Checks that a deployment specification has at most 2 MB.",
    source: "API Gateway Internal Limits",
    level: "error",
  },
} as const satisfies Record<string, Rule>;
