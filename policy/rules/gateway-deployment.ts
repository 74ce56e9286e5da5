import { z } from "zod";
import { except, isExcepted } from "../declared.ts";
import { notKnownYet, stackRule } from "../rule.ts";
import { eachOf, namedBy, targetsOf } from "../stack.ts";
import { types } from "../types.ts";

export const gatewayDeployment = stackRule({
  name: "gateway-deployment",
  checks: "Checks that each gateway has a deployment.",
  why: "A gateway without one answers nothing, is billed, and stands open to be deployed to.",
  references: ["OWASP API Security Top 10 2023, API9 Improper Inventory Management"],
  severity: "low",
  enforcement: "advisory",
  config: z.object({ gateways: except("Gateways that other stacks deploy to") }),
  judgeStack(resources, { gateways }) {
    const targets = targetsOf(resources, types.gateway);
    const deployments = resources.filter(({ type }) => type === types.deployment);
    const named = deployments.map((deployment) => namedBy(deployment, "gatewayId", [], targets));
    const used = new Set(named.flatMap((some) => some ?? []));
    const undecided = deployments[named.indexOf(undefined)];
    return eachOf(resources, types.gateway, (gateway) => {
      if (isExcepted(gateways, gateway) || used.has(gateway)) return [];
      if (undecided !== undefined) return [notKnownYet(`gatewayId of deployment "${undecided.name}"`)];
      const cure = `remove the gateway, or declare who deploys to it: gateways: ["${gateway.name}"]`;
      return [{ key: "the deployment", cure }];
    });
  },
});
