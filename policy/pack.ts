import { PolicyPack } from "@pulumi/policy";
import { Config, getProject, getStack } from "@pulumi/pulumi";
import { policyOf } from "./policy.ts";
import { rules } from "./rules.ts";

const context = { stack: getStack(), project: getProject(), region: new Config("oci").get("region") };

new PolicyPack("oci-serverless-policies", {
  displayName: "OCI serverless",
  description: "Rules for HTTP APIs on OCI API Gateway and Functions.",
  tags: ["oci", "api-gateway", "functions"],
  policies: rules.map((rule) => policyOf(rule, context)),
});
