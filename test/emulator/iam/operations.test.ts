import { describe, expect, test } from "vitest";
import { needsOf } from "../../../emulator/iam/operations.ts";
import { grantOf } from "../../../emulator/iam/permissions.ts";
import { VERBS } from "../../../emulator/iam/statement.ts";
import { allOperations } from "../../../emulator/operations.ts";

const permissionsOf = (name: string) =>
  needsOf(name)?.map((need) => (typeof need === "string" ? need : need[0]));

test("operations without known permissions are these; resource principals are refused them by name", () => {
  const names = allOperations().map(({ name }) => name);
  expect([...new Set(names.filter((name) => needsOf(name) === undefined))].sort()).toEqual([
    "ChangeApplicationCompartment",
    "ChangeLogGroupCompartment",
    "ChangeLogLogGroup",
    "CreateLog",
    "CreateLogGroup",
    "CreateRouteTable",
    "DeleteLog",
    "DeleteLogGroup",
    "DeleteRouteTable",
    "GetLog",
    "GetLogGroup",
    "GetService",
    "ListLogGroups",
    "ListLogs",
    "ListServices",
    "SearchLogs",
    "UpdateLog",
    "UpdateLogGroup",
    "UpdateRouteTable",
  ]);
});

test("every permission of an operation belongs to a resource type", () => {
  const resourceTypes = [
    ...["functions-family", "api-gateway-family", "virtual-network-family"],
    ...["compartments", "dynamic-groups", "policies", "tenancies", "repos"],
  ];
  const permissions = new Set(allOperations().flatMap(({ name }) => permissionsOf(name) ?? []));
  const isGranted = (permission: string) =>
    resourceTypes.some(
      (resourceType) => grantOf({ kind: "verb", verb: "manage", resourceType }, permission) === "granted",
    );
  expect([...permissions].filter((permission) => !isGranted(permission))).toEqual([]);
});

// "Details for Functions", "… API Gateway", "… the Core Services", "… IAM", "… Container Registry"
describe("the least verb of a permission", () => {
  test.each<[permission: string, resourceType: string, verb: string]>([
    ["FN_APP_LIST", "fn-app", "inspect"],
    ["FN_INVOCATION", "fn-invocation", "use"],
    ["API_GATEWAY_READ", "api-gateways", "read"],
    ["API_GATEWAY_ADD_DEPLOYMENT", "api-gateways", "use"],
    ["API_GATEWAY_UPDATE", "api-gateways", "manage"],
    ["API_DEPLOYMENT_UPDATE", "api-deployments", "use"],
    ["API_DEPLOYMENT_CREATE", "api-deployments", "manage"],
    ["API_CERTIFICATE_APPLY_TO_GATEWAY", "api-certificates", "use"],
    ["VCN_READ", "vcns", "inspect"],
    ["VCN_ATTACH", "vcns", "manage"],
    ["SUBNET_ATTACH", "subnets", "use"],
    ["NAT_GATEWAY_READ", "nat-gateways", "read"],
    ["ROUTE_TABLE_ATTACH", "route-tables", "manage"],
    ["NETWORK_SECURITY_GROUP_READ", "network-security-groups", "read"],
    ["NETWORK_SECURITY_GROUP_LIST_SECURITY_RULES", "network-security-groups", "use"],
    ["COMPARTMENT_INSPECT", "compartments", "inspect"],
    ["COMPARTMENT_UPDATE", "compartments", "use"],
    ["DYNAMIC_GROUP_UPDATE", "dynamic-groups", "use"],
    ["POLICY_READ", "policies", "inspect"],
    ["POLICY_UPDATE", "policies", "manage"],
    ["REPOSITORY_READ", "repos", "read"],
    ["REPOSITORY_MANAGE", "repos", "manage"],
  ])("%s: %s, %s", (permission, resourceType, least) => {
    const granted = VERBS.filter(
      (verb) => grantOf({ kind: "verb", verb, resourceType }, permission) === "granted",
    );
    expect(granted[0]).toBe(least);
  });
});

test("what an operation needs of other resources names the field that leads to them", () => {
  expect(needsOf("CreateDeployment")).toEqual([
    "API_DEPLOYMENT_CREATE",
    ["API_GATEWAY_READ", "gatewayId"],
    ["API_GATEWAY_ADD_DEPLOYMENT", "gatewayId"],
  ]);
  expect(needsOf("CreateSubnet")).toEqual([
    "SUBNET_CREATE",
    ["VCN_ATTACH", "vcnId"],
    ["ROUTE_TABLE_ATTACH", "routeTableId"],
    ["SECURITY_LIST_ATTACH", "securityListIds"],
    ["DHCP_ATTACH", "dhcpOptionsId"],
  ]);
  expect(needsOf("constructor")).toBeUndefined();
});
