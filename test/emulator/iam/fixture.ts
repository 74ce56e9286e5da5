import type { IamState, ResourcePrincipal } from "../../../emulator/iam/types.ts";

export const ROOT = "ocid1.tenancy.oc1..local";
/** root → shop → functions → deep; root → gateways; root → other → functions. */
export const SHOP = "ocid1.compartment.oc1..shop";
export const FUNCTIONS = "ocid1.compartment.oc1..functions";
export const DEEP = "ocid1.compartment.oc1..deep";
export const GATEWAYS = "ocid1.compartment.oc1..gateways";
export const OTHER = "ocid1.compartment.oc1..other";
export const OTHER_FUNCTIONS = "ocid1.compartment.oc1..otherfunctions";

export const GATEWAY: ResourcePrincipal = {
  type: "ApiGateway",
  id: "ocid1.apigateway.oc1..one",
  compartmentId: GATEWAYS,
  tenancyId: ROOT,
};

export const FUNCTION: ResourcePrincipal = {
  type: "fnfunc",
  id: "ocid1.fnfunc.oc1..one",
  compartmentId: FUNCTIONS,
  tenancyId: ROOT,
};

export const GROUP = "ocid1.dynamicgroup.oc1..gateways";

/** One policy with these statements, and a dynamic group `gateways`. */
export function stateOf(
  statements: string[],
  {
    rule = `ALL {resource.type = 'ApiGateway', resource.compartment.id = '${GATEWAYS}'}`,
    compartmentId = ROOT,
  }: { rule?: string; compartmentId?: string } = {},
): IamState {
  return {
    tenancyId: ROOT,
    compartments: [
      { id: ROOT, name: "acme", compartmentId: undefined },
      { id: SHOP, name: "shop", compartmentId: ROOT },
      { id: FUNCTIONS, name: "functions", compartmentId: SHOP },
      { id: DEEP, name: "deep", compartmentId: FUNCTIONS },
      { id: GATEWAYS, name: "gateways", compartmentId: ROOT },
      { id: OTHER, name: "other", compartmentId: ROOT },
      { id: OTHER_FUNCTIONS, name: "functions", compartmentId: OTHER },
    ],
    dynamicGroups: [{ id: GROUP, name: "gateways", matchingRule: rule }],
    policies: [{ id: "ocid1.policy.oc1..one", name: "policy", compartmentId, statements }],
  };
}
