import type { Input } from "@pulumi/pulumi";
import type { LoggingArgs } from "./logging-args.ts";
import type { MemoryInMBs } from "./model/limits.ts";
import type { ApiRequestPoliciesArgs, LoggingPoliciesArgs } from "./policy-args.ts";
import type { RouteArgs } from "./route-args.ts";
import type { SpecificationArgs } from "./specification-args.ts";

export type * from "./authentication-args.ts";
export type * from "./logging-args.ts";
export type * from "./policy-args.ts";
export type * from "./route-args.ts";
export type * from "./selection-args.ts";
export type * from "./specification-args.ts";

/**
 * Arguments of {@link ServerlessApi}.
 *
 * Structure (route keys, function keys, modes, CIDR blocks) is plain, so that it is checked before anything
 * is created; ids, URLs and values are `Input`s and are checked as soon as they are known.
 *
 * @typeParam F - The function keys; a route that names another function doesn't compile.
 */
export interface ServerlessApiArgs<F extends string = string> {
  /** OCID of the compartment that holds gateway, deployment, application and network. */
  compartmentId: Input<string>;
  /** OCID of the tenancy: dynamic groups exist only in its root compartment ("Managing Dynamic Groups"). */
  tenancyId: Input<string>;
  /** Region of the API, for example `eu-frankfurt-1`. */
  region: string;
  /**
   * The tenancy's home region. IAM resources can be written only there ("Managing Regions").
   * @default - the same as `region`; `findHomeRegion(tenancyId)` looks it up
   */
  homeRegion?: string;
  /** Subnets: made from a CIDR block, or existing ones. */
  network: NetworkArgs;
  /**
   * The gateway: a new one, or an existing one that this API adds its deployment to.
   * @default - a new gateway with a public endpoint
   */
  gateway?: GatewayArgs;
  /**
   * What every route's path begins with. 1 to 255 characters, begins with `/`, doesn't end with it
   * ("Deploying an API on an API Gateway"). `/` alone makes this the gateway's only deployment.
   * @default "/v1"
   */
  pathPrefix?: string;
  /**
   * Application that holds the functions: a new one, or an existing one.
   * @default - a new application of shape `GENERIC_X86`
   */
  application?: ApplicationArgs;
  /** Functions by key. The key is also the function's display name. */
  functions?: Readonly<Record<F, FunctionArgs>>;
  /**
   * Routes by key: methods and path, for example `"GET /users/{id}"`, `"GET,POST /users"`, `"ANY /files/{path*}"`.
   * 1 to 50 ("API Gateway Internal Limits"). Give either routes or a `specification`.
   */
  routes?: Readonly<Record<string, RouteArgs<NoInfer<F>>>>;
  /**
   * OCI's own deployment specification in the place of `routes`, `requestPolicies` and `loggingPolicies`: a JSON file
   * (its path relative to the project, for example `./api.json`) or the object itself, in the names of OCI's REST API, as
   * the Console and the command line take it ("Creating an API Deployment Specification"). A `functionId` may be a
   * function's key or an OCID. The same checks hold; errors name the place in the file.
   * @default - `routes`
   */
  specification?: string | SpecificationArgs;
  /** Policies of all routes, in the shape of OCI's deployment specification. @default - none */
  requestPolicies?: ApiRequestPoliciesArgs<NoInfer<F>>;
  /** What of the logs is written. @default - everything from level INFO */
  loggingPolicies?: LoggingPoliciesArgs;
  /**
   * Logs in OCI Logging; `false` for none.
   * @default - a log group with access, execution and invoke logs, whose lines are kept for 30 days
   */
  logging?: LoggingArgs | false;
  /**
   * How the gateway is allowed to call the functions.
   * @default - a dynamic group that matches the gateways of the compartment, and a policy for it
   */
  access?: AccessArgs;
  /**
   * Where images of functions given by `source` are pushed to.
   * @default - the region's registry, with the credentials of the local Docker configuration
   */
  registry?: RegistryArgs;
  /**
   * How long the deployment waits for its access.
   * @default - up to 600 seconds
   */
  readiness?: ReadinessArgs;
  /**
   * Whether what holds something that no deployment brings back (the container repositories of functions given by
   * `source`) has Pulumi's resource options `protect`, so that a destroy or a changed name is refused, and
   * `retainOnDelete`, so that it stays in OCI when it leaves the program.
   * @default false
   */
  protect?: boolean;
  /** Free-form tags of every resource that takes them. */
  freeformTags?: Readonly<Record<string, string>>;
}

/** Arguments that have routes. */
export type RoutedApiArgs<F extends string = string> = ServerlessApiArgs<F> &
  Required<Pick<ServerlessApiArgs<F>, "routes">>;

/** Either a network made for the API, or existing subnets. */
export type NetworkArgs = CreatedNetworkArgs | ExistingNetworkArgs;

export interface CreatedNetworkArgs {
  /**
   * IPv4 block of the VCN, /16 to /25; two subnets are cut from it (a gateway needs 32 free addresses). Another block is
   * another VCN, and with it another gateway and host name.
   */
  cidrBlock: string;
  /**
   * Blocks that may reach the gateway on port 443.
   * @default ["0.0.0.0/0"]
   */
  allowedCidrs?: readonly string[];
  /**
   * Whether functions and private gateways reach the internet (a NAT gateway) and not only Oracle services.
   * @default - true when a route has an HTTP back end, else false
   */
  internetEgress?: boolean;
}

