import { PolicyPack } from "@pulumi/policy";
import { getProject, getStack } from "@pulumi/pulumi";
import { policyOf } from "./policy.ts";
import { rules } from "./rules.ts";

const context = { stack: getStack(), project: getProject() };

new PolicyPack("oci-serverless-policies", {
  displayName: "OCI serverless",
  description: "Rules for HTTP APIs on OCI API Gateway and Functions.",
  tags: ["oci", "api-gateway", "functions"],
  policies: rules.map((rule) => policyOf(rule, context)),
});
