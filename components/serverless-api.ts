import type { Deployment } from "@pulumi/oci/apigateway/deployment.js";
import * as pulumi from "@pulumi/pulumi";
import { ApiGateway } from "./api-gateway.ts";
import type { ApiLogs } from "./api-logs.ts";
import { ApiNetwork } from "./api-network.ts";
import type { CreatedNetworkArgs, ExistingNetworkArgs, RoutedApiArgs, ServerlessApiArgs } from "./args.ts";
import { hasHttpBackends } from "./backends.ts";
import { checkedInput, refuse } from "./checked.ts";
import { withCheckedIds } from "./checked-ids.ts";
import { FunctionApp } from "./function-app.ts";
import { GatewayAccess } from "./gateway-access.ts";
import { physicalName } from "./model/names.ts";
import { checkOcid } from "./model/ocids.ts";
import { defaultPathPrefix } from "./model/paths.ts";
import type { ApiSpecification } from "./model/specification.ts";
import { createLogs } from "./serverless-api-logs.ts";
import { serverlessApiProblems } from "./serverless-api-problems.ts";
import {
  type ApiRoute,
  type Context,
  describeRoute,
  type FunctionIds,
  resolveRoutes,
  specificationOf,
} from "./serverless-api-routes.ts";
import { routedArgs } from "./serverless-api-specification.ts";

/**
 * An HTTP API: an API gateway and a deployment, functions, and the dynamic group and policy by which the gateway may
 * call them.
 *
 * Changing `gateway.endpointType` or the gateway's subnet replaces the gateway and with it the public host name.
 * Changing `pathPrefix` replaces the deployment: the new one is created before the old one is deleted, except when the
 * new prefix is `/`, beside which OCI allows no other. For the same reason a prefix can't be changed from `/` to another
 * in one step: remove the old deployment first.
 *
 * @typeParam F - The function keys; a route that names another function doesn't compile.
 * @throws pulumi.ResourceError with everything that is wrong with the arguments, before anything is created.
 *
 * @example
 * const api = new ServerlessApi("shop", {
 *   compartmentId, tenancyId, region: "eu-frankfurt-1", network: { cidrBlock: "10.0.0.0/16" },
 *   functions: { hello: { source: "./functions/hello" } },
 *   routes: { "GET /hello": "hello", "GET /health": { kind: "stock", status: 200, body: "ok" } },
 * });
 * export const endpoint = api.endpoint;
 */
export class ServerlessApi<F extends string = string> extends pulumi.ComponentResource {
  /** URL that all routes begin with. */
  readonly endpoint: pulumi.Output<string>;
  readonly gateway: { readonly id: pulumi.Output<string>; readonly hostname: pulumi.Output<string> };
  /** In the order of the arguments. */
  readonly routes: readonly ApiRoute[];
  /** By key. The digest is undefined for existing functions. */
  readonly functions: Readonly<Record<F, ApiFunction>>;
  /** Undefined without functions of its own. */
  readonly applicationId: pulumi.Output<string | undefined>;
  readonly access: {
    /** Undefined when the group is given by name, access is for any-user, or there are no functions. */
    readonly dynamicGroupId: pulumi.Output<string | undefined>;
    readonly policyIds: pulumi.Output<string[]>;
  };
  readonly logging: {
    /** Undefined when all logs are switched off. */
    readonly logGroupId: pulumi.Output<string | undefined>;
    /** OCIDs by category: access, execution, invoke. */
    readonly logIds: Readonly<Record<string, pulumi.Output<string>>>;
  };
  /** The components inside, each with its own `nodes`, down to the raw resources. */
  readonly nodes: ServerlessApiNodes<F>;
  readonly #functionIds: FunctionIds;
  readonly #specificationWith: (ids: FunctionIds) => ApiSpecification<pulumi.Input<string>>;

