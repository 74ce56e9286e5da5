import { describe, expect, it } from "vitest";
import { any, type Call, calleeOf, callerOf, type Verdict } from "../../policy/iam/calls.ts";
import { callJudge } from "../../policy/iam/grants.ts";
import type { Resource } from "../../policy/rule.ts";
import { targetsOf } from "../../policy/stack.ts";
import { unknown, Value } from "../../policy/value.ts";

const resource = (type: string, properties: unknown, uses: Resource["uses"] = {}): Resource => ({
  type,
  name: "it",
  urn: `urn:pulumi:dev::shop::${type}::it`,
  properties: new Value(properties),
  isProtected: false,
  uses,
});
const shop = "ocid1.compartment.oc1..shop";
const edge = "ocid1.compartment.oc1..edge";
const gatewayId = "ocid1.apigateway.oc1..g";
const functionId = "ocid1.fnfunc.oc1..f";
const call: Call = { functionId, functionCompartmentId: shop, gatewayId, gatewayCompartmentId: edge };
const group = (properties: object) => resource("oci:Identity/dynamicGroup:DynamicGroup", properties);
const fitting = `resource.compartment.id = '${edge}'`;
const groups = [
  group({ matchingRule: "resource.type = 'other'" }),
  group({ name: "Gateways", id: "ocid1.dynamicgroup.oc1..A", matchingRule: fitting }),
  group({ name: "others", id: "ocid1.dynamicgroup.oc1..b", matchingRule: "resource.type = 'fnfunc'" }),
  group({ name: "later", id: unknown, matchingRule: unknown }),
  group({ name: "empty" }),
];
const policyOf = (statements: unknown) => resource("oci:Identity/policy:Policy", { statements });
const verdictOf = (statement: unknown, of: Partial<Call> = {}) =>
  callJudge([policyOf([statement])], groups)({ ...call, ...of });

