import type { Verb } from "./statement.ts";

/** What each verb adds for a resource type. */
export type Grants = Readonly<Record<Verb, readonly string[]>>;

/** "Details for Functions", table of verbs and resource types. */
const functions = {
  "fn-app": grants("FN_APP_LIST", "FN_APP_READ", "", "FN_APP_CREATE FN_APP_DELETE FN_APP_UPDATE"),
  "fn-function": grants(
    "FN_FUNCTION_LIST",
    "FN_FUNCTION_READ",
    "",
    "FN_FUNCTION_CREATE FN_FUNCTION_DELETE FN_FUNCTION_UPDATE",
  ),
  "fn-invocation": grants("", "", "FN_INVOCATION", ""),
};

/** "Details for API Gateway": the resource types whose resources are modelled, and certificates. */
const apiGateway = {
  "api-gateways": grants(
    "API_GATEWAY_LIST",
    "API_GATEWAY_READ",
    "API_GATEWAY_ADD_DEPLOYMENT API_GATEWAY_REMOVE_DEPLOYMENT",
    "API_GATEWAY_CREATE API_GATEWAY_DELETE API_GATEWAY_UPDATE API_GATEWAY_MOVE",
  ),
  "api-deployments": grants(
    "API_DEPLOYMENT_LIST",
    "API_DEPLOYMENT_READ",
    "API_DEPLOYMENT_UPDATE",
    "API_DEPLOYMENT_CREATE API_DEPLOYMENT_DELETE API_DEPLOYMENT_MOVE",
  ),
  "api-workrequests": grants("API_WORK_REQUEST_LIST", "API_WORK_REQUEST_READ", "API_WORK_REQUEST_CANCEL", ""),
  "api-certificates": grants(
    "API_CERTIFICATE_LIST",
    "API_CERTIFICATE_READ",
    "API_CERTIFICATE_APPLY_TO_GATEWAY",
    "API_CERTIFICATE_CREATE API_CERTIFICATE_DELETE API_CERTIFICATE_UPDATE API_CERTIFICATE_MOVE",
  ),
};

/** "Details for the Core Services": the resource types whose resources are modelled. */
const network = {
  vcns: grants("VCN_READ", "", "", "VCN_ATTACH VCN_DETACH VCN_UPDATE VCN_CREATE VCN_DELETE VCN_MOVE"),
  subnets: grants(
    "SUBNET_READ",
    "",
    "SUBNET_ATTACH SUBNET_DETACH",
    "SUBNET_CREATE SUBNET_UPDATE SUBNET_DELETE SUBNET_MOVE",
  ),
  "route-tables": grants("ROUTE_TABLE_READ", "", "", managed("ROUTE_TABLE")),
  "security-lists": grants("SECURITY_LIST_READ", "", "", managed("SECURITY_LIST")),
  "dhcp-options": grants("DHCP_READ", "", "", managed("DHCP")),
  "internet-gateways": grants("INTERNET_GATEWAY_READ", "", "", managed("INTERNET_GATEWAY")),
  "nat-gateways": grants(
    "",
    "NAT_GATEWAY_READ",
    "NAT_GATEWAY_ATTACH NAT_GATEWAY_DETACH",
    "NAT_GATEWAY_UPDATE NAT_GATEWAY_CREATE NAT_GATEWAY_DELETE NAT_GATEWAY_MOVE",
  ),
  "service-gateways": grants(
    "SERVICE_GATEWAY_READ",
    "",
    "SERVICE_GATEWAY_ATTACH SERVICE_GATEWAY_DETACH",
    "SERVICE_GATEWAY_UPDATE SERVICE_GATEWAY_CREATE SERVICE_GATEWAY_DELETE SERVICE_GATEWAY_ADD_SERVICE SERVICE_GATEWAY_DELETE_SERVICE SERVICE_GATEWAY_MOVE",
  ),
  "network-security-groups": grants(
    "NETWORK_SECURITY_GROUP_INSPECT",
    "NETWORK_SECURITY_GROUP_READ",
    "NETWORK_SECURITY_GROUP_LIST_SECURITY_RULES NETWORK_SECURITY_GROUP_LIST_MEMBERS NETWORK_SECURITY_GROUP_UPDATE_MEMBERS",
    "NETWORK_SECURITY_GROUP_UPDATE NETWORK_SECURITY_GROUP_CREATE NETWORK_SECURITY_GROUP_DELETE NETWORK_SECURITY_GROUP_MOVE NETWORK_SECURITY_GROUP_UPDATE_SECURITY_RULES",
  ),
};

/** "Details for IAM" and "Details for Container Registry": resource types without a family. */
const others = {
  compartments: grants(
    "COMPARTMENT_INSPECT",
    "",
    "COMPARTMENT_UPDATE",
    "COMPARTMENT_CREATE COMPARTMENT_DELETE COMPARTMENT_RECOVER",
  ),
  "dynamic-groups": grants(
    "DYNAMIC_GROUP_INSPECT",
    "",
    "DYNAMIC_GROUP_UPDATE",
    "DYNAMIC_GROUP_CREATE DYNAMIC_GROUP_DELETE",
  ),
  policies: grants("POLICY_READ", "", "", "POLICY_UPDATE POLICY_CREATE POLICY_DELETE"),
  tenancies: grants("TENANCY_INSPECT", "", "TENANCY_UPDATE", ""),
  repos: grants(
    "REPOSITORY_INSPECT",
    "REPOSITORY_READ",
    "",
    "REPOSITORY_CREATE REPOSITORY_DELETE REPOSITORY_UPDATE REPOSITORY_MANAGE",
  ),
};

function grants(inspect: string, read: string, use: string, manage: string): Grants {
  const words = (text: string) => (text === "" ? [] : text.split(" "));
  return { inspect: words(inspect), read: words(read), use: words(use), manage: words(manage) };
}

function managed(prefix: string): string {
  return ["ATTACH", "DETACH", "UPDATE", "CREATE", "DELETE", "MOVE"]
    .map((verb) => `${prefix}_${verb}`)
    .join(" ");
}

/** Looked up by words of a statement, which may be `constructor`. */
export const RESOURCE_TYPES: ReadonlyMap<string, Grants> = new Map(
  Object.entries({ ...functions, ...apiGateway, ...network, ...others }),
);

export const FAMILIES: ReadonlyMap<string, readonly string[]> = new Map([
  ["functions-family", Object.keys(functions)],
  ["api-gateway-family", Object.keys(apiGateway)],
  ["virtual-network-family", Object.keys(network)],
]);
