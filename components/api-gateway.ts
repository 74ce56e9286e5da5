import { Deployment, type DeploymentArgs } from "@pulumi/oci/apigateway/deployment.js";
import { Gateway } from "@pulumi/oci/apigateway/gateway.js";
import * as pulumi from "@pulumi/pulumi";
import type { CreatedGatewayArgs, ExistingGatewayArgs, ReadinessArgs } from "./args.ts";
import { checkedInput, isPlain, plainProblems, refuse } from "./checked.ts";
import { prefixesOn } from "./gateway-prefixes.ts";
import { hooksOf } from "./hooks.ts";
import { checkGateway } from "./model/gateway.ts";
import { checkPrefixNesting } from "./model/lint/prefixes.ts";
import { physicalName } from "./model/names.ts";
import { checkOcid } from "./model/ocids.ts";
import { checkPathPrefix, checkPrefixBeside } from "./model/paths.ts";
import type { Problem } from "./model/problems.ts";
import { checkReadiness, defaultReadinessTimeoutInSeconds } from "./model/readiness.ts";
import { toProviderInput } from "./model/specification/provider-input.ts";
import type { ApiSpecification } from "./model/specification.ts";
import { accessHook } from "./readiness.ts";
import { hostNameHook, prefixHook } from "./replacement.ts";

/** Arguments of {@link ApiGateway}. */
export interface ApiGatewayArgs {
  /** OCID of the compartment of a new gateway, and of the deployments. */
  compartmentId: pulumi.Input<string>;
  /**
   * The gateway: a new one, or an existing one. Replaced, with its host name, when `endpointType` or the subnet
   * changes.
   * @default - a new gateway with a public endpoint
   */
  gateway?: CreatedGatewayArgs | ExistingGatewayArgs | undefined;
  /** OCID of a new gateway's regional subnet. */
  subnetId?: pulumi.Input<string> | undefined;
  /** OCIDs of network security groups for a gateway that names none itself. @default - none */
  networkSecurityGroupIds?: pulumi.Input<string>[] | undefined;
  /**
   * Display names of gateway and deployment.
   * @default - `<project>-<stack>-<name>-<noun>`
   */
  physicalName?: ((noun: string) => string) | undefined;
  /** Free-form tags of gateway and deployments. @default - none */
  freeformTags?: Readonly<Record<string, string>> | undefined;
}

/** Arguments of {@link ApiGateway.deploy}. */
export interface ApiDeploymentArgs {
  /** What every route's path begins with; replaces the deployment when changed. */
  pathPrefix: string;
  /** In the names of OCI's REST API, as `renderSpecification` makes it. */
  specification: ApiSpecification<pulumi.Input<string>>;
  /** What must exist before the deployment is created, as {@link GatewayAccess.ready}. @default - nothing */
  ready?: pulumi.Input<pulumi.Resource[]> | undefined;
  /** How long the deployment is tried again until `ready` has effect. @default - up to 600 seconds */
  readiness?: ReadinessArgs | undefined;
}

/**
 * An API gateway, new or existing, to which APIs are deployed.
 *
 * @example
 * const gateway = new ApiGateway("shop", { compartmentId, subnetId });
 * gateway.deploy("shop-v1", { pathPrefix: "/v1", specification, ready: access.ready });
 */
export class ApiGateway extends pulumi.ComponentResource {
  readonly gatewayId: pulumi.Output<string>;
  /** OCID of the gateway's compartment, which rules and conditions of access name. */
  readonly gatewayCompartmentId: pulumi.Output<string>;
  readonly nodes: {
    readonly gateway: Gateway | undefined;
    /** By name. */
    readonly deployments: Record<string, Deployment>;
  };
  readonly #name: string;
  readonly #args: ApiGatewayArgs;
  readonly #prefixes: string[];