// "Details for Functions", "Policy Syntax", "Verbs"
describe("what lets a gateway call a function", () => {
  it.each<[string, Verdict]>([
    ["Allow any-user to use functions-family in tenancy", "yes"],
    ["Allow any-group to use fn-invocation in tenancy", "yes"],
    ["Allow any-user to manage all-resources in tenancy", "yes"],
    ["Allow any-user to use fn-app, fn-invocation in tenancy", "yes"],
    ["Allow any-user to {FN_APP_READ, FN_INVOCATION} in tenancy", "yes"],
    ["Allow any-user to {FN_APP_READ} in tenancy", "no"],
    ["Allow any-user to use fn-function in tenancy", "no"],
    ["Allow any-user to read functions-family in tenancy", "no"],
    ["Allow any-user to inspect all-resources in tenancy", "no"],
    ["Endorse any-user to use functions-family in any-tenancy", "no"],
    ["Admit any-user of tenancy t to use functions-family in tenancy", "no"],
    ["Define tenancy t as ocid1.tenancy.oc1..t", "no"],
    ["Deny any-user to use functions-family in tenancy", "no"],
    ["Allow it", "no"],
  ])("%s: %s", (statement, expected) => {
    expect(verdictOf(statement)).toBe(expected);
  });

  it("is later said of a statement that isn't known, and never of one that isn't there", () => {
    expect([verdictOf(unknown), verdictOf(undefined)]).toEqual(["later", "no"]);
    const judged = [unknown, [], undefined].map((statements) => callJudge([policyOf(statements)], [])(call));
    expect(judged).toEqual(["later", "no", "no"]);
    const fits = "Allow any-user to use functions-family in tenancy";
    expect(callJudge([policyOf(unknown), policyOf([unknown, fits])], [])(call)).toBe("yes");
  });

  // What a call is held against is looked up by the facts that statements demand: none that fits may be missed.
  it.each<[string, readonly string[], readonly Verdict[]]>([
    [
      "functions by their OCIDs",
      ["target.function.id = 'A'", "target.function.id in ('b', 'c')"],
      ["yes", "yes", "yes", "no", "later", "yes"],
    ],
    ["all functions but one", ["target.function.id != 'a'"], ["no", "yes", "yes", "yes", "later", "yes"]],
    [
      "one function, or those that a pattern names",
      ["ANY {target.function.id = 'a', target.function.id = /b*/}"],
      ["yes", "yes", "yes", "yes", "yes", "yes"],
    ],
    [
      "a function of one gateway, and one of another",
      [
        `ALL {target.function.id = 'a', request.principal.id = '${gatewayId}'}`,
        "ALL {target.function.id = 'b', request.principal.id = 'ocid1.apigateway.oc1..h'}",
      ],
      ["yes", "no", "no", "no", "later", "yes"],
    ],
    [
      "one of two gateways, or one of two functions",
      ["ANY {request.principal.id in ('g', 'h'), ANY {target.function.id = 'a', target.function.id = 'd'}}"],
      ["yes", "no", "no", "yes", "later", "yes"],
    ],
  ])("%s", (_, conditions, expected) => {
    const statements = conditions.map(
      (one) => `Allow any-user to use functions-family in tenancy where ${one}`,
    );
    const judge = callJudge([policyOf(statements)], []);
    const ids = ["a", "B", "c", "d", undefined, null];
    expect(ids.map((one) => judge({ ...call, functionId: one }))).toEqual(expected);
    // A second time, what was judged before.
    expect(ids.map((one) => judge({ ...call, functionId: one }))).toEqual(expected);
  });

  it("two gateways and two compartments, each call by its own facts", () => {
    const statements = [
      `Allow any-user to use functions-family in compartment id ${shop} where request.principal.id = 'g'`,
      `Allow any-user to use functions-family in compartment id ${edge} where request.principal.id in ('g', 'h')`,
      `Allow dynamic-group gateways to use functions-family in compartment id ${shop.toUpperCase()}`,
    ];
    const judge = callJudge([policyOf(statements)], groups);
    const of = (gateway: string, functions: string, gateways: string) =>
      judge({
        ...call,
        gatewayId: gateway,
        functionCompartmentId: functions,
        gatewayCompartmentId: gateways,
      });
    expect(of("G", shop, shop)).toBe("yes");
    expect(of("h", shop, shop)).toBe("no");
    expect(of("h", edge, shop)).toBe("yes");
    expect(of("h", shop, edge)).toBe("yes");
    expect(of("i", edge, edge)).toBe("no");
  });

  it.each<[string, Partial<Call>, Verdict]>([
    ["compartment shop", {}, "yes"],
    [`compartment id ${shop}`, {}, "yes"],
    [`compartment id ${shop.toUpperCase()}`, {}, "yes"],
    [`compartment id ${edge}`, {}, "no"],
    ["compartment id ocid1.tenancy.oc1..t", {}, "yes"],
    [`compartment id ${edge}`, { functionCompartmentId: undefined }, "later"],
    [`compartment id ${edge}`, { functionCompartmentId: null }, "yes"],
  ])("in %s, %j: %s", (location, of, expected) => {
    expect(verdictOf(`Allow any-user to use functions-family in ${location}`, of)).toBe(expected);
  });

  it.each<[string, Partial<Call>, Verdict]>([
    ["resource.type = 'ApiGateway'", {}, "yes"],
    ["resource.type = 'fnfunc'", {}, "no"],
    ["request.principal.type = 'APIGATEWAY'", {}, "yes"],
    ["request.principal.type = 'fnfunc'", {}, "no"],
    [`resource.id = '${gatewayId}'`, {}, "yes"],
    ["resource.id = 'ocid1.apigateway.oc1..h'", {}, "no"],
    [`request.principal.id = '${gatewayId}'`, {}, "yes"],
    ["request.principal.id = 'ocid1.apigateway.oc1..h'", {}, "no"],
    [`resource.compartment.id = '${edge}'`, {}, "yes"],
    [`resource.compartment.id = '${shop}'`, {}, "no"],
    [`request.principal.compartment.id = '${edge}'`, {}, "yes"],
    [`request.principal.compartment.id = '${shop}'`, {}, "no"],
    [`request.resource.compartment.id = '${edge}'`, {}, "yes"],
    [`request.resource.compartment.id = '${shop}'`, {}, "no"],
    [`target.function.id = '${functionId}'`, {}, "yes"],
    ["target.function.id = 'ocid1.fnfunc.oc1..e'", {}, "no"],
    // What isn't judged here is taken for fitting.
    ["request.region = 'fra'", {}, "yes"],
    ["request.region != 'fra'", {}, "yes"],
    ["resource.id after '2026-01-01T00:00Z'", {}, "yes"],
    ["resource.id = /ocid1.apigateway.oc1..h*/", {}, "yes"],
    ["resource.id in ('ocid1.apigateway.oc1..h', 'ocid1.apigateway.oc1..i*')", {}, "yes"],
    // Comparisons with several values, and with none of them.
    [`resource.id in ('ocid1.apigateway.oc1..h', '${gatewayId}')`, {}, "yes"],
    ["resource.id in ('ocid1.apigateway.oc1..h', 'ocid1.apigateway.oc1..i')", {}, "no"],
    ["resource.id != 'ocid1.apigateway.oc1..h'", {}, "yes"],
    [`resource.id != '${gatewayId}'`, {}, "no"],
    [`ANY {resource.id = 'x', request.principal.type = 'ApiGateway'}`, {}, "yes"],
    [`ALL {resource.id = 'x', request.principal.type = 'ApiGateway'}`, {}, "no"],
    // Known only later, or never.
    ["resource.id = 'ocid1.apigateway.oc1..h'", { gatewayId: undefined }, "later"],
    ["resource.id != 'ocid1.apigateway.oc1..h'", { gatewayId: undefined }, "later"],
    ["resource.id = 'ocid1.apigateway.oc1..h'", { gatewayId: null }, "yes"],
    ["resource.id != 'ocid1.apigateway.oc1..h'", { gatewayId: null }, "yes"],
    ["ALL {resource.id = 'h', resource.type = 'fnfunc'}", { gatewayId: undefined }, "no"],
    ["ANY {resource.id = 'h', resource.type = 'ApiGateway'}", { gatewayId: undefined }, "yes"],
  ])("where %s, %j: %s", (condition, of, expected) => {
    expect(verdictOf(`Allow any-user to use functions-family in tenancy where ${condition}`, of)).toBe(
      expected,
    );
  });

  it.each<[string, Verdict]>([
    ["group developers", "no"],
    ["group dynamic-group gateways", "no"],
    ["dynamic-group gateways", "yes"],
    ["dynamic-group 'Default'/'GATEWAYS'", "yes"],
    ["dynamic-group others", "no"],
    ["dynamic-group others, empty", "no"],
    ["dynamic-group others, gateways", "yes"],
    ["dynamic-group empty", "no"],
    ["dynamic-group later", "later"],
    ["dynamic-group later, gateways", "yes"],
    ["dynamic-group of-another-program", "yes"],
    ["dynamic-group id ocid1.dynamicgroup.oc1..a", "yes"],
    ["dynamic-group id ocid1.dynamicgroup.oc1..b", "no"],
    ["dynamic-group  ID  OCID1.dynamicgroup.oc1..b", "no"],
    ["dynamic-group id ocid1.dynamicgroup.oc1..c", "yes"],
  ])("Allow %s: %s", (subject, expected) => {
    expect(verdictOf(`Allow ${subject} to use functions-family in tenancy`)).toBe(expected);
  });

  it.each<[Verdict[], Verdict]>([
    [[], "no"],
    [["no", "no"], "no"],
    [["no", "later"], "later"],
    [["later", "yes"], "yes"],
  ])("any of %j: %s", (verdicts, expected) => {
    expect(any(verdicts)).toBe(expected);
  });
});

