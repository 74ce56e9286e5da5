import { NetworkSecurityGroup } from "@pulumi/oci/core/networkSecurityGroup.js";
import {
  NetworkSecurityGroupSecurityRule,
  type NetworkSecurityGroupSecurityRuleArgs,
} from "@pulumi/oci/core/networkSecurityGroupSecurityRule.js";
import { type Destination, gatewayEgress, type NetworkPlan } from "./model/network-rules.ts";
import { described, type Ground, tcp } from "./network-ground.ts";

type RuleArgs = Omit<NetworkSecurityGroupSecurityRuleArgs, "networkSecurityGroupId">;

/** The gateway's group with its rules: who may call it, and what it may call. */
export function createSecurityGroup(ground: Ground, plan: NetworkPlan) {
  const { name, args, options } = ground;
  const group = new NetworkSecurityGroup(
    `${name}-gateway-group`,
    { compartmentId: args.compartmentId, vcnId: ground.vcn.id, ...described(args, "gateway-group") },
    options,
  );
  const rule = (noun: string, rest: RuleArgs) =>
    new NetworkSecurityGroupSecurityRule(
      `${name}-gateway-${noun}`,
      { networkSecurityGroupId: group.id, ...rest },
      options,
    );
  const ingress = plan.allowedCidrs.map((source) => {
    const noun = `ingress-${source.replace("/", "-")}`;
    const description = `HTTPS from ${source}`;
    const from = { protocol: tcp, source, sourceType: "CIDR_BLOCK", stateless: false, description };
    const tcpOptions = { destinationPortRange: { min: 443, max: 443 } };
    return [noun, rule(noun, { direction: "INGRESS", ...from, tcpOptions })] as const;
  });
  const egress = gatewayEgress(plan).map((to) => {
    const noun = `egress-${to.name}`;
    const { port } = to;
    const ports =
      port === undefined ? {} : { tcpOptions: { destinationPortRange: { min: port, max: port } } };
    return [noun, rule(noun, { direction: "EGRESS", ...egressTo(ground, to), ...ports })] as const;
  });
  return {
    group,
    rules: Object.fromEntries([...ingress, ...egress]),
  };
}

/** The part that rules of groups and of lists have in common. */
export function egressTo({ oracleServices }: Ground, to: Destination) {
  return {
    protocol: tcp,
    destination: to.cidrBlock ?? oracleServices,
    destinationType: to.cidrBlock === undefined ? "SERVICE_CIDR_BLOCK" : "CIDR_BLOCK",
    stateless: false,
    description: to.description,
  };
}