  constructor(name: string, given: ServerlessApiArgs<F>, opts?: pulumi.ComponentResourceOptions) {
    super("oci-serverless-api:index:ServerlessApi", name, {}, opts);
    const routed = routedArgs(given);
    refuse("serverless-api", name, serverlessApiProblems(name, given, routed), this);

    const { locate } = routed;
    const args = withCheckedIds({ noun: "serverless-api", name, resource: this }, routed.args);
    const context = { name, compartmentId: checkedCompartment(name, args, this), parent: this, locate };
    const network = createNetwork(context, args);
    const functionApp = createFunctions(context, args, network);
    const apiGateway = createGateway(context, args, network);
    const access = allowCalls(context, args, apiGateway, functionApp);
    const functionIds = functionApp?.functionIds ?? {};
    const routes = resolveRoutes(context, args, functionIds);
    const deployment = apiGateway.deploy(`${name}-deployment`, {
      pathPrefix: args.pathPrefix ?? defaultPathPrefix,
      specification: specificationOf(context, args, routes, functionIds),
      ready: access?.ready,
      readiness: args.readiness,
    });

    this.#specificationWith = (ids) => specificationOf(context, args, resolveRoutes(context, args, ids), ids);
    this.#functionIds = functionIds;
    this.applicationId = pulumi.output(functionApp?.applicationId);
    const { applicationId: applicationKey = this.applicationId } = {
      applicationId: undefined,
      ...args.application,
    };
    const logs = createLogs(context, args, { deployment, functionApp, applicationKey }, namer(name));
    this.endpoint = deployment.endpoint;
    this.gateway = { id: apiGateway.gatewayId, hostname: hostnameOf(apiGateway, deployment) };
    this.routes = routes.map((route) => describeRoute(route, args, deployment));
    this.functions = describeFunctions(args, functionApp);
    this.access = {
      dynamicGroupId: access?.dynamicGroupId ?? pulumi.output(undefined),
      policyIds: access?.policyIds ?? pulumi.output([]),
    };
    this.logging = {
      logGroupId: pulumi.output(logs?.logGroupId),
      logIds: logs?.logIds ?? {},
    };
    this.nodes = { network, functionApp, apiGateway, access, deployment, logs };
    this.registerOutputs({
      endpoint: this.endpoint,
      gateway: this.gateway,
      routes: this.routes,
      functions: this.functions,
      applicationId: this.applicationId,
      access: this.access,
      logging: this.logging,
    });
  }

  /**
   * The deployment specification in the names of OCI's REST API, with Oracle's defaults, as `specification` takes it.
   * What is known later stands in it as an Output.
   *
   * @param functions - How the API's functions stand in it: by their keys, or by their OCIDs. @default "keys"
   */
  specification(functions: "keys" | "ocids" = "keys"): ApiSpecification<pulumi.Input<string>> {
    const keys = Object.keys(this.#functionIds);
    return this.#specificationWith(
      functions === "ocids" ? this.#functionIds : Object.fromEntries(keys.map((key) => [key, key])),
    );
  }
}

export interface ApiFunction {
  readonly id: pulumi.Output<string>;
  readonly imageDigest: pulumi.Output<string | undefined>;
}

export interface ServerlessApiNodes<F extends string> {
  readonly network: ApiNetwork | undefined;
  readonly functionApp: FunctionApp<F> | undefined;
  readonly apiGateway: ApiGateway;
  readonly access: GatewayAccess | undefined;
  readonly deployment: Deployment;
  readonly logs: ApiLogs | undefined;
}

function checkedCompartment(name: string, args: ServerlessApiArgs, parent: pulumi.Resource) {
  const check = (id: string) => checkOcid("compartment-ocid", id, "compartmentId");
  return checkedInput("serverless-api", name, args.compartmentId, check, parent);
}

