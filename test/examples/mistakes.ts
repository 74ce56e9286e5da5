/** What `examples/mistakes` are answered, at preview and by whoever runs them. */
export interface Mistake {
  /** Folder of the program. */
  name: string;
  /** Name of the resource that is refused. */
  resource: string;
  type: string;
  property: string;
  /** What is wrong, what is allowed, and the cure. */
  reason: string;
}

export const compartmentId =
  "ocid1.compartment.oclocal..aaaaaaaalocalcompartmentapi000000000000000000000000000000000";

const image =
  "must be the function's image in its region's registry, with a tag and without a digest, for example image: \"<region key>.ocir.io/<namespace>/<repository>:<tag>\"";

export const mistakes: readonly Mistake[] = [
  {
    name: "group-outside-the-tenancy-root",
    resource: "gateways",
    type: "oci:Identity/dynamicGroup:DynamicGroup",
    property: "compartmentId",
    // "Managing Dynamic Groups"; the text in quotes is OCI's own, as the provider prints it.
    reason: `is "${compartmentId}"; must be the tenancy's OCID (ocid1.tenancy.…), wherever the gateways and functions are, for example compartmentId: new pulumi.Config("oci").require("tenancyOcid"). OCI would answer "Dynamic group can only be created in the tenancy compartment"`,
  },
  {
    name: "gateway-without-endpoint-type",
    resource: "gateway",
    type: "oci:ApiGateway/gateway:Gateway",
    property: "endpointType",
    // "Creating an API Gateway"
    reason:
      'is missing; must be "PUBLIC" (called from the internet) or "PRIVATE" (called from inside its VCN only), for example endpointType: "PUBLIC"',
  },
  {
    name: "function-without-image",
    resource: "hello",
    type: "oci:Functions/function:Function",
    property: "image",
    // "Creating Functions from Existing Docker Images"
    reason: `is missing; ${image}`,
  },
  {
    name: "image-without-tag",
    resource: "hello",
    type: "oci:Functions/function:Function",
    property: "image",
    reason: `is "fra.ocir.io/namespace/hello", without a tag; ${image}`,
  },
  {
    name: "image-of-another-region",
    resource: "hello",
    type: "oci:Functions/function:Function",
    property: "image",
    reason: `is "fra.ocir.io/namespace/hello:1", which is in the registry of eu-frankfurt-1, but the function is in local-laptop-1, whose registry is local-laptop-1.ocir.io; ${image}`,
  },
  {
    name: "rule-for-fnfunction",
    resource: "gateways",
    type: "oci:Identity/dynamicGroup:DynamicGroup",
    property: "matchingRule",
    reason:
      "is \"ALL {resource.type = 'fnfunction'}\", and 'fnfunction' matches no function: a function's type is 'fnfunc'; must be conditions on resource.type, resource.id or resource.compartment.id, for example matchingRule: \"ALL {resource.type = 'ApiGateway', resource.compartment.id = 'ocid1.compartment…'}\"",
  },
  {
    name: "statement-without-allow",
    resource: "calls",
    type: "oci:Identity/policy:Policy",
    property: "statements",
    // "Policy Syntax"
    reason:
      '[0] is "Let any-user use functions-family in tenancy", wrong at character 1: expected "Allow", but found "Let"; must be 1 to 50 statements of the form "Allow <subject> to <verb> <resource-type> in <location> [where <conditions>]", for example "Allow dynamic-group id ocid1.dynamicgroup… to use functions-family in compartment id ocid1.compartment…"',
  },
];

/** The reason of one of them. */
export function reasonOf(name: string): string {
  return mistakes.find((mistake) => mistake.name === name)?.reason ?? "";
}