  constructor(name: string, args: ApiGatewayArgs, opts?: pulumi.ComponentResourceOptions) {
    super("oci-serverless-api:index:ApiGateway", name, {}, opts);
    refuse("api-gateway", name, gatewayProblems(args.gateway ?? {}), this);
    this.#name = name;
    this.#args = args;

    const gateway = createGateway(name, args, this);
    this.gatewayId = pulumi.output(gateway?.id ?? existingId(name, args, this));
    this.gatewayCompartmentId = pulumi.output(existingCompartment(args) ?? args.compartmentId);
    this.nodes = { gateway, deployments: {} };
    this.#prefixes = prefixesOn(
      (args.gateway as ExistingGatewayArgs | undefined)?.gatewayId ?? this.gatewayId,
    );
    this.registerOutputs({ gatewayId: this.gatewayId, gatewayCompartmentId: this.gatewayCompartmentId });
  }

  /**
   * Deploys an API under a path prefix.
   *
   * @throws pulumi.ResourceError when the prefix is wrong, or another deployment on this gateway has it.
   */
  deploy(name: string, args: ApiDeploymentArgs): Deployment {
    const problems = [
      ...checkPathPrefix(args.pathPrefix),
      ...checkPrefixBeside(args.pathPrefix, this.#prefixes),
      ...checkPrefixNesting(args.pathPrefix, this.#prefixes),
      ...checkReadiness(args.readiness),
    ];
    refuse("api-gateway", this.#name, problems, this);
    this.#prefixes.push(args.pathPrefix);
    const deployment = createDeployment(name, this.gatewayId, this.#args, args, this);
    this.nodes.deployments[name] = deployment;
    return deployment;
  }
}

/** What is wrong with a gateway as far as it is plain. */
export function gatewayProblems(gateway: CreatedGatewayArgs | ExistingGatewayArgs): Problem[] {
  const { gatewayId, compartmentId, ...rest } = gateway as ExistingGatewayArgs;
  const known = (input: pulumi.Input<string> | undefined) =>
    input === undefined ? undefined : isPlain(input) ? input : (true as const);
  return [
    ...checkGateway({ ...rest, gatewayId: known(gatewayId), compartmentId: known(compartmentId) }),
    ...plainProblems(gatewayId, (id) => checkOcid("gateway-ocid", id, "gateway.gatewayId")),
    ...plainProblems(compartmentId, (id) => checkOcid("compartment-ocid", id, "gateway.compartmentId")),
  ];
}

/** Whether an existing gateway was given. */
export function isExistingGateway(
  gateway: CreatedGatewayArgs | ExistingGatewayArgs,
): gateway is ExistingGatewayArgs {
  return (gateway as ExistingGatewayArgs).gatewayId !== undefined;
}

function createGateway(name: string, args: ApiGatewayArgs, parent: pulumi.Resource): Gateway | undefined {
  const { gateway = {}, compartmentId, subnetId } = args;
  if (isExistingGateway(gateway)) return undefined;
  if (subnetId === undefined) {
    const message = "is missing: a new gateway needs the OCID of a regional subnet";
    refuse("api-gateway", name, [{ rule: "network-subnets", key: "subnetId", message }], parent);
  }
  const groups = gateway.networkSecurityGroupIds ?? args.networkSecurityGroupIds ?? [];
  return new Gateway(
    name,
    {
      compartmentId,
      displayName: gateway.displayName ?? nameOf(name, args, "gateway"),
      endpointType: gateway.endpointType ?? "PUBLIC",
      subnetId: subnetId as pulumi.Input<string>,
      ...(groups.length === 0 ? {} : { networkSecurityGroupIds: groups }),
      ...tagsOf(args),
    },
    { parent, ...hooksOf({ beforeCreate: [hostNameHook(name, parent)] }) },
  );
}

function createDeployment(
  name: string,
  gatewayId: pulumi.Output<string>,
  gateway: ApiGatewayArgs,
  args: ApiDeploymentArgs,
  parent: pulumi.Resource,
): Deployment {
  const { timeoutInSeconds = defaultReadinessTimeoutInSeconds } = args.readiness ?? {};
  return new Deployment(
    name,
    {
      compartmentId: gateway.compartmentId,
      gatewayId,
      displayName: nameOf(name, gateway, "deployment"),
      pathPrefix: args.pathPrefix,
      specification: toProviderInput(args.specification) as unknown as DeploymentArgs["specification"],
      ...tagsOf(gateway),
    },
    {
      parent,
      ...(args.ready === undefined ? {} : { dependsOn: args.ready }),
      ...hooksOf({
        beforeCreate: [prefixHook(name, parent)],
        onError: args.ready === undefined ? [] : [accessHook(name, timeoutInSeconds, parent)],
      }),
      // A deployment under "/" must be the gateway's only one, so that no second one can stand beside it.
      ...(args.pathPrefix === "/" ? { deleteBeforeReplace: true } : {}),
    },
  );
}

function existingId(name: string, { gateway = {} }: ApiGatewayArgs, parent: pulumi.Resource) {
  const check = (id: string) => checkOcid("gateway-ocid", id, "gateway.gatewayId");
  const { gatewayId } = gateway as ExistingGatewayArgs;
  return checkedInput("api-gateway", name, gatewayId, check, parent);
}

function existingCompartment({ gateway = {} }: ApiGatewayArgs) {
  return isExistingGateway(gateway) ? gateway.compartmentId : undefined;
}

function tagsOf({ freeformTags }: ApiGatewayArgs) {
  return freeformTags === undefined ? {} : { freeformTags: { ...freeformTags } };
}

function nameOf(name: string, args: ApiGatewayArgs, noun: string): string {
  const parts = { project: pulumi.getProject(), stack: pulumi.getStack(), name };
  return args.physicalName?.(noun) ?? physicalName(parts, noun);
}
