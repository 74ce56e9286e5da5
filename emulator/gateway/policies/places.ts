import { compileAuthentication } from "./authentication.ts";
import { compileAuthorization } from "./authorization.ts";
import { compileCors } from "./cors.ts";
import { compileDynamicAuthentication } from "./dynamic-authentication.ts";
import {
  compileRequestHeaderTransformations,
  compileResponseHeaderTransformations,
} from "./header-transformations.ts";
import type { PolicyContext, RequestStep, ResponseStep } from "./policy.ts";
import { compileQueryParameterTransformations } from "./query-parameter-transformations.ts";
import { compileRateLimiting } from "./rate-limiting.ts";
import { compileValidations } from "./validations.ts";

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

/** Header, query parameter and body validation are one step. */
const withHeaderValidations = () => undefined;

/**
 * Request policies in the order in which a request meets them ("Adding Request Policies and Response Policies to
 * API Deployment Specifications" and the pages on each policy). A policy is added as one file of this folder,
 * whose `compile` is entered here.
 */
// unverified: the places of mutual TLS, rate limiting and the cache lookup among the request policies
export const requestPlaces: readonly RequestPlace[] = [
  { name: "mutualTls", on: ["deployment"] },
  { name: "cors", on: ["deployment", "route"], compile: compileCors },
  { name: "rateLimiting", on: ["deployment"], compile: compileRateLimiting },
  { name: "authentication", on: ["deployment"], compile: compileAuthentication },
  { name: "dynamicAuthentication", on: ["deployment"], compile: compileDynamicAuthentication },
  { name: "authorization", on: ["route"], compile: compileAuthorization },
  { name: "usagePlans", on: ["deployment"] },
  { name: "headerValidations", on: ["route"], compile: compileValidations },
  { name: "queryParameterValidations", on: ["route"], compile: withHeaderValidations },
  { name: "bodyValidation", on: ["route"], compile: withHeaderValidations },
  { name: "headerTransformations", on: ["route"], compile: compileRequestHeaderTransformations },
  { name: "queryParameterTransformations", on: ["route"], compile: compileQueryParameterTransformations },
  { name: "responseCacheLookup", on: ["route"] },
];

/** Response policies in their order; all of them on routes only. */
export const responsePlaces: readonly ResponsePlace[] = [
  { name: "headerTransformations", compile: compileResponseHeaderTransformations },
  { name: "responseCacheStore" },
];
