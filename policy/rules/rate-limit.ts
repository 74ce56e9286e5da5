import { z } from "zod";
import { except, isExcepted, orDeclare } from "../declared.ts";
import { specificationOf } from "../deployment.ts";
import { resourceRule } from "../rule.ts";
import { types } from "../types.ts";

export const rateLimit = resourceRule({
  name: "rate-limit",
  checks: "Checks that a deployment has a rate limit or a usage plan.",
  why: "Without one, a single caller uses up the functions' concurrency and runs up the bill.",
  references: [
    "OWASP API Security Top 10 2023, API4 Unrestricted Resource Consumption",
    "Oracle: Limiting the Number of Requests to API Gateway Back Ends",
  ],
  severity: "medium",
  enforcement: "advisory",
  config: z.object({
    deployments: except("Deployments without a limit"),
    maxRateInRequestsPerSecond: z
      .number()
      .int()
      .min(1)
      .optional()
      .describe("The highest rate that is still a limit; any when absent."),
  }),
  types: [types.deployment],
  judge(deployment, { deployments, maxRateInRequestsPerSecond = Number.POSITIVE_INFINITY }) {
    if (isExcepted(deployments, deployment)) return [];
    const policies = specificationOf(deployment).at("requestPolicies");
    const limiting = policies.at("rateLimiting");
    const otherwise = orDeclare("deployments", deployment.name);
    const example = 'rateLimiting: {rateInRequestsPerSecond: 50, rateKey: "CLIENT_IP"}';
    if (!limiting.isSet && !policies.at("usagePlans").isSet) {
      return [{ key: limiting.key, cure: `set one, for example ${example}, ${otherwise}` }];
    }
    const rate = limiting.at("rateInRequestsPerSecond");
    if ((rate.number() ?? 0) <= maxRateInRequestsPerSecond) return [];
    const cure = `give at most ${maxRateInRequestsPerSecond}, ${otherwise}`;
    return [{ key: rate.key, value: rate.number(), cure }];
  },
});
