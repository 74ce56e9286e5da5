import type { Rule } from "./rule.ts";

/** Rules of an API that is given as a deployment specification. */
export const specificationRules = {
  specification: {
    checks: "Checks that an API is given either as a specification or as routes and policies.",
    source: "Creating an API Deployment Specification",
    level: "error",
  },
  "specification-file": {
    checks: "Checks that a specification's file can be read, is JSON, and names nothing twice.",
    source: "Creating an API Deployment Specification",
    level: "error",
  },
  "specification-form": {
    checks:
      "Checks that routes, methods, back ends and headers of a specification are lists and objects as OCI's.",
    source: "Creating an API Deployment Specification",
    level: "error",
  },
  "specification-name": {
    checks:
      "Checks that a specification has the names of OCI's REST API, where Oracle's documents and the provider have others.",
    source: "API Gateway API: ApiSpecification",
    level: "error",
  },
} as const satisfies Record<string, Rule>;
