import { z } from "zod";
import { except, isExcepted } from "../declared.ts";
import { notKnownYet, stackRule } from "../rule.ts";
import { eachOf, refersTo } from "../stack.ts";
import { types } from "../types.ts";

export const gatewayDeployment = stackRule({
  name: "gateway-deployment",
  checks: "Checks that each gateway has a deployment.",
  why: "A gateway without one answers nothing, is billed, and stands open to be deployed to.",
  references: ["OWASP API Security Top 10 2023, API9 Improper Inventory Management"],
  severity: "low",
  enforcement: "advisory",
  config: z.object({ gateways: except("Gateways that other stacks deploy to") }),
  judgeStack: (resources, { gateways }) =>
    eachOf(resources, types.gateway, (gateway) => {
      if (isExcepted(gateways, gateway)) return [];
      const deployments = resources.filter(({ type }) => type === types.deployment);
      const verdicts = deployments.map((deployment) => refersTo(deployment, "gatewayId", [], gateway));
      if (verdicts.includes(true)) return [];
      const undecided = deployments[verdicts.indexOf(undefined)];
      if (undecided !== undefined) return [notKnownYet(`gatewayId of deployment "${undecided.name}"`)];
      const cure = `remove the gateway, or declare who deploys to it: gateways: ["${gateway.name}"]`;
      return [{ key: "the deployment", cure }];
    }),
});
