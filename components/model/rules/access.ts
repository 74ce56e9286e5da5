import type { Rule } from "./rule.ts";

/** Rules of gateway, access and IAM text. */
export const accessRules = {
  "unsupported-setting": {
    checks: "Checks that no setting was given that is unknown or not supported.",
    source: "Design of this project: nothing that was given is ignored",
    level: "error",
  },
  "argument-kind": {
    checks: "Checks that every argument has its kind of value: text, list or object.",
    source: "Design of this project: nothing that was given is ignored",
    level: "error",
  },
  "region-name": {
    checks: "Checks that region and home region are given by their names.",
    source: "Regions and Availability Domains",
    level: "error",
  },
  "security-group-ocid": {
    checks: "Checks that a network security group is given by its OCID.",
    source: "Resource Identifiers",
    level: "error",
  },
  "gateway-endpoint-type": {
    checks: "Checks that a gateway's endpoint is `PUBLIC` or `PRIVATE`.",
    source: "Creating an API Gateway",
    level: "error",
  },
  "gateway-security-groups": {
    checks: "Checks that a gateway has at most 5 network security groups.",
    source: "Creating an API Gateway",
    level: "error",
  },
  "display-name": {
    checks: "Checks that a display name has 1 to 255 characters.",
    source: "Creating an API Gateway",
    level: "error",
  },
  "compartment-ocid": {
    checks: "Checks that a compartment is given by the OCID of a compartment or of the tenancy.",
    source: "Resource Identifiers",
    level: "error",
  },
  "tenancy-ocid": {
    checks: "Checks that the tenancy, which holds the dynamic group, is given by its OCID.",
    source: "Managing Dynamic Groups",
    level: "error",
  },
  "gateway-ocid": {
    checks: "Checks that an existing gateway is given by its OCID.",
    source: "Resource Identifiers",
    level: "error",
  },
  "group-ocid": {
    checks: "Checks that an existing dynamic group is given by the OCID of a dynamic group.",
    source: "Managing Dynamic Groups",
    level: "error",
  },
  "group-name": {
    checks: "Checks that an existing dynamic group is given by `name` or `domain/name`.",
    source: "Policy Syntax",
    level: "error",
  },
  "access-mode": {
    checks: "Checks that access has a known mode and scope.",
    source: "Create Policies to Control Access to Network and API Gateway-Related Resources",
    level: "error",
  },
  "access-group": {
    checks: "Checks that an existing dynamic group is given by its OCID or its name, by exactly one of them.",
    source: "Policy Syntax",
    level: "error",
  },
  "access-unused": {
    checks: "Checks that further statements are given only where a policy is made for a function.",
    source: "Design of this project: nothing that was given is ignored",
    level: "error",
  },
  "statement-count": {
    checks: "Checks that a policy has at most 50 statements.",
    source: "Service Limits",
    level: "error",
  },
  "statement-form": {
    checks: "Checks that a statement begins with `Allow`, `Define`, `Endorse`, `Admit` or `Deny`.",
    source: "Policy Syntax",
    level: "error",
  },
  "statement-group": {
    checks: "Checks that `{group}` is used only where there is a group.",
    source: "Design of this project: nothing that was given is ignored",
    level: "error",
  },
  "statement-any-user": {
    checks: "Checks that a statement for `any-user` has a condition on `request.principal.type`.",
    source: "Policy Syntax",
    level: "error",
  },
  "statement-all-resources": {
    checks: "Checks that no statement gives `manage all-resources` without a condition.",
    source: "Policy Syntax",
    level: "error",
  },
  "statement-all-resources-where": {
    checks: "Checks that no statement gives `manage all-resources`, even with a condition.",
    source: "Policy Syntax",
    level: "warn",
  },
  "statement-fnfunction": {
    checks: "Checks that no statement compares with `fnfunction`: a function's type is `fnfunc`.",
    source: "Accessing Other Oracle Cloud Infrastructure Resources from Running Functions",
    level: "error",
  },
  "matching-rule": {
    checks:
      "Checks that a matching rule is balanced, names known variables and a known resource type, and has at most 100000 characters.",
    source: "Managing Dynamic Groups",
    level: "error",
  },
  "readiness-timeout": {
    checks: "Checks that a deployment waits 0 to 3600 seconds for its access.",
    source: "Managing Dynamic Groups",
    level: "error",
  },
  "iam-name": {
    checks:
      "Checks that the name of a dynamic group or policy has 1 to 100 letters, digits, dots, hyphens and underscores.",
    source: "Service Limits",
    level: "error",
    isUnverified: true,
  },
} as const satisfies Record<string, Rule>;
