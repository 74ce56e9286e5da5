import { z } from "zod";
import { matches } from "../declared.ts";
import { requiresCertificate, specificationOf } from "../deployment.ts";
import { resourceRule } from "../rule.ts";
import { types } from "../types.ts";

export const mutualTls = resourceRule({
  name: "mutual-tls",
  checks: "Checks that deployments that want certificates of clients require them.",
  why: "A mutualTls policy without isVerifiedCertificateRequired lets callers in who show no certificate.",
  references: [
    "CKV2_AWS_51 (Checkov), of Amazon's API Gateway",
    "Oracle: Adding Support for Mutual TLS to API Deployments",
  ],
  severity: "high",
  enforcement: "mandatory",
  config: z.object({
    deployments: z
      .array(z.string())
      .default([])
      .describe(
        'Deployments that must require certificates, by name in the program; "*" stands for any text.',
      ),
  }),
  types: [types.deployment],
  judge(deployment, { deployments }) {
    const policy = specificationOf(deployment).at("requestPolicies", "mutualTls");
    const isAsked = deployments.some((pattern) => matches(pattern, deployment.name));
    if ((!isAsked && !policy.isSet) || requiresCertificate(deployment)) return [];
    const required = policy.at("isVerifiedCertificateRequired");
    const value = required.flag();
    return [
      {
        key: required.key,
        ...(value === undefined ? {} : { value }),
        cure: "set mutualTls: {isVerifiedCertificateRequired: true}, and the CA of the clients in the gateway's caBundles",
      },
    ];
  },
});
