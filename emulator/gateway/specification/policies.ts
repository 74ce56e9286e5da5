import type { Authentication, DynamicAuthentication } from "./authentication.ts";

/** Request policies of a deployment, as far as they are carried out, in the names of the REST API. */
export interface DeploymentRequestPolicies {
  authentication?: Authentication | undefined;
  dynamicAuthentication?: DynamicAuthentication | undefined;
  rateLimiting?: RateLimiting | undefined;
  cors?: Cors | undefined;
}

/** Request policies of a route. */
export interface RouteRequestPolicies {
  authorization?: Authorization | undefined;
  cors?: Cors | undefined;
  headerTransformations?: HeaderTransformations | undefined;
  queryParameterTransformations?: QueryParameterTransformations | undefined;
  headerValidations?: HeaderValidations | undefined;
  queryParameterValidations?: QueryParameterValidations | undefined;
  bodyValidation?: BodyValidation | undefined;
}

/** Response policies of a route. */
export interface RouteResponsePolicies {
  headerTransformations?: HeaderTransformations | undefined;
}

export const rateKeys = ["CLIENT_IP", "TOTAL"] as const;

/** "Limiting the Number of Requests to API Gateway Back Ends". */
export interface RateLimiting {
  rateInRequestsPerSecond: number;
  rateKey: (typeof rateKeys)[number];
}

/** "Adding CORS support to API Deployments". */
export interface Cors {
  allowedOrigins: string[];
  allowedMethods?: string[] | undefined;
  allowedHeaders?: string[] | undefined;
  exposedHeaders?: string[] | undefined;
  isAllowCredentialsEnabled?: boolean | undefined;
  maxAgeInSeconds?: number | undefined;
}

/** "Adding Authentication and Authorization to API Deployments". */
export type Authorization =
  | { type: "AUTHENTICATION_ONLY" }
  | { type: "ANONYMOUS" }
  | { type: "ANY_OF"; allowedScope: string[] };

export const ifExists = ["OVERWRITE", "APPEND", "SKIP"] as const;
export type IfExists = (typeof ifExists)[number];

export interface SetItem {
  name: string;
  values: string[];
  ifExists?: IfExists | undefined;
}
export interface RenameItem {
  from: string;
  to: string;
}
export interface FilterPolicy {
  type: "ALLOW" | "BLOCK";
  items: { name: string }[];
}

/** "Adding Header Transformation Request Policies", and the same of responses. */
export interface HeaderTransformations {
  setHeaders?: { items: SetItem[] } | undefined;
  renameHeaders?: { items: RenameItem[] } | undefined;
  filterHeaders?: FilterPolicy | undefined;
}

/** "Adding Query Parameter Transformation Request Policies". */
export interface QueryParameterTransformations {
  setQueryParameters?: { items: SetItem[] } | undefined;
  renameQueryParameters?: { items: RenameItem[] } | undefined;
  filterQueryParameters?: FilterPolicy | undefined;
}

export const validationModes = ["ENFORCING", "PERMISSIVE", "DISABLED"] as const;
export type ValidationMode = (typeof validationModes)[number];

/** "Adding Request Validation to API Deployments". */
export interface HeaderValidations {
  headers?: { name: string; required?: boolean | undefined }[] | undefined;
  validationMode?: ValidationMode | undefined;
}
export interface QueryParameterValidations {
  parameters?: { name: string; required?: boolean | undefined }[] | undefined;
  validationMode?: ValidationMode | undefined;
}
export interface BodyValidation {
  required?: boolean | undefined;
  /** By media range: all types, all of one type, or one. */
  content?: Readonly<Record<string, { validationType: "NONE" }>> | undefined;
  validationMode?: ValidationMode | undefined;
}
