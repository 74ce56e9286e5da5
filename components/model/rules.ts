/** One rule that is checked at preview. */
export interface Rule {
  /** "Checks …", one sentence. */
  checks: string;
  /** Title of the Oracle document (or the measurement) that the rule rests on. */
  source: string;
  /** `error` stops the run; `warn` is logged at the resource and the run goes on. */
  level: "error" | "warn";
  /** True when no source confirms the rule; it then stands in `docs/unverified.md`. */
  isUnverified?: boolean;
}

/** Every preview-time rule by id. `docs/checks.md` is generated from this table and from the tests that name the ids. */
export const rules = {
  "path-prefix": {
    checks:
      "Checks that a path prefix begins with a slash, holds no parameter and no empty segment, has an allowed length and characters, and ends with a slash only when it is `/`.",
    source: "Deploying an API on an API Gateway by Creating an API Deployment",
    level: "error",
  },
  "route-count": {
    checks: "Checks that a deployment has 1 to 50 routes.",
    source: "API Gateway Internal Limits",
    level: "error",
  },
  "route-key": {
    checks: "Checks that a route's key is methods, one blank, path.",
    source: "Design of this project: nothing that was given is ignored",
    level: "error",
  },
  "route-methods": {
    checks: "Checks that a route names one or more of OCI's methods, in upper case, each once.",
    source: "Creating an API Deployment Specification",
    level: "error",
  },
  "route-any-mixed": {
    checks: "Checks that `ANY` stands alone in a route's methods.",
    source: "no source says what `ANY` beside other methods means",
    level: "warn",
    isUnverified: true,
  },
  "route-path": {
    checks:
      "Checks that a route's path begins with a slash, has no empty segment, an allowed length and allowed characters.",
    source: "Creating an API Deployment Specification",
    level: "error",
  },
  "route-parameter": {
    checks:
      "Checks that a path parameter replaces a whole segment, has an allowed name, and occurs once in a path.",
    source: "Adding Path Parameters and Wildcards to Route Paths",
    level: "error",
  },
  "route-wildcard": {
    checks: "Checks that a wildcard parameter is the last segment of a path.",
    source: "Adding Path Parameters and Wildcards to Route Paths",
    level: "error",
    isUnverified: true,
  },
  "route-duplicate": {
    checks: "Checks that no two routes have the same path and method.",
    source: "Creating an API Deployment Specification",
    level: "error",
  },
  "route-any-overlap": {
    checks: "Checks that no `ANY` route shares its path with a route for a single method.",
    source: "no source says which of the two routes answers",
    level: "warn",
    isUnverified: true,
  },
  "route-same-shape": {
    checks: "Checks that no two routes differ in the names of their parameters only.",
    source: "no source says which of the two routes answers",
    level: "warn",
    isUnverified: true,
  },
  "route-backend": {
    checks: "Checks that a route's back end is a function's key or an object of a known kind.",
    source: "Creating an API Deployment Specification",
    level: "error",
  },
  "route-function": {
    checks: "Checks that a route names a function that exists.",
    source: "Adding a Function in OCI Functions as an API Gateway Back End",
    level: "error",
  },
  "http-url": {
    checks: "Checks that a back end's URL is `http(s)://host[:port]/path` without query, fragment or blanks.",
    source: "Adding an HTTP or HTTPS URL as an API Gateway Back End",
    level: "error",
  },
  "http-url-variable": {
    checks:
      "Checks that context variables stand in a URL's path only, name a known table, and that `request.path[…]` is a parameter of the route.",
    source: "Adding Context Variables to Policies and HTTP Back End Definitions",
    level: "error",
  },
  "http-timeout": {
    checks: "Checks that time-outs are 1 to 75 seconds (connect) and 1 to 300 seconds (read, send).",
    source: "Adding an HTTP or HTTPS URL as an API Gateway Back End",
    level: "error",
  },
  "stock-status": {
    checks: "Checks that a stock response's status is a whole number from 100 to 599.",
    source: "Adding Stock Responses as an API Gateway Back End",
    level: "error",
  },
  "stock-body": {
    checks: "Checks that a stock response's body has at most 5120 bytes.",
    source: "Adding Stock Responses as an API Gateway Back End",
    level: "error",
  },
  "stock-body-long": {
    checks:
      "Checks that a stock response's body has at most 4096 bytes, the smaller of the two limits that Oracle states.",
    source: "API Gateway Internal Limits",
    level: "warn",
  },
  "stock-headers": {
    checks:
      "Checks that a stock response has at most 50 headers with allowed names, and that names, values and all of them together keep within their sizes.",
    source: "API Gateway Internal Limits",
    level: "error",
  },
  "specification-size": {
    checks: "Checks that a deployment specification has at most 2 MB.",
    source: "API Gateway Internal Limits",
    level: "error",
  },
  "unsupported-setting": {
    checks: "Checks that no setting was given that is unknown or not supported.",
    source: "Design of this project: nothing that was given is ignored",
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
  "iam-name": {
    checks:
      "Checks that the name of a dynamic group or policy has 1 to 100 letters, digits, dots, hyphens and underscores.",
    source: "Service Limits",
    level: "error",
    isUnverified: true,
  },
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

export type RuleId = keyof typeof rules;
