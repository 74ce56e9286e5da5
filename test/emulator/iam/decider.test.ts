import { describe, expect, test } from "vitest";
import { compileIam } from "../../../emulator/iam/index.ts";
import type { AccessRequest, Decision } from "../../../emulator/iam/types.ts";
import {
  DEEP,
  FUNCTION,
  FUNCTIONS,
  GATEWAY,
  GATEWAYS,
  GROUP,
  OTHER,
  OTHER_FUNCTIONS,
  ROOT,
  SHOP,
  stateOf,
} from "./fixture.ts";

const FN = "ocid1.fnfunc.oc1..hello";
const INVOKE: AccessRequest = {
  principal: GATEWAY,
  permission: "FN_INVOCATION",
  targetCompartmentId: FUNCTIONS,
  variables: { "target.function.id": FN },
};

function decide(statements: string[], changes: Partial<AccessRequest> = {}, compartmentId = ROOT): Decision {
  return compileIam(stateOf(statements, { compartmentId })).decide({ ...INVOKE, ...changes });
}

const allows = (statement: string, changes: Partial<AccessRequest> = {}) =>
  decide([statement], changes).allowed;
const use = "to use functions-family in tenancy";

test.each(["constructor", "__proto__", "hasownproperty", "nosql-tables"])(
  "a statement for %s, a resource type that isn't modelled, grants nothing and hides no other",
  (resourceType) => {
    const other = `Allow any-user to use ${resourceType} in tenancy`;
    expect(decide([other])).toMatchObject({
      allowed: false,
      reasons: ["no statement of any policy grants FN_INVOCATION"],
    });
    expect(decide([other, `Allow any-user ${use}`])).toMatchObject({
      allowed: true,
      statement: `Allow any-user ${use}`,
    });
  },
);

describe("the forms that the component writes", () => {
  const current = `Allow any-user to use functions-family in compartment id ${FUNCTIONS} where ALL {request.principal.type = 'ApiGateway', request.resource.compartment.id = '${GATEWAYS}'}`;
  const strict = [
    `Allow dynamic-group id ${GROUP} to use fn-invocation in compartment id ${FUNCTIONS} where ALL {request.principal.id = '${GATEWAY.id}', ANY {target.function.id = 'ocid1.fnfunc.oc1..a', target.function.id = '${FN}'}}`,
    `Allow dynamic-group id ${GROUP} to read fn-function in compartment id ${FUNCTIONS}`,
  ];
  const elsewhere = { ...GATEWAY, id: "ocid1.apigateway.oc1..two", compartmentId: OTHER };
  const neighbour = { ...GATEWAY, id: "ocid1.apigateway.oc1..two" };
  const read = { permission: "FN_FUNCTION_READ" };
  const otherFunction = { variables: { "target.function.id": "ocid1.fnfunc.oc1..other" } };
  test.each<[name: string, statements: string[], changes: Partial<AccessRequest>, allowed: boolean]>([
    [
      "group by id",
      [`Allow dynamic-group id ${GROUP} to use functions-family in compartment id ${FUNCTIONS}`],
      {},
      true,
    ],
    [
      "group by name",
      [`Allow dynamic-group gateways to use functions-family in compartment id ${FUNCTIONS}`],
      {},
      true,
    ],
    [
      "group, gateway in another compartment",
      [`Allow dynamic-group gateways ${use}`],
      { principal: elsewhere },
      false,
    ],
    ["group, a function as caller", [`Allow dynamic-group gateways ${use}`], { principal: FUNCTION }, false],
    ["any-user", [current], {}, true],
    ["any-user, also to read", [current], read, true],
    ["any-user, gateway in another compartment", [current], { principal: elsewhere }, false],
    [
      "any-user, a function as caller",
      [current],
      { principal: { ...FUNCTION, compartmentId: GATEWAYS } },
      false,
    ],
    ["any-user, other target", [current], { targetCompartmentId: OTHER }, false],
    ["functions", strict, {}, true],
    ["functions, read", strict, read, true],
    ["functions, read without its statement", strict.slice(0, 1), read, false],
    ["functions, another function", strict, otherFunction, false],
    ["functions, a second gateway in the compartment", strict, { principal: neighbour }, false],
  ])("%s", (_name, statements, changes, allowed) => {
    expect(decide(statements, changes).allowed).toBe(allowed);
  });
});

// "Details for Functions": FN_INVOCATION is only in `use fn-invocation`; verbs are cumulative.
describe("what a verb includes", () => {
  const permissions = [
    "FN_APP_LIST",
    "FN_APP_READ",
    "FN_APP_UPDATE",
    "FN_FUNCTION_LIST",
    "FN_FUNCTION_READ",
    "FN_FUNCTION_DELETE",
    "FN_INVOCATION",
  ];
  test.each([
    ["inspect fn-app", ["FN_APP_LIST"]],
    ["read fn-app", ["FN_APP_LIST", "FN_APP_READ"]],
    ["use fn-app", ["FN_APP_LIST", "FN_APP_READ"]],
    ["manage fn-app", ["FN_APP_LIST", "FN_APP_READ", "FN_APP_UPDATE"]],
    ["inspect fn-function", ["FN_FUNCTION_LIST"]],
    ["use fn-function", ["FN_FUNCTION_LIST", "FN_FUNCTION_READ"]],
    ["manage fn-function", ["FN_FUNCTION_LIST", "FN_FUNCTION_READ", "FN_FUNCTION_DELETE"]],
    ["inspect fn-invocation", []],
    ["read fn-invocation", []],
    ["use fn-invocation", ["FN_INVOCATION"]],
    ["manage fn-invocation", ["FN_INVOCATION"]],
    ["read functions-family", ["FN_APP_LIST", "FN_APP_READ", "FN_FUNCTION_LIST", "FN_FUNCTION_READ"]],
    [
      "use functions-family",
      ["FN_APP_LIST", "FN_APP_READ", "FN_FUNCTION_LIST", "FN_FUNCTION_READ", "FN_INVOCATION"],
    ],
    ["manage functions-family", permissions],
    [
      "use all-resources",
      ["FN_APP_LIST", "FN_APP_READ", "FN_FUNCTION_LIST", "FN_FUNCTION_READ", "FN_INVOCATION"],
    ],
    ["manage all-resources", permissions],
    ["{FN_INVOCATION}", ["FN_INVOCATION"]],
    ["use virtual-network-family", []],
    ["manage public-ips", []],
  ])("%s", (access, granted) => {
    const statement = `Allow any-user to ${access} in tenancy`;
    expect(permissions.filter((permission) => allows(statement, { permission }))).toEqual(granted);
  });
});

