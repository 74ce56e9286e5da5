import type { Input } from "@pulumi/pulumi";
import type {
  LoggingPoliciesArgs,
  RouteRequestPoliciesArgs,
  RouteResponsePoliciesArgs,
} from "./policy-args.ts";
import type { SelectionKeyArgs, SelectionSourceArgs } from "./selection-args.ts";

/** A function's key, or a back end with its settings. */
export type RouteArgs<F extends string = string> = F | (BackendArgs<F> & RoutePoliciesArgs);

/** Where a route leads. */
export type BackendArgs<F extends string = string> = SingleBackendArgs<F> | DynamicRouteArgs<F>;

/** A back end that stands alone. */
export type SingleBackendArgs<F extends string = string> =
  | FunctionRouteArgs<F>
  | HttpRouteArgs
  | StockRouteArgs;

/** Policies of one route. */
export interface RoutePoliciesArgs {
  /** @default - none */
  requestPolicies?: RouteRequestPoliciesArgs;
  /** @default - none */
  responsePolicies?: RouteResponsePoliciesArgs;
  /** @default - the API's */
  loggingPolicies?: LoggingPoliciesArgs;
}

/** A function: one of the API's, or one that exists. */
export type FunctionRouteArgs<F extends string = string> =
  | NamedFunctionRouteArgs<F>
  | ExistingFunctionRouteArgs;

export interface NamedFunctionRouteArgs<F extends string = string> {
  kind: "function";
  /** Key of the function in `functions`. */
  function: F;
  functionId?: never;
}

export interface ExistingFunctionRouteArgs {
  kind: "function";
  function?: never;
  /**
   * OCID of a function that isn't among `functions`: no policy is made for it, so that the gateway must have its access
   * from elsewhere.
   */
  functionId: Input<string>;
}

export interface HttpRouteArgs {
  kind: "http";
  /** `http://` or `https://`, host, and a path that may hold `${request.path[name]}` and other context variables. */
  url: Input<string>;
  /** 1 to 75. @default 60 */
  connectTimeoutInSeconds?: number;
  /** 1 to 300. @default 10 */
  readTimeoutInSeconds?: number;
  /** 1 to 300; inside a choice (`kind: "dynamic"`) the provider can't set it. @default 10 */
  sendTimeoutInSeconds?: number;
  /** Whether the back end's certificate is not verified. @default false */
  isSslVerifyDisabled?: boolean;
}

export interface StockRouteArgs {
  kind: "stock";
  /** 100 to 599. */
  status: number;
  /** At most 4096 bytes. @default - no body */
  body?: Input<string>;
  /** At most 50; names up to 1024 bytes, values up to 4096. @default - none */
  headers?: Readonly<Record<string, string>>;
}

/** One of several back ends, by an element of the request ("Selecting API Gateway Back Ends Dynamically …"). */
export interface DynamicRouteArgs<F extends string = string> {
  kind: "dynamic";
  selectionSource: SelectionSourceArgs;
  /** 1 to 100. */
  routingBackends: { key: SelectionKeyArgs; backend: F | SingleBackendArgs<F> }[];
}
