import type { InternetGateway } from "@pulumi/oci/core/internetGateway.js";
import type { NatGateway } from "@pulumi/oci/core/natGateway.js";
import type { NetworkSecurityGroup } from "@pulumi/oci/core/networkSecurityGroup.js";
import type { NetworkSecurityGroupSecurityRule } from "@pulumi/oci/core/networkSecurityGroupSecurityRule.js";
import type { RouteTable } from "@pulumi/oci/core/routeTable.js";
import type { SecurityList } from "@pulumi/oci/core/securityList.js";
import type { ServiceGateway } from "@pulumi/oci/core/serviceGateway.js";
import type { Subnet } from "@pulumi/oci/core/subnet.js";
import type { Vcn } from "@pulumi/oci/core/vcn.js";
import * as pulumi from "@pulumi/pulumi";
import type { CreatedNetworkArgs } from "./args.ts";
import { refuse } from "./checked.ts";
import { checkCreatedNetwork, cutSubnets } from "./model/network.ts";
import type { NetworkPlan } from "./model/network-rules.ts";
import { createGround } from "./network-ground.ts";
import { createSecurityGroup } from "./network-security.ts";
import { createFunctionsSubnet, createGatewaySubnet } from "./network-subnets.ts";

/** Arguments of {@link ApiNetwork}. */
export interface ApiNetworkComponentArgs extends CreatedNetworkArgs {
  /** OCID of the compartment that holds the network. */
  compartmentId: pulumi.Input<string>;
  /** Whether the gateway's subnet is public. */
  endpointType: "PUBLIC" | "PRIVATE";
  /** Whether the gateway calls HTTP back ends. */
  hasHttpBackends: boolean;
  /** Display name of the VCN; the other resources' begin with it. */
  displayName: string;
  /** Free-form tags of every resource. */
  freeformTags?: Readonly<Record<string, string>>;
}

/** The resources behind an {@link ApiNetwork}. */
export interface ApiNetworkNodes {
  vcn: Vcn;
  internetGateway: InternetGateway | undefined;
  serviceGateway: ServiceGateway;
  natGateway: NatGateway | undefined;
  gatewaySubnet: Subnet;
  functionsSubnet: Subnet;
  gatewaySecurityGroup: NetworkSecurityGroup;
  /** Rules of the gateway's group, by the end of their name: `ingress-0.0.0.0-0`, `egress-oracle`. */
  gatewaySecurityRules: Readonly<Record<string, NetworkSecurityGroupSecurityRule>>;
  routeTables: Readonly<Record<"gateway" | "functions", RouteTable>>;
  securityLists: Readonly<Record<"gateway" | "functions", SecurityList>>;
}

/**
 * A VCN with a regional subnet for a gateway and a private one for functions ("Creating a VCN, Subnet, and Gateways
 * for Use with API Gateway", "Creating the VCN and Subnets to Use with OCI Functions").
 *
 * @example
 * new ApiNetwork("shop", {
 *   compartmentId, cidrBlock: "10.0.0.0/16", endpointType: "PUBLIC", hasHttpBackends: false, displayName: "shop-dev",
 * });
 */
export class ApiNetwork extends pulumi.ComponentResource {
  readonly gatewaySubnetId: pulumi.Output<string>;
  readonly functionsSubnetIds: pulumi.Output<string>[];
  /** Known when the group's rules are there too. */
  readonly gatewaySecurityGroupId: pulumi.Output<string>;
  readonly nodes: ApiNetworkNodes;

  constructor(name: string, args: ApiNetworkComponentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("oci-serverless-api:index:ApiNetwork", name, {}, opts);
    const { cidrBlock, allowedCidrs, internetEgress } = args;
    refuse("api-network", name, checkCreatedNetwork({ cidrBlock, allowedCidrs, internetEgress }), this);
    const plan = planOf(args);
    const ground = createGround(name, args, plan, this);
    const gateway = createGatewaySubnet(ground, plan);
    const functions = createFunctionsSubnet(ground, plan);
    const group = createSecurityGroup(ground, plan);
    this.nodes = {
      vcn: ground.vcn,
      internetGateway: ground.internetGateway,
      serviceGateway: ground.serviceGateway,
      natGateway: ground.natGateway,
      gatewaySubnet: gateway.subnet,
      functionsSubnet: functions.subnet,
      gatewaySecurityGroup: group.group,
      gatewaySecurityRules: group.rules,
      routeTables: { gateway: gateway.routeTable, functions: functions.routeTable },
      securityLists: { gateway: gateway.securityList, functions: functions.securityList },
    };
    this.gatewaySubnetId = gateway.subnet.id;
    this.functionsSubnetIds = [functions.subnet.id];
    this.gatewaySecurityGroupId = pulumi
      .all([group.group.id, ...Object.values(group.rules).map((rule) => rule.id)])
      .apply(([id]) => id as string);
    const { gatewaySubnetId, functionsSubnetIds, gatewaySecurityGroupId } = this;
    this.registerOutputs({ gatewaySubnetId, functionsSubnetIds, gatewaySecurityGroupId });
  }
}

function planOf(args: ApiNetworkComponentArgs): NetworkPlan {
  return {
    cidrBlock: args.cidrBlock,
    subnets: cutSubnets(args.cidrBlock),
    allowedCidrs: args.allowedCidrs ?? ["0.0.0.0/0"],
    isPublic: args.endpointType === "PUBLIC",
    hasHttpBackends: args.hasHttpBackends,
    hasInternetEgress: args.internetEgress ?? args.hasHttpBackends,
  };
}
