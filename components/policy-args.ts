import type { Input } from "@pulumi/pulumi";
import type { AuthenticationArgs, DynamicAuthenticationArgs } from "./authentication-args.ts";

/*
 * Policies of an API and of its routes, in the names and the shape of OCI's own deployment specification, so that what
 * Oracle documents can be written here as it stands.
 */

/** Request policies of all routes. */
export interface ApiRequestPoliciesArgs<F extends string = string> {
  /** Who may call. Exclusive with `dynamicAuthentication`. @default - everybody */
  authentication?: AuthenticationArgs<F>;
  /** Several authentication servers, chosen by an element of the request. @default - none */
  dynamicAuthentication?: DynamicAuthenticationArgs<F>;
  /** @default - no limit */
  rateLimiting?: RateLimitingArgs;
  /** @default - no CORS headers */
  cors?: CorsArgs;
}

/** Request policies of one route. */
export interface RouteRequestPoliciesArgs {
  /** Needs an authentication policy. @default - authenticated callers */
  authorization?: AuthorizationArgs;
  /** Replaces the API's. @default - the API's */
  cors?: CorsArgs;
  /** @default - headers are passed on unchanged */
  headerTransformations?: HeaderTransformationsArgs;
  /** @default - the query is passed on unchanged */
  queryParameterTransformations?: QueryParameterTransformationsArgs;
  /** @default - headers aren't validated */
  headerValidations?: HeaderValidationsArgs;
  /** @default - the query isn't validated */
  queryParameterValidations?: QueryParameterValidationsArgs;
  /** @default - the body isn't validated */
  bodyValidation?: BodyValidationArgs;
}

/** Response policies of one route. */
export interface RouteResponsePoliciesArgs {
  /** @default - the back end's headers are passed on unchanged */
  headerTransformations?: HeaderTransformationsArgs;
}

/** What of the logs is written ("Adding Logging to API Deployments"); which logs there are is `logging`. */
export interface LoggingPoliciesArgs {
  /** Drives only the deprecated archive in Object Storage. */
  accessLog?: { isEnabled?: boolean };
  executionLog?: {
    /** Drives only the deprecated archive in Object Storage. */
    isEnabled?: boolean;
    /** Least level that is written; a route's overrides the API's. @default "INFO" */
    logLevel?: "INFO" | "WARN" | "ERROR";
  };
}

/** "Limiting the Number of Requests to API Gateway Back Ends". */
export interface RateLimitingArgs {
  /** Whole number, at least 1. */
  rateInRequestsPerSecond: number;
  /** Whether each client address has this rate, or all requests of the deployment together. */
  rateKey: "CLIENT_IP" | "TOTAL";
}

/** "Adding CORS support to API Deployments". */
export interface CorsArgs {
  /** At least one: `*`, `null`, or scheme, host and port, for example `https://shop.example.com`. */
  allowedOrigins: string[];
  /** At most 50. @default - simple methods only */
  allowedMethods?: string[];
  /** At most 50 together with `exposedHeaders`. @default - simple headers only */
  allowedHeaders?: string[];
  /** @default - none */
  exposedHeaders?: string[];
  /** @default false */
  isAllowCredentialsEnabled?: boolean;
  /** How long browsers keep a preflight's answer; 0 sends no header. @default 0 */
  maxAgeInSeconds?: number;
}

/** Which authenticated callers a route lets in ("Adding Authentication and Authorization to API Deployments"). */
export type AuthorizationArgs =
  | { type: "AUTHENTICATION_ONLY" }
  /** Everybody, even with a wrong token; needs `isAnonymousAccessAllowed`. */
  | { type: "ANONYMOUS" }
  /** Callers with at least one of these scopes; case-sensitive. Others are answered 404. */
  | { type: "ANY_OF"; allowedScope: string[] };

/** Sets a header or query parameter; `values` (1 to 10) may hold `${request.…}` variables. */
export interface SetItemArgs {
  name: string;
  values: Input<string>[];
  /** What happens to one that is there already. @default "OVERWRITE" */
  ifExists?: "OVERWRITE" | "APPEND" | "SKIP";
}

export interface FilterArgs {
  /** Whether only the items pass, or all but the items. */
  type: "ALLOW" | "BLOCK";
  /** At most 50. */
  items: { name: string }[];
}

/** "Adding Header Transformation Request Policies" and "… Response Policies". Applied in the order set, rename, filter. */
export interface HeaderTransformationsArgs {
  /** At most 20. */
  setHeaders?: { items: SetItemArgs[] };
  /** At most 20. */
  renameHeaders?: { items: { from: string; to: string }[] };
  filterHeaders?: FilterArgs;
}

/** "Adding Query Parameter Transformation Request Policies". */
export interface QueryParameterTransformationsArgs {
  /** At most 20. */
  setQueryParameters?: { items: SetItemArgs[] };
  /** At most 20. */
  renameQueryParameters?: { items: { from: string; to: string }[] };
  filterQueryParameters?: FilterArgs;
}

/** What happens to a request that fails a validation: refused, passed on with a log line, or nothing is validated. */
export type ValidationMode = "ENFORCING" | "PERMISSIVE" | "DISABLED";

/** "Adding Request Validation to API Deployments": only that required ones are there is checked. */
export interface HeaderValidationsArgs {
  headers: { name: string; required?: boolean }[];
  /** @default "ENFORCING" */
  validationMode?: ValidationMode;
}

export interface QueryParameterValidationsArgs {
  parameters: { name: string; required?: boolean }[];
  /** @default "ENFORCING" */
  validationMode?: ValidationMode;
}

export interface BodyValidationArgs {
  /** Whether a body must be there. @default false */
  required?: boolean;
  /** By media range: `application/json`, `text/*`, and all types. Other types are refused. @default - any type */
  content?: Readonly<Record<string, { validationType: "NONE" }>>;
  /** @default "ENFORCING" */
  validationMode?: ValidationMode;
}
