/**
 * A permission that an operation needs, on the resource it acts on; with a field of the resource (or of the request
 * that creates it), on the resource that the field names; with "given", only when the request gives the field.
 */
export type Need = string | readonly [permission: string, field: string, when?: "given"];

/** Operations' permissions ("Details for …", permissions required for each API operation). */
type Table = Readonly<Record<string, readonly Need[]>>;

const TABLE: Table = {
  ...functions(),
  ...apiGateway(),
  ...network(),
  ...identity(),
  // "Details for Container Registry"
  ListContainerRepositories: ["REPOSITORY_INSPECT"],
  ChangeContainerRepositoryCompartment: moving("REPOSITORY_MANAGE"),
  CreateContainerRepository: ["REPOSITORY_CREATE"],
  GetContainerRepository: ["REPOSITORY_READ"],
  UpdateContainerRepository: ["REPOSITORY_MANAGE"],
  DeleteContainerRepository: ["REPOSITORY_DELETE"],
  // "Details for Object Storage …": without compartmentId it needs no permission
  GetNamespace: [],
};

/** What an operation needs, by Oracle's name for it; undefined when the emulator doesn't know. */
export function needsOf(operation: string): readonly Need[] | undefined {
  return Object.hasOwn(TABLE, operation) ? TABLE[operation] : undefined;
}

/** Moving asks in the compartment that a resource leaves and in the one that it goes to ("Managing Compartments"). */
// unverified: moving a resource asks for the same permissions in both compartments
function moving(...permissions: readonly string[]): readonly Need[] {
  const there = permissions.map((permission) => [permission, "compartmentId", "given"] as const);
  return [...permissions, ...there];
}

/** "Details for Functions". */
function functions(): Table {
  // unverified: creating an application asks for SUBNET_ATTACH of its subnets, as `use virtual-network-family` gives it
  const subnets = ["SUBNET_ATTACH", "subnetIds"] as const;
  return {
    ListApplications: ["FN_APP_LIST"],
    CreateApplication: ["FN_APP_CREATE", subnets],
    GetApplication: ["FN_APP_READ"],
    UpdateApplication: ["FN_APP_UPDATE"],
    DeleteApplication: ["FN_APP_DELETE"],
    ListFunctions: ["FN_FUNCTION_LIST"],
    CreateFunction: ["FN_FUNCTION_CREATE"],
    GetFunction: ["FN_FUNCTION_READ"],
    UpdateFunction: ["FN_FUNCTION_UPDATE"],
    DeleteFunction: ["FN_FUNCTION_DELETE"],
    InvokeFunction: ["FN_INVOCATION"],
  };
}

/** "Details for API Gateway". */
function apiGateway(): Table {
  const gateway = (permission: string) => [permission, "gatewayId"] as const;
  // unverified: creating a gateway asks for SUBNET_ATTACH of its subnet, as `use virtual-network-family` gives it
  const subnet = ["SUBNET_ATTACH", "subnetId"] as const;
  return {
    ListGateways: ["API_GATEWAY_LIST"],
    CreateGateway: ["API_GATEWAY_CREATE", "API_CERTIFICATE_APPLY_TO_GATEWAY", subnet],
    GetGateway: ["API_GATEWAY_READ"],
    UpdateGateway: ["API_GATEWAY_UPDATE"],
    DeleteGateway: ["API_GATEWAY_DELETE"],
    ChangeGatewayCompartment: moving("API_GATEWAY_READ", "API_GATEWAY_UPDATE", "API_GATEWAY_MOVE"),
    ListDeployments: ["API_DEPLOYMENT_LIST"],
    CreateDeployment: [
      "API_DEPLOYMENT_CREATE",
      gateway("API_GATEWAY_READ"),
      gateway("API_GATEWAY_ADD_DEPLOYMENT"),
    ],
    GetDeployment: ["API_DEPLOYMENT_READ", gateway("API_GATEWAY_READ")],
    UpdateDeployment: [
      "API_DEPLOYMENT_UPDATE",
      gateway("API_GATEWAY_READ"),
      gateway("API_GATEWAY_ADD_DEPLOYMENT"),
    ],
    DeleteDeployment: [
      "API_DEPLOYMENT_DELETE",
      gateway("API_GATEWAY_READ"),
      gateway("API_GATEWAY_REMOVE_DEPLOYMENT"),
    ],
    ChangeDeploymentCompartment: moving(
      "API_DEPLOYMENT_READ",
      "API_DEPLOYMENT_UPDATE",
      "API_DEPLOYMENT_MOVE",
    ),
    ListWorkRequests: ["API_WORK_REQUEST_LIST"],
    GetWorkRequest: ["API_WORK_REQUEST_READ"],
    ListWorkRequestErrors: ["API_WORK_REQUEST_READ"],
    ListWorkRequestLogs: ["API_WORK_REQUEST_READ"],
  };
}

