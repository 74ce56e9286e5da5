import type { Rule } from "./rule.ts";

/** Rules of networks, functions and images. */
export const functionsRules = {
  "network-form": {
    checks: "Checks that a network is made from a CIDR block, or given by its subnets, and not both.",
    source: "Design of this project: nothing that was given is ignored",
    level: "error",
  },
  "network-cidr": {
    checks:
      "Checks that a network's CIDR block is an IPv4 block of /16 to /25 without host bits, outside the ranges that Oracle keeps: the smallest one leaves a gateway's subnet its 32 free addresses.",
    source: "Creating a VCN, Subnet, and Gateways for Use with API Gateway",
    level: "error",
  },
  "network-allowed-cidrs": {
    checks:
      "Checks that the blocks that may reach a gateway are one or more different IPv4 blocks without host bits.",
    source: "Security Rules",
    level: "error",
  },
  "network-egress": {
    checks: "Checks that the switch for egress to the internet is a boolean.",
    source: "Design of this project: nothing that was given is ignored",
    level: "error",
  },
  "network-subnets": {
    checks:
      "Checks that the subnets that a new gateway and a new application need are given, 1 to 3 for functions.",
    source: "Creating a VCN, Subnet, and Gateways for Use with API Gateway",
    level: "error",
  },
  "subnet-ocid": {
    checks: "Checks that a subnet is given by its OCID.",
    source: "Resource Identifiers",
    level: "error",
  },
  "function-key": {
    checks:
      "Checks that a function's key, which is also its display name, has 1 to 255 letters, digits, hyphens and underscores, and that no two differ in case only.",
    source: "Creating Functions",
    level: "error",
    isUnverified: true,
  },
  "function-code": {
    checks: "Checks that a function is given by exactly one of source, image and function id.",
    source: "Creating Functions",
    level: "error",
  },
  "function-archive": {
    checks: "Checks that no function is given by an archive, which the provider can't deploy.",
    source: "Creating Functions",
    level: "error",
  },
  "function-memory": {
    checks: "Checks that a function's memory is 128, 256, 512, 1024, 2048 or 3072 MB.",
    source: "Changing Default Memory and Timeout Settings",
    level: "error",
  },
  "function-timeout": {
    checks: "Checks that a function's time-out is 5 to 300 whole seconds.",
    source: "Changing Default Memory and Timeout Settings",
    level: "error",
    isUnverified: true,
  },
  "function-ocid": {
    checks: "Checks that an existing function is given by its OCID.",
    source: "Resource Identifiers",
    level: "error",
  },
  "function-region": {
    checks: "Checks that an existing function lies in the API's region, as its OCID tells it.",
    source: "no source says that a gateway calls functions of another region",
    level: "warn",
    isUnverified: true,
  },
  "function-source": {
    checks:
      "Checks that a function's folder has `func.ts`, a `func.yaml` for Node.js and a `Dockerfile`, and that its code can be bundled.",
    source: "Languages Supported by OCI Functions",
    level: "error",
  },
  "application-shape": {
    checks: "Checks that an application's shape is `GENERIC_X86`, `GENERIC_ARM` or `GENERIC_X86_ARM`.",
    source: "Creating Applications",
    level: "error",
  },
  "application-ocid": {
    checks: "Checks that an existing application is given by its OCID.",
    source: "Resource Identifiers",
    level: "error",
  },
  "application-config": {
    checks: "Checks that no configuration is given for an existing application, which stays as it is.",
    source: "Design of this project: nothing that was given is ignored",
    level: "error",
  },
  "config-key": {
    checks:
      "Checks that a configuration key has only letters, digits and underscores and doesn't begin with a digit.",
    source: "Passing Custom Configuration Parameters to Functions",
    level: "error",
  },
  "config-value": {
    checks: "Checks that a configuration value is a text of printable characters.",
    source: "Passing Custom Configuration Parameters to Functions",
    level: "error",
  },
  "config-size": {
    checks: "Checks that keys and values of a configuration have at most 4096 bytes in all.",
    source: "Passing Custom Configuration Parameters to Functions",
    level: "error",
  },
  "image-reference": {
    checks: "Checks that an image is given as `<registry>/<namespace>/<repository>:<tag>@sha256:<digest>`.",
    source: "Creating Functions from Existing Docker Images",
    level: "error",
  },
  "image-region": {
    checks: "Checks that an image lies in Container Registry, in the region of its function.",
    source: "Creating Functions from Existing Docker Images",
    level: "error",
  },
  "registry-credentials": {
    checks: "Checks that a registry's username and password are given together or not at all.",
    source: "Pushing Images Using the Docker CLI",
    level: "error",
  },
} as const satisfies Record<string, Rule>;
