import type { Rule } from "./rule.ts";

const tokens = "Using Tokens to Add Authentication and Authorization to API Deployments";
const authorizers = "Using Authorizer Functions to Add Authentication and Authorization to API Deployments";
const servers = "Adding Multiple Authentication Servers to the same API Deployment";

/** Rules of authentication policies, and of what routes need of them. */
export const authenticationRules = {
  authentication: {
    checks:
      "Checks that an authentication is of a type that OCI has, with its settings: at most 5 issuers and 5 audiences, 10 claims, 0 to 120 seconds of clock skew, and keys kept for 1 to 24 hours.",
    source: tokens,
    level: "error",
  },
  "token-location": {
    checks:
      "Checks that a token is read from exactly one header, with the scheme `Bearer`, or one query parameter.",
    source: tokens,
    level: "error",
  },
  "authentication-key": {
    checks:
      "Checks that a static key is a public RSA key of 2048 to 4096 bits, in PEM or as a JSON web key with its algorithm and use, and that at most 10 have ids of their own.",
    source: "Validating Tokens to Add Authentication and Authorization to API Deployments",
    level: "error",
  },
  "authentication-uri": {
    checks: "Checks that a key set or a discovery document is named by a URL.",
    source: tokens,
    level: "error",
  },
  "authentication-uri-plain": {
    checks: "Checks that keys which tokens are verified with come over HTTPS.",
    source: "Design of this project: who can change the keys can sign tokens",
    level: "warn",
  },
  authorizer: {
    checks:
      "Checks that an authorizer function is named once, gets either a token or 1 to 10 arguments, and its result is kept by these.",
    source: authorizers,
    level: "error",
  },
  "validation-failure": {
    checks:
      "Checks that the answer to a failed authentication has a status, or a context variable that holds it.",
    source: authorizers,
    level: "error",
    isUnverified: true,
  },
  "authentication-servers": {
    checks: "Checks that 1 to 100 authentication servers stand in a choice.",
    source: servers,
    level: "error",
  },
  "authentication-selector": {
    checks:
      "Checks that authentication servers that are chosen by a claim read the token in the same place, and that every route has the path parameter that they are chosen by.",
    source: servers,
    level: "error",
  },
  "authentication-exclusive": {
    checks: "Checks that an API has an authentication or several servers to choose from, but not both.",
    source: servers,
    level: "error",
  },
  "authorization-needs-authentication": {
    checks: "Checks that an API whose routes have an authorization has an authentication policy.",
    source: "Adding Authentication and Authorization to API Deployments",
    level: "error",
  },
  "authorization-anonymous": {
    checks: "Checks that a route is `ANONYMOUS` only where the authentication allows anonymous access.",
    source: "Adding Authentication and Authorization to API Deployments",
    level: "error",
  },
  "anonymous-access-unused": {
    checks: "Checks that anonymous access is allowed only where a route is `ANONYMOUS`.",
    source: "Adding Authentication and Authorization to API Deployments",
    level: "warn",
  },
} as const satisfies Record<string, Rule>;