export interface ExistingNetworkArgs {
  /** OCID of the gateway's regional subnet; not needed with an existing gateway. */
  gatewaySubnetId?: Input<string>;
  /** OCIDs of the functions' subnets, 1 to 3; not needed with an existing application. */
  functionsSubnetIds?: Input<string>[];
}

/** Either a new gateway, or an existing one. */
export type GatewayArgs = CreatedGatewayArgs | ExistingGatewayArgs;

export interface CreatedGatewayArgs {
  /**
   * Whether the gateway has a public address. Replaces the gateway and its host name when changed.
   * @default "PUBLIC"
   */
  endpointType?: "PUBLIC" | "PRIVATE";
  /**
   * Display name, 1 to 255 characters.
   * @default - project, stack and component name
   */
  displayName?: string;
  /**
   * OCIDs of network security groups, at most 5.
   * @default - with a created network its own group, else none
   */
  networkSecurityGroupIds?: Input<string>[];
}

export interface ExistingGatewayArgs {
  /** OCID of the gateway. */
  gatewayId: Input<string>;
  /**
   * OCID of the gateway's compartment, which the dynamic group or condition names.
   * @default - the API's compartment
   */
  compartmentId?: Input<string>;
}

/** Either a new functions application, or an existing one. */
export type ApplicationArgs = CreatedApplicationArgs | ExistingApplicationArgs;

export interface CreatedApplicationArgs {
  /**
   * Processor architecture. Replaces the application and its functions when changed.
   * @default "GENERIC_X86"
   */
  shape?: "GENERIC_X86" | "GENERIC_ARM" | "GENERIC_X86_ARM";
  /**
   * Configuration that every function receives as environment variables; at most 4096 bytes in all.
   * @default - none
   */
  config?: Readonly<Record<string, Input<string>>>;
}

export interface ExistingApplicationArgs {
  /** OCID of the application. */
  applicationId: Input<string>;
  /**
   * OCID of the application's compartment: the policy is written there.
   * @default - the API's compartment
   */
  compartmentId?: Input<string>;
  /**
   * Processor architecture, which decides the images' platform.
   * @default "GENERIC_X86"
   */
  shape?: "GENERIC_X86" | "GENERIC_ARM" | "GENERIC_X86_ARM";
}

/** Code of a function: its sources, an image, or a function that exists. */
export type FunctionArgs = SourceFunctionArgs | ImageFunctionArgs | ExistingFunctionArgs;

export interface FunctionSettings {
  /**
   * Memory: 128, 256, 512, 1024, 2048 or 3072 ("Changing Default Memory and Timeout Settings").
   * @default 256
   */
  memoryInMBs?: MemoryInMBs;
  /**
   * How long a call may take, 5 to 300.
   * @default 30
   */
  timeoutInSeconds?: number;
  /**
   * Environment variables; wins over the application's. At most 4096 bytes in all.
   * @default - none
   */
  config?: Readonly<Record<string, Input<string>>>;
}

export interface SourceFunctionArgs extends FunctionSettings {
  /** Folder with `func.yaml`, `Dockerfile` and `func.ts`, relative to the project, for example `./functions/hello`. */
  source: string;
}

export interface ImageFunctionArgs extends FunctionSettings {
  /** Image with tag and digest, for example `fra.ocir.io/ns/api/hello:1.2@sha256:…`, in the registry of the API's region. */
  image: Input<string>;
}

export interface ExistingFunctionArgs {
  /** OCID of the function. */
  functionId: Input<string>;
  /**
   * OCID of the function's compartment: a policy is written there.
   * @default - the application's compartment
   */
  compartmentId?: Input<string>;
}

/** Who may call the functions on behalf of the gateway. */
export type AccessArgs = AccessScopeArgs &
  (CreatedGroupAccessArgs | ExistingGroupAccessArgs | AnyUserAccessArgs);

export interface AccessScopeArgs {
  /**
   * `compartment` grants `use functions-family` in the functions' compartment, the form that Oracle documents;
   * `functions` grants calls of the named functions by this very gateway only.
   * @default "compartment"
   */
  scope?: "compartment" | "functions";
  /**
   * Further statements for the policy of the functions' compartment, for example
   * `Allow dynamic-group x to use virtual-network-family in compartment id …`. A policy holds at most 50.
   * `{group}` stands for the created or given group.
   * @default - none
   */
  statements?: Input<string>[];
}

export interface CreatedGroupAccessArgs {
  /** A dynamic group in the tenancy's root compartment, and a policy for it. */
  mode?: "create";
}

export interface ExistingGroupAccessArgs {
  /** An existing dynamic group that matches the gateway. Give either its OCID or its name. */
  mode: "existing";
  /** OCID of the group. */
  groupId?: Input<string>;
  /** Name of the group, with its identity domain when that isn't the default one: `domain/name`. */
  group?: string;
}

export interface AnyUserAccessArgs {
  /** No group: `any-user` with conditions on the principal's type and compartment, Oracle's current documented form. */
  mode: "any-user";
}

export interface ReadinessArgs {
  /**
   * How long a deployment is tried again while OCI answers that the gateway may not call its functions, because group
   * and policy have no effect yet; 0 to 3600, 0 tries once ("Managing Dynamic Groups": up to an hour after a changed
   * matching rule).
   * @default 600
   */
  timeoutInSeconds?: number;
}

export interface RegistryArgs {
  /**
   * User, without the namespace: `jane@example.com` or `domain/jane@example.com`.
   * @default - the credentials of the local Docker configuration
   */
  username?: Input<string>;
  /** Auth token of the user; kept secret. */
  password?: Input<string>;
}
