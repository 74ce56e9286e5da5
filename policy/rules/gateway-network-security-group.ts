import { z } from "zod";
import { except, isExcepted, orDeclare } from "../declared.ts";
import { resourceRule } from "../rule.ts";
import { types } from "../types.ts";

export const gatewayNetworkSecurityGroup = resourceRule({
  name: "gateway-network-security-group",
  checks: "Checks that a gateway is in a network security group.",
  why: "Without one, what reaches the gateway is decided by the security lists of its subnet, which all else there shares.",
  references: ["Oracle: Creating an API Gateway", "CIS OCI Foundations 3.1.0, 2.1 to 2.5"],
  severity: "medium",
  enforcement: "advisory",
  config: z.object({ gateways: except("Gateways that need no group") }),
  types: [types.gateway],
  judge(gateway, { gateways }) {
    const groups = gateway.properties.at("networkSecurityGroupIds");
    if (isExcepted(gateways, gateway) || groups.items().length > 0) return [];
    const cure = `give it a group that admits 443 from its callers: networkSecurityGroupIds: [group.id], ${orDeclare("gateways", gateway.name)}`;
    return [{ key: groups.key, cure }];
  },
});
