import { describe, expect, it } from "vitest";
import {
  compartmentStatements,
  functionsStatements,
  furtherStatement,
  matchingRule,
  parseGroupName,
  type Subject,
  subjectText,
} from "../../components/model/iam.ts";

const gatewayCompartmentId = "ocid1.compartment.oc1..gateways";
const functionsCompartmentId = "ocid1.compartment.oc1..functions";
const gatewayId = "ocid1.apigateway.oc1.eu-frankfurt-1.g";
const byId: Subject = { kind: "group-id", id: "ocid1.dynamicgroup.oc1..d" };
const byName: Subject = { kind: "group-name", name: "gateways" };
const inDomain: Subject = { kind: "group-name", domain: "Our Domain", name: "gateways" };
const anyUser: Subject = { kind: "any-user" };
const facts = { gatewayCompartmentId, functionsCompartmentId };
const in_ = `in compartment id ${functionsCompartmentId}`;

it("matches the gateways of a compartment", () => {
  // Oracle's function samples; "Managing Dynamic Groups"
  expect(matchingRule(gatewayCompartmentId)).toBe(
    "ALL {resource.type = 'ApiGateway', resource.compartment.id = 'ocid1.compartment.oc1..gateways'}",
  );
});

describe("scope compartment", () => {
  // "Create Policies to Control Access to Network and API Gateway-Related Resources"; subjects: "Policy Syntax"
  it.each([
    [byId, `Allow dynamic-group id ocid1.dynamicgroup.oc1..d to use functions-family ${in_}`],
    [byName, `Allow dynamic-group gateways to use functions-family ${in_}`],
    [inDomain, `Allow dynamic-group 'Our Domain'/'gateways' to use functions-family ${in_}`],
    [
      anyUser,
      `Allow any-user to use functions-family ${in_} where ALL {request.principal.type = 'ApiGateway', request.resource.compartment.id = 'ocid1.compartment.oc1..gateways'}`,
    ],
  ])("grants $kind", (subject, statement) => {
    expect(compartmentStatements({ ...facts, subject })).toEqual([statement]);
  });
});

describe("scope functions", () => {
  it("grants a group calls of one function by this gateway", () => {
    expect(functionsStatements({ ...facts, subject: byName, gatewayId, functionIds: ["f1"] })).toEqual([
      `Allow dynamic-group gateways to use fn-invocation ${in_} where ALL {request.principal.id = '${gatewayId}', target.function.id = 'f1'}`,
      `Allow dynamic-group gateways to read fn-function ${in_} where request.principal.id = '${gatewayId}'`,
    ]);
  });

  it("grants any-user calls of several functions by this gateway", () => {
    expect(functionsStatements({ ...facts, subject: anyUser, gatewayId, functionIds: ["f1", "f2"] })).toEqual(
      [
        `Allow any-user to use fn-invocation ${in_} where ALL {request.principal.type = 'ApiGateway', request.principal.id = '${gatewayId}', ANY {target.function.id = 'f1', target.function.id = 'f2'}}`,
        `Allow any-user to read fn-function ${in_} where ALL {request.principal.type = 'ApiGateway', request.principal.id = '${gatewayId}'}`,
      ],
    );
  });
});

// "Policy Syntax": a location is the tenancy, or a compartment
it("names the tenancy where functions lie in its root compartment", () => {
  const inRoot = { ...facts, functionsCompartmentId: "ocid1.tenancy.oc1..acme", subject: byName };
  expect(compartmentStatements(inRoot)).toEqual([
    "Allow dynamic-group gateways to use functions-family in tenancy",
  ]);
  expect(functionsStatements({ ...inRoot, gatewayId, functionIds: ["ocid1.fnfunc.oc1.fra.f"] })).toEqual([
    `Allow dynamic-group gateways to use fn-invocation in tenancy where ALL {request.principal.id = '${gatewayId}', target.function.id = 'ocid1.fnfunc.oc1.fra.f'}`,
    `Allow dynamic-group gateways to read fn-function in tenancy where request.principal.id = '${gatewayId}'`,
  ]);
});

it("writes text without double blanks, tabs or line breaks, which OCI would normalise", () => {
  for (const subject of [byId, byName, inDomain, anyUser]) {
    const texts = [
      ...compartmentStatements({ ...facts, subject }),
      ...functionsStatements({ ...facts, subject, gatewayId, functionIds: ["f1", "f2"] }),
    ];
    for (const text of texts) expect(text).toMatch(/^Allow (?!.*\s\s)[^\t\r\n]*[^\s]$/);
  }
});

it.each([
  [byId, "Allow dynamic-group id ocid1.dynamicgroup.oc1..d to read x in tenancy"],
  [inDomain, "Allow dynamic-group 'Our Domain'/'gateways' to read x in tenancy"],
  [anyUser, "Allow dynamic-group {group} to read x in tenancy"],
  [
    { kind: "group-id", id: "x dynamic-group y" } as const,
    "Allow dynamic-group id x dynamic-group y to read x in tenancy",
  ],
])("fills the group into further statements", (subject, expected) => {
  expect(furtherStatement("Allow dynamic-group {group} to read x in tenancy", subject)).toBe(expected);
});

it("[group-name] reads names of groups", () => {
  expect(parseGroupName("gateways")).toStrictEqual(byName);
  expect(parseGroupName("Our Domain/gateways")).toEqual(inDomain);
  for (const wrong of ["", "a b", "a/b/c", "/a", "a/", "a'b", "äb", "d'/x", "äd/x", "a".repeat(101)]) {
    expect(parseGroupName(wrong)).toBeUndefined();
  }
  expect(subjectText(inDomain)).toBe("dynamic-group 'Our Domain'/'gateways'");
});

it("throws when the subject is of a kind that doesn't exist", () => {
  const error = new TypeError('no such subject: {"kind":"user"}');
  expect(() => subjectText({ kind: "user" } as unknown as Subject)).toThrow(error);
});