/** "Details for the Core Services". Left out, and so refused: route tables' writes, which depend on their rules. */
function network(): Table {
  const vcn = (permission: string) => [permission, "vcnId"] as const;
  const subnetParts = (verb: "ATTACH" | "DETACH") =>
    [
      vcn(`VCN_${verb}`),
      [`ROUTE_TABLE_${verb}`, "routeTableId"],
      [`SECURITY_LIST_${verb}`, "securityListIds"],
      [`DHCP_${verb}`, "dhcpOptionsId"],
    ] as const;
  const routeTable = ["ROUTE_TABLE_ATTACH", "routeTableId", "given"] as const;
  // Asked whether or not a rule names another group; `manage network-security-groups` includes both.
  const securityRules = [
    "NETWORK_SECURITY_GROUP_UPDATE_SECURITY_RULES",
    "NETWORK_SECURITY_GROUP_INSPECT",
  ] as const;
  return {
    ListVcns: ["VCN_READ"],
    CreateVcn: ["VCN_CREATE"],
    ChangeVcnCompartment: moving("VCN_MOVE"),
    GetVcn: ["VCN_READ"],
    UpdateVcn: ["VCN_UPDATE"],
    DeleteVcn: ["VCN_DELETE"],
    ListSubnets: ["SUBNET_READ"],
    CreateSubnet: ["SUBNET_CREATE", ...subnetParts("ATTACH")],
    ChangeSubnetCompartment: moving("SUBNET_MOVE"),
    GetSubnet: ["SUBNET_READ"],
    UpdateSubnet: [
      "SUBNET_UPDATE",
      routeTable,
      ["ROUTE_TABLE_DETACH", "routeTableId", "given"],
      ["SECURITY_LIST_ATTACH", "securityListIds", "given"],
      ["SECURITY_LIST_DETACH", "securityListIds", "given"],
      ["DHCP_ATTACH", "dhcpOptionsId", "given"],
      ["DHCP_DETACH", "dhcpOptionsId", "given"],
    ],
    DeleteSubnet: ["SUBNET_DELETE", ...subnetParts("DETACH")],
    ListRouteTables: ["ROUTE_TABLE_READ"],
    ChangeRouteTableCompartment: moving("ROUTE_TABLE_MOVE"),
    GetRouteTable: ["ROUTE_TABLE_READ"],
    ListSecurityLists: ["SECURITY_LIST_READ"],
    CreateSecurityList: ["SECURITY_LIST_CREATE", vcn("VCN_ATTACH")],
    ChangeSecurityListCompartment: moving("SECURITY_LIST_MOVE"),
    GetSecurityList: ["SECURITY_LIST_READ"],
    UpdateSecurityList: ["SECURITY_LIST_UPDATE"],
    DeleteSecurityList: ["SECURITY_LIST_DELETE", vcn("VCN_DETACH")],
    ListDhcpOptions: ["DHCP_READ"],
    ChangeDhcpOptionsCompartment: moving("DHCP_MOVE"),
    GetDhcpOptions: ["DHCP_READ"],
    UpdateDhcpOptions: ["DHCP_UPDATE"],
    DeleteDhcpOptions: ["DHCP_DELETE", vcn("VCN_DETACH")],
    ListNetworkSecurityGroups: ["NETWORK_SECURITY_GROUP_READ"],
    CreateNetworkSecurityGroup: ["NETWORK_SECURITY_GROUP_CREATE", vcn("VCN_ATTACH")],
    ChangeNetworkSecurityGroupCompartment: moving("NETWORK_SECURITY_GROUP_MOVE"),
    GetNetworkSecurityGroup: ["NETWORK_SECURITY_GROUP_READ"],
    UpdateNetworkSecurityGroup: ["NETWORK_SECURITY_GROUP_UPDATE"],
    DeleteNetworkSecurityGroup: ["NETWORK_SECURITY_GROUP_DELETE", vcn("VCN_DETACH")],
    ListNetworkSecurityGroupSecurityRules: ["NETWORK_SECURITY_GROUP_LIST_SECURITY_RULES"],
    AddNetworkSecurityGroupSecurityRules: securityRules,
    UpdateNetworkSecurityGroupSecurityRules: securityRules,
    RemoveNetworkSecurityGroupSecurityRules: ["NETWORK_SECURITY_GROUP_UPDATE_SECURITY_RULES"],
    ListInternetGateways: ["INTERNET_GATEWAY_READ"],
    CreateInternetGateway: ["INTERNET_GATEWAY_CREATE", vcn("VCN_ATTACH")],
    ChangeInternetGatewayCompartment: moving("INTERNET_GATEWAY_MOVE"),
    GetInternetGateway: ["INTERNET_GATEWAY_READ"],
    UpdateInternetGateway: ["INTERNET_GATEWAY_UPDATE"],
    DeleteInternetGateway: ["INTERNET_GATEWAY_DELETE", vcn("VCN_DETACH")],
    ListNatGateways: ["NAT_GATEWAY_READ"],
    CreateNatGateway: ["NAT_GATEWAY_CREATE", vcn("VCN_READ"), vcn("VCN_ATTACH")],
    ChangeNatGatewayCompartment: moving("NAT_GATEWAY_MOVE"),
    GetNatGateway: ["NAT_GATEWAY_READ"],
    UpdateNatGateway: ["NAT_GATEWAY_UPDATE"],
    DeleteNatGateway: ["NAT_GATEWAY_DELETE", vcn("VCN_READ"), vcn("VCN_DETACH")],
    ListServiceGateways: ["SERVICE_GATEWAY_READ"],
    ChangeServiceGatewayCompartment: moving("SERVICE_GATEWAY_MOVE"),
    GetServiceGateway: ["SERVICE_GATEWAY_READ"],
    CreateServiceGateway: ["SERVICE_GATEWAY_CREATE", vcn("VCN_READ"), vcn("VCN_ATTACH"), routeTable],
    UpdateServiceGateway: ["SERVICE_GATEWAY_UPDATE", routeTable],
    DeleteServiceGateway: ["SERVICE_GATEWAY_DELETE", vcn("VCN_READ"), vcn("VCN_DETACH")],
  };
}