function createNetwork({ name, compartmentId, parent }: Context, args: RoutedApiArgs) {
  const network = args.network as Partial<CreatedNetworkArgs>;
  if (network.cidrBlock === undefined) return undefined;
  const { endpointType = "PUBLIC" } = { endpointType: undefined, ...args.gateway };
  return new ApiNetwork(
    `${name}-network`,
    {
      ...network,
      cidrBlock: network.cidrBlock,
      compartmentId,
      endpointType,
      hasHttpBackends: hasHttpBackends(args.routes),
      displayName: namer(name)("network"),
      ...tagsOf(args),
    },
    { parent },
  );
}

function createFunctions<F extends string>(
  { name, compartmentId, parent }: Context,
  args: ServerlessApiArgs<F>,
  network: ApiNetwork | undefined,
): FunctionApp<F> | undefined {
  const { functions } = args;
  if (functions === undefined || Object.keys(functions).length === 0) return undefined;
  return new FunctionApp<F>(
    `${name}-functions`,
    {
      compartmentId,
      region: args.region,
      functions,
      subnetIds: network?.functionsSubnetIds ?? (args.network as ExistingNetworkArgs).functionsSubnetIds,
      physicalName: namer(name),
      ...(args.application === undefined ? {} : { application: args.application }),
      ...(args.registry === undefined ? {} : { registry: args.registry }),
      ...(args.protect === undefined ? {} : { protect: args.protect }),
      ...tagsOf(args),
    },
    { parent },
  );
}

function createGateway(
  { name, compartmentId, parent }: Context,
  args: ServerlessApiArgs,
  network: ApiNetwork | undefined,
) {
  return new ApiGateway(
    `${name}-gateway`,
    {
      compartmentId,
      gateway: args.gateway,
      subnetId: network?.gatewaySubnetId ?? (args.network as ExistingNetworkArgs).gatewaySubnetId,
      networkSecurityGroupIds: network === undefined ? undefined : [network.gatewaySecurityGroupId],
      physicalName: namer(name),
      ...tagsOf(args),
    },
    { parent },
  );
}

function allowCalls<F extends string>(
  { name, compartmentId, parent }: Context,
  args: ServerlessApiArgs<F>,
  apiGateway: ApiGateway,
  functionApp: FunctionApp<F> | undefined,
) {
  if (functionApp === undefined) return undefined;
  const keys = Object.keys(functionApp.functionIds) as F[];
  const functions = keys.map((key) => {
    return [
      key,
      { id: functionApp.functionIds[key], compartmentId: functionApp.functionCompartmentIds[key] },
    ];
  });
  const gateway = { compartmentId: undefined, ...args.gateway };
  return new GatewayAccess(
    `${name}-access`,
    {
      tenancyId: args.tenancyId,
      gatewayCompartmentId: gateway.compartmentId ?? compartmentId,
      gatewayId: apiGateway.gatewayId,
      functions: Object.fromEntries(functions),
      access: args.access,
      region: args.region,
      homeRegion: args.homeRegion,
      physicalName: namer(name),
      ...tagsOf(args),
    },
    { parent },
  );
}

/** A new gateway's own name; of an existing one, the host of the endpoint that OCI gives the deployment. */
function hostnameOf(apiGateway: ApiGateway, deployment: Deployment): pulumi.Output<string> {
  return (
    apiGateway.nodes.gateway?.hostname ?? deployment.endpoint.apply((endpoint) => new URL(endpoint).host)
  );
}

function describeFunctions<F extends string>(
  args: ServerlessApiArgs<F>,
  functionApp: FunctionApp<F> | undefined,
): Record<F, ApiFunction> {
  const keys = Object.keys(args.functions ?? {}) as F[];
  const entries = keys.map((key) => {
    return [key, { id: functionApp?.functionIds[key], imageDigest: functionApp?.imageDigests[key] }];
  });
  return Object.fromEntries(entries);
}

function tagsOf({ freeformTags }: Pick<ServerlessApiArgs, "freeformTags">) {
  return freeformTags === undefined ? {} : { freeformTags };
}

function namer(name: string): (noun: string) => string {
  const parts = { project: pulumi.getProject(), stack: pulumi.getStack(), name };
  return (noun) => physicalName(parts, noun);
}
