import { z } from "zod";
import { except, isExcepted, orDeclare } from "../declared.ts";
import { isOneOf } from "../deployment.ts";
import { resourceRule } from "../rule.ts";
import { types } from "../types.ts";

export const gatewayPrivateEndpoint = resourceRule({
  name: "gateway-private-endpoint",
  checks: "Checks that a gateway's endpoint is private, or declared to be public.",
  why: "A public gateway is reachable from the whole internet; an API for other services of the network needn't be.",
  references: [
    "Oracle: Creating an API Gateway",
    "OWASP API Security Top 10 2023, API8 Security Misconfiguration",
  ],
  severity: "medium",
  enforcement: "advisory",
  config: z.object({ publicGateways: except("Gateways that are meant to be public") }),
  types: [types.gateway],
  judge(gateway, { publicGateways }) {
    const endpointType = gateway.properties.at("endpointType");
    if (isExcepted(publicGateways, gateway) || !isOneOf(endpointType, "PUBLIC")) return [];
    return [
      {
        key: endpointType.key,
        value: endpointType.text(),
        cure: `make it "PRIVATE", ${orDeclare("publicGateways", gateway.name)}`,
      },
    ];
  },
});
