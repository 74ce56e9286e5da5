import type { DeploymentRequestPolicies, RouteRequestPolicies, RouteResponsePolicies } from "./policies.ts";
import type { SelectionKey, SelectionSource } from "./selection.ts";

/** Methods that a route can name ("Creating an API Deployment Specification"). */
export const methods = ["ANY", "HEAD", "GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
export type Method = (typeof methods)[number];

export const logLevels = ["INFO", "WARN", "ERROR"] as const;
export type LogLevel = (typeof logLevels)[number];

/** An API deployment specification as far as it is carried out, in the names of the REST API. */
export interface ApiSpecification {
  requestPolicies?: DeploymentRequestPolicies | undefined;
  loggingPolicies?: LoggingPolicies | undefined;
  routes?: ApiSpecificationRoute[] | undefined;
}

export interface ApiSpecificationRoute {
  path: string;
  methods?: Method[] | undefined;
  backend: RouteBackend;
  requestPolicies?: RouteRequestPolicies | undefined;
  responsePolicies?: RouteResponsePolicies | undefined;
  loggingPolicies?: LoggingPolicies | undefined;
}

/** `isEnabled` drives only the deprecated archive in Object Storage ("Adding Logging to API Deployments"). */
export interface LoggingPolicies {
  accessLog?: { isEnabled?: boolean | undefined } | undefined;
  executionLog?: { isEnabled?: boolean | undefined; logLevel?: LogLevel | undefined } | undefined;
}

export type SingleBackend = FunctionBackend | HttpBackend | StockResponseBackend;
export type RouteBackend = SingleBackend | DynamicRoutingBackend;

/** "Selecting API Gateway Back Ends Dynamically Based on Request Elements". */
export interface DynamicRoutingBackend {
  type: "DYNAMIC_ROUTING_BACKEND";
  selectionSource: SelectionSource;
  routingBackends: { key: SelectionKey; backend: SingleBackend }[];
}

export interface FunctionBackend {
  type: "ORACLE_FUNCTIONS_BACKEND";
  functionId: string;
}

export interface HttpBackend {
  type: "HTTP_BACKEND";
  url: string;
  connectTimeoutInSeconds?: number | undefined;
  readTimeoutInSeconds?: number | undefined;
  sendTimeoutInSeconds?: number | undefined;
  isSslVerifyDisabled?: boolean | undefined;
}

export interface StockResponseBackend {
  type: "STOCK_RESPONSE_BACKEND";
  status: number;
  body?: string | undefined;
  headers?: { name: string; value: string }[] | undefined;
}
