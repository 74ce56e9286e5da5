import { RouteTable } from "@pulumi/oci/core/routeTable.js";
import { SecurityList } from "@pulumi/oci/core/securityList.js";
import { Subnet } from "@pulumi/oci/core/subnet.js";
import type * as pulumi from "@pulumi/pulumi";
import {
  type Destination,
  functionsEgress,
  functionsRoutes,
  gatewayRoutes,
  type NetworkPlan,
  type Via,
} from "./model/network-rules.ts";
import { described, type Ground } from "./network-ground.ts";
import { egressTo } from "./network-security.ts";

export function createGatewaySubnet(ground: Ground, plan: NetworkPlan) {
  const routes = gatewayRoutes(plan);
  // The gateway's rules are those of its group.
  return createSubnet(ground, "gateway", plan.subnets.gateway, !plan.isPublic, routes, []);
}

export function createFunctionsSubnet(ground: Ground, plan: NetworkPlan) {
  return createSubnet(
    ground,
    "functions",
    plan.subnets.functions,
    true,
    functionsRoutes(plan),
    functionsEgress(plan),
  );
}

function createSubnet(
  ground: Ground,
  noun: "gateway" | "functions",
  cidrBlock: string,
  isPrivate: boolean,
  routes: readonly Via[],
  egress: readonly Destination[],
) {
  const { name, args, options } = ground;
  const shared = { compartmentId: args.compartmentId, vcnId: ground.vcn.id };
  const routeTable = new RouteTable(
    `${name}-${noun}-routes`,
    {
      ...shared,
      routeRules: routes.map((via) => routeRule(ground, via)),
      ...described(args, `${noun}-routes`),
    },
    options,
  );
  const securityList = new SecurityList(
    `${name}-${noun}-rules`,
    {
      ...shared,
      ingressSecurityRules: [],
      egressSecurityRules: egress.map((to) => ({
        ...egressTo(ground, to),
        ...(to.port === undefined ? {} : { tcpOptions: { min: to.port, max: to.port } }),
      })),
      ...described(args, `${noun}-rules`),
    },
    options,
  );
  const subnet = new Subnet(
    `${name}-${noun}`,
    {
      ...shared,
      cidrBlock,
      dnsLabel: noun,
      routeTableId: routeTable.id,
      securityListIds: [securityList.id],
      // Oracle's reference of the subnet asks for one of the two flags only; this one is IPv4's.
      prohibitPublicIpOnVnic: isPrivate,
      ...described(args, noun),
    },
    // Two subnets of a VCN can't have the same addresses ("Overview of VCNs and Subnets"): the old one goes first.
    { ...options, deleteBeforeReplace: true },
  );
  return { routeTable, securityList, subnet };
}

function routeRule(ground: Ground, via: Via) {
  const anywhere = { destination: "0.0.0.0/0", destinationType: "CIDR_BLOCK" };
  switch (via) {
    case "internet":
      return { ...anywhere, networkEntityId: idOf(ground.internetGateway), description: "the internet" };
    case "nat":
      return { ...anywhere, networkEntityId: idOf(ground.natGateway), description: "the internet, outward" };
    case "services":
      return {
        destination: ground.oracleServices,
        destinationType: "SERVICE_CIDR_BLOCK",
        networkEntityId: ground.serviceGateway.id,
        description: "Oracle's services",
      };
  }
}

function idOf(resource: pulumi.CustomResource | undefined): pulumi.Output<string> {
  if (resource === undefined) throw new Error("a route leads to a gateway that the network doesn't have");
  return resource.id;
}