describe("whom a subject includes", () => {
  test.each([
    ["any-user", true],
    ["any-group", true],
    ["dynamic-group GATEWAYS", true],
    ["dynamic-group 'Default'/'gateways'", true],
    ["dynamic-group other, gateways", true],
    [`dynamic-group id ${GROUP}`, true],
    ["dynamic-group 'Other'/'gateways'", false],
    ["group gateways", false],
    [`group id ${GROUP}`, false],
    ["service apigateway", false],
  ])("%s", (subject, allowed) => {
    expect(allows(`Allow ${subject} ${use}`)).toBe(allowed);
  });

  test("any-group doesn't include a resource in no group", () => {
    expect(allows(`Allow any-group ${use}`, { principal: FUNCTION })).toBe(false);
  });
});

// "Policy Attachment", "Locations": names count from the policy's compartment; a statement covers the subtree.
describe("what a location covers", () => {
  const everywhere = [ROOT, SHOP, FUNCTIONS, DEEP, GATEWAYS, OTHER, OTHER_FUNCTIONS];
  const shop = [SHOP, FUNCTIONS, DEEP];
  test.each([
    ["tenancy", ROOT, everywhere],
    ["compartment shop", ROOT, shop],
    ["compartment SHOP", ROOT, shop],
    ["compartment acme", ROOT, everywhere],
    ["compartment shop:functions", ROOT, [FUNCTIONS, DEEP]],
    ["compartment shop:functions:deep", ROOT, [DEEP]],
    ["compartment functions", ROOT, []],
    ["compartment functions", SHOP, [FUNCTIONS, DEEP]],
    ["compartment functions", OTHER, [OTHER_FUNCTIONS]],
    ["compartment functions:deep", SHOP, [DEEP]],
    ["compartment shop", SHOP, shop],
    [`compartment id ${SHOP}`, ROOT, shop],
    [`compartment id ${SHOP}`, SHOP, shop],
    [`compartment id ${SHOP}`, OTHER, []],
    [`compartment id ${SHOP}`, FUNCTIONS, []],
    ["tenancy", SHOP, []],
  ])("%s, policy in %s", (location, policyCompartmentId, covered) => {
    const statement = `Allow any-user to use functions-family in ${location}`;
    const targets = everywhere.filter(
      (targetCompartmentId) => decide([statement], { targetCompartmentId }, policyCompartmentId).allowed,
    );
    expect(targets).toEqual(covered);
  });
});

// "Conditions", "General Variables for All Requests".
describe("when a condition holds", () => {
  const variables = { "target.function.id": FN, "target.name": "HR-payroll" };
  test.each([
    ["request.principal.type = 'apigateway'", true],
    [`request.principal.id = '${GATEWAY.id}'`, true],
    [`request.principal.compartment.id = '${GATEWAYS}'`, true],
    [`request.resource.compartment.id = '${GATEWAYS}'`, true],
    [`target.compartment.id = '${FUNCTIONS}'`, true],
    ["target.compartment.name = 'Functions'", true],
    ["request.permission = 'FN_INVOCATION'", true],
    ["request.operation = 'InvokeFunction'", true],
    ["request.permission != 'FN_INVOCATION'", false],
    ["target.name = /HR*/", true],
    ["target.name = /*payroll/", true],
    ["target.name = /*-pay*/", true],
    ["target.name = /hr*roll/", true],
    ["target.name = /*/", true],
    ["target.name = /HR/", false],
    ["target.name = /*HR/", false],
    ["target.name != /HR*/", false],
    ["target.name = /HR-pay*payroll/", false],
    ["target.name = 'HR*'", false],
    ["target.name in ('x', 'hr-PAYROLL')", true],
    ["target.name in ('x', /y*/)", false],
    ["target.name not in ('x', /y*/)", true],
    ["target.absent = 'x'", false],
    ["target.absent != 'x'", false],
    ["target.absent not in ('x')", false],
    ["request.user.id != 'x'", false],
    ["ANY {target.absent = 'x', target.name = 'HR-payroll'}", true],
    ["ALL {target.absent = 'x', target.name = 'HR-payroll'}", false],
    ["ALL {target.name = 'HR-payroll'}", true],
  ])("%s", (condition, allowed) => {
    expect(allows(`Allow any-user ${use} where ${condition}`, { variables })).toBe(allowed);
  });

  test("request.resource.compartment.id is a gateway's only", () => {
    const statement = `Allow any-user ${use} where request.resource.compartment.id = '${FUNCTIONS}'`;
    expect(allows(statement, { principal: FUNCTION })).toBe(false);
  });
});