describe("the call of a function by a deployment's gateway", () => {
  const applicationId = "ocid1.fnapp.oc1..a";
  const application = (properties: object) =>
    resource("oci:Functions/application:Application", { compartmentId: shop, ...properties });
  const gateway = (properties: object) =>
    resource("oci:ApiGateway/gateway:Gateway", { compartmentId: edge, ...properties });
  const func = (properties: object, uses: Resource["uses"] = {}) =>
    resource("oci:Functions/function:Function", properties, uses);
  const deployment = (properties: object, uses: Resource["uses"] = {}) =>
    resource("oci:ApiGateway/deployment:Deployment", properties, uses);
  const policy = resource("oci:Identity/policy:Policy", { compartmentId: "p", id: applicationId });
  const other = application({ compartmentId: "o", id: "ocid1.fnapp.oc1..o" });
  const nameless = application({ compartmentId: "n", id: unknown });

  it.each<[string, Resource, Resource, Resource[], Call]>([
    [
      "before anything is made: by what it is made of",
      func({ applicationId: unknown }, { applicationId: [policy, application({})] }),
      deployment({ gatewayId: unknown }, { gatewayId: [gateway({})] }),
      [],
      { ...call, functionId: undefined, gatewayId: undefined },
    ],
    [
      "afterwards: by ids",
      func({ id: functionId, applicationId }),
      deployment({ gatewayId }),
      [policy, other, nameless, application({ id: applicationId }), gateway({ id: gatewayId })],
      call,
    ],
    [
      "the provider tells the function's compartment",
      func({ id: functionId, applicationId, compartmentId: "c" }),
      deployment({ gatewayId }),
      [application({ id: applicationId })],
      { functionId, functionCompartmentId: "c", gatewayId, gatewayCompartmentId: null },
    ],
    [
      "of others' application and gateway, nothing will be known",
      func({ id: functionId, applicationId }),
      deployment({ gatewayId }),
      [other, nameless, policy],
      { functionId, functionCompartmentId: null, gatewayId, gatewayCompartmentId: null },
    ],
    [
      "of what isn't known yet, something may be",
      func({ id: unknown, applicationId: unknown }),
      deployment({ gatewayId: unknown }),
      [nameless, other, gateway({ id: unknown })],
      {
        functionId: undefined,
        functionCompartmentId: undefined,
        gatewayId: undefined,
        gatewayCompartmentId: undefined,
      },
    ],
    [
      "the application's compartment is known later",
      func({ id: functionId, applicationId }),
      deployment({ gatewayId }),
      [application({ id: applicationId, compartmentId: unknown })],
      { functionId, functionCompartmentId: undefined, gatewayId, gatewayCompartmentId: null },
    ],
  ])("%s", (_, of, by, resources, expected) => {
    expect({
      ...calleeOf(of, targetsOf(resources, "oci:Functions/application:Application")),
      ...callerOf(by, targetsOf(resources, "oci:ApiGateway/gateway:Gateway")),
    }).toEqual(expected);
  });
});
