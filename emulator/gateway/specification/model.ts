/** Methods that a route can name ("Creating an API Deployment Specification"). */
export const methods = ["ANY", "HEAD", "GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
export type Method = (typeof methods)[number];

export const logLevels = ["INFO", "WARN", "ERROR"] as const;
export type LogLevel = (typeof logLevels)[number];

/** An API deployment specification as far as it is carried out, in the names of the REST API. */
export interface ApiSpecification {
  loggingPolicies?: LoggingPolicies | undefined;
  routes?: ApiSpecificationRoute[] | undefined;
}

export interface ApiSpecificationRoute {
  path: string;
  methods?: Method[] | undefined;
  backend: RouteBackend;
  loggingPolicies?: LoggingPolicies | undefined;
}

/** `isEnabled` drives only the deprecated archive in Object Storage ("Adding Logging to API Deployments"). */
export interface LoggingPolicies {
  accessLog?: { isEnabled?: boolean | undefined } | undefined;
  executionLog?: { isEnabled?: boolean | undefined; logLevel?: LogLevel | undefined } | undefined;
}

export type RouteBackend = FunctionBackend | HttpBackend | StockResponseBackend;

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