/** "Details for IAM". */
function identity(): Table {
  return {
    ListAvailabilityDomains: ["COMPARTMENT_INSPECT"],
    ListCompartments: ["COMPARTMENT_INSPECT"],
    GetCompartment: ["COMPARTMENT_INSPECT"],
    CreateCompartment: ["COMPARTMENT_CREATE"],
    UpdateCompartment: ["COMPARTMENT_UPDATE"],
    DeleteCompartment: ["COMPARTMENT_DELETE"],
    ListDynamicGroups: ["DYNAMIC_GROUP_INSPECT"],
    GetDynamicGroup: ["DYNAMIC_GROUP_INSPECT"],
    CreateDynamicGroup: ["DYNAMIC_GROUP_CREATE"],
    UpdateDynamicGroup: ["DYNAMIC_GROUP_UPDATE"],
    DeleteDynamicGroup: ["DYNAMIC_GROUP_DELETE"],
    ListPolicies: ["POLICY_READ"],
    GetPolicy: ["POLICY_READ"],
    CreatePolicy: ["POLICY_CREATE"],
    UpdatePolicy: ["POLICY_UPDATE"],
    DeletePolicy: ["POLICY_DELETE"],
    GetTenancy: ["TENANCY_INSPECT"],
    ListRegionSubscriptions: ["TENANCY_INSPECT"],
  };
}
