import { z } from "zod";
import { except, isExcepted, isProduction, orDeclare, productionStacks } from "../declared.ts";
import { resourceRule } from "../rule.ts";
import { types } from "../types.ts";

export const gatewayCustomDomain = resourceRule({
  name: "gateway-custom-domain",
  checks: "Checks that a gateway in production has a domain and certificate of its own.",
  why: "Oracle's host name holds the gateway's OCID: it is another one when the gateway is replaced, and its certificate isn't yours.",
  references: ["Oracle: Setting Up Custom Domains and TLS Certificates"],
  severity: "low",
  enforcement: "advisory",
  config: z.object({
    productionStacks,
    gateways: except("Gateways that are called by Oracle's host name"),
  }),
  types: [types.gateway],
  judge(gateway, config, context) {
    if (!isProduction(config.productionStacks, context) || isExcepted(config.gateways, gateway)) return [];
    const certificate = gateway.properties.at("certificateId");
    // Which one it is doesn't matter: one that isn't known yet is set.
    if (!certificate.isKnown || certificate.text()) return [];
    const cure = `give it a certificate of your domain: certificateId: certificate.id, ${orDeclare("gateways", gateway.name)}`;
    return [{ key: certificate.key, cure }];
  },
});
