import { describe, expect, it } from "vitest";
import { checkAccess, existingSubject } from "../../components/model/access.ts";
import { checkGateway } from "../../components/model/gateway.ts";
import { checkSettings } from "../../components/model/known-settings.ts";
import type { Problem } from "../../components/model/problems.ts";

const lines = (problems: readonly Problem[]) => problems.map((p) => `${p.key}: ${p.message} [${p.rule}]`);

describe("access", () => {
  it.each([
    {},
    { mode: "create", scope: "functions" },
    { mode: "any-user", scope: "compartment" },
    { mode: "existing", group: "gateways" },
    { mode: "existing", group: "Default/gateways" },
    { mode: "existing", groupId: "ocid1.dynamicgroup.oc1..a" },
    { mode: "existing", groupId: true as const },
    { mode: "existing", scope: "functions", statements: [], group: "gateways" },
    { mode: "create", statements: [] },
    { mode: "any-user", scope: "functions", statements: [] },
  ])("[access-mode] [access-group] takes %j", (given) => {
    expect(checkAccess(given)).toEqual([]);
  });

  const either =
    'access: mode "existing" takes either "groupId" or "group", for example group: "Default/shop-gateways" [access-group]';
  it.each([
    [
      { mode: "all" },
      'access.mode: "all" is not a mode; allowed are "create", "existing" and "any-user" [access-mode]',
    ],
    [
      { mode: "constructor" },
      'access.mode: "constructor" is not a mode; allowed are "create", "existing" and "any-user" [access-mode]',
    ],
    [
      { scope: "gateway" },
      'access.scope: "gateway" is not a scope; allowed are "compartment" and "functions" [access-mode]',
    ],
    [{ mode: "existing" }, either],
    [{ mode: "existing", group: "a", groupId: "ocid1.dynamicgroup.oc1..a" }, either],
    [
      { mode: "existing", groupId: "ocid1.group.oc1..a" },
      'access.groupId: "ocid1.group.oc1..a" is not the OCID of a dynamic group, which begins with "ocid1.dynamicgroup." [group-ocid]',
    ],
    [
      { mode: "existing", group: "a/b/c" },
      'access.group: "a/b/c" is not the name of a group; write "name" or "domain/name", for example "Default/shop-gateways" [group-name]',
    ],
    [
      { mode: "any-user", group: "a" },
      "access.group: is not a setting; allowed are mode, scope, statements [unsupported-setting]",
    ],
  ])("[access-mode] [access-group] [group-ocid] [group-name] refuses %j", (given, expected) => {
    expect(lines(checkAccess(given))).toEqual([expected]);
  });

  it("makes subjects of existing groups", () => {
    expect(existingSubject({ groupId: "x" })).toEqual({ kind: "group-id", id: "x" });
    expect(existingSubject({ group: "d/x" })).toEqual({ kind: "group-name", domain: "d", name: "x" });
    expect(() => existingSubject({ group: "a/b/c" })).toThrow(
      new TypeError("not the name of a group: a/b/c"),
    );
  });
});

const securityGroupId = "ocid1.networksecuritygroup.oc1.fra.n";

// "Creating an API Gateway"
describe("gateways", () => {
  it.each([
    {},
    { endpointType: "PRIVATE", displayName: "a", networkSecurityGroupIds: Array(5).fill(securityGroupId) },
    { displayName: "a".repeat(255) },
    { gatewayId: true as const, compartmentId: "c" },
    { networkSecurityGroupIds: [Promise.resolve("n")] },
  ])("[gateway-endpoint-type] takes %j", (given) => {
    expect(checkGateway(given)).toEqual([]);
  });

  it.each([
    [
      { endpointType: "public" },
      'gateway.endpointType: "public" is not a type; allowed are "PUBLIC" and "PRIVATE" [gateway-endpoint-type]',
    ],
    [
      { networkSecurityGroupIds: Array(6).fill(securityGroupId) },
      "gateway.networkSecurityGroupIds: has 6 groups; at most 5 are allowed [gateway-security-groups]",
    ],
    [
      { networkSecurityGroupIds: [securityGroupId, "n"] },
      'gateway.networkSecurityGroupIds[1]: "n" is not the OCID of a network security group, which begins with "ocid1.networksecuritygroup." [security-group-ocid]',
    ],
    [{ displayName: "" }, "gateway.displayName: has 0 characters; 1 to 255 are allowed [display-name]"],
    [
      { displayName: "a".repeat(256) },
      "gateway.displayName: has 256 characters; 1 to 255 are allowed [display-name]",
    ],
    [
      { gatewayId: "g", endpointType: "PRIVATE" },
      "gateway.endpointType: is not a setting; allowed are gatewayId, compartmentId [unsupported-setting]",
    ],
    [
      { compartmentId: "c" },
      "gateway.compartmentId: is not a setting; allowed are gatewayId, endpointType, displayName, networkSecurityGroupIds [unsupported-setting]",
    ],
  ])(
    "[gateway-endpoint-type] [gateway-security-groups] [security-group-ocid] [display-name] [unsupported-setting] refuses %.60j",
    (given, expected) => {
      expect(lines(checkGateway(given))).toEqual([expected]);
    },
  );
});

describe("settings that nobody reads", () => {
  // REST API of API Gateway and Functions, 20190501 and 20181201
  it.each([
    ...["mutualTls", "responseCacheLookup", "responseCacheStore", "usagePlans", "tracing", "uses"],
    ...["allowedPostLogoutUris", "postLogoutState", "caBundles", "certificateId", "customDomain", "domain"],
    ...["ipMode", "isLockOverride", "locks", "ipv4addressConfiguration", "ipv6addressConfiguration"],
    ...["openapi", "responseCacheDetails", "detachedModeTimeoutInSeconds", "failureDestination"],
    ...["provisionedConcurrencyConfig", "definedTags", "sourceDetails", "successDestination"],
  ])("[unsupported-setting] refuses OCI's %s by name", (name) => {
    expect(lines(checkSettings({ url: 1, [name]: {} }, ["url", "kind"], 'routes["GET /a"]'))).toEqual([
      `routes["GET /a"].${name}: is not supported yet; leave it out (supported here: url, kind) [unsupported-setting]`,
    ]);
  });
  const [api, route] = ['the API\'s "requestPolicies"', 'a route\'s "requestPolicies"'];
  it.each([
    ["authentication", api],
    ["dynamicAuthentication", api],
    ["rateLimiting", api],
    ["cors", '"requestPolicies" of the API or of a route'],
    ["authorization", route],
    ["headerTransformations", 'a route\'s "requestPolicies" or "responsePolicies"'],
    ["queryParameterTransformations", route],
    ["headerValidations", route],
    ["queryParameterValidations", route],
    ["bodyValidation", route],
  ] as const)("[unsupported-setting] says where %s stands", (name, where) => {
    expect(lines(checkSettings({ [name]: {} }, ["url", "kind"], 'routes["GET /a"]'))).toEqual([
      `routes["GET /a"].${name}: stands under ${where}; allowed here are url, kind [unsupported-setting]`,
    ]);
  });
  it("[unsupported-setting] refuses a typing error, and takes undefined for not given", () => {
    expect(lines(checkSettings({ pathPrefx: "/v1", x: undefined }, ["pathPrefix"], ""))).toEqual([
      "pathPrefx: is not a setting; allowed are pathPrefix [unsupported-setting]",
    ]);
  });
});
