import type { PolicyContext, RequestStep, ResponseStep } from "./policy.ts";

export interface RequestPlace {
  /** Field of `requestPolicies`. */
  name: string;
  on: readonly ("deployment" | "route")[];
  /** Absent while the policy isn't carried out: its setting is refused by name. */
  compile?: (context: PolicyContext) => RequestStep | undefined;
}

export interface ResponsePlace {
  /** Field of a route's `responsePolicies`. */
  name: string;
  /** Absent while the policy isn't carried out: its setting is refused by name. */
  compile?: (context: PolicyContext) => ResponseStep | undefined;
}

/**
 * Request policies in the order in which a request meets them ("Adding Request Policies and Response Policies to
 * API Deployment Specifications" and the pages on each policy). A policy is added as one file of this folder,
 * whose `compile` is entered here.
 */
// unverified: the places of mutual TLS, rate limiting and the cache lookup among the request policies
export const requestPlaces: readonly RequestPlace[] = [
  { name: "mutualTls", on: ["deployment"] },
  { name: "cors", on: ["deployment", "route"] },
  { name: "rateLimiting", on: ["deployment"] },
  { name: "authentication", on: ["deployment"] },
  { name: "dynamicAuthentication", on: ["deployment"] },
  { name: "authorization", on: ["route"] },
  { name: "usagePlans", on: ["deployment"] },
  { name: "headerValidations", on: ["route"] },
  { name: "queryParameterValidations", on: ["route"] },
  { name: "bodyValidation", on: ["route"] },
  { name: "headerTransformations", on: ["route"] },
  { name: "queryParameterTransformations", on: ["route"] },
  { name: "responseCacheLookup", on: ["route"] },
];

/** Response policies in their order; all of them on routes only. */
export const responsePlaces: readonly ResponsePlace[] = [
  { name: "headerTransformations" },
  { name: "responseCacheStore" },
];
