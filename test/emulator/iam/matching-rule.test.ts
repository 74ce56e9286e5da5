import { describe, expect, test } from "vitest";
import { compileIam, IamSyntaxError, parseMatchingRule } from "../../../emulator/iam/index.ts";
import { GATEWAY, ROOT, stateOf } from "./fixture.ts";

// Syntax: "Writing Matching Rules to Define Dynamic Groups".
describe("who a matching rule matches", () => {
  const type = "resource.type = 'ApiGateway'";
  const compartment = `resource.compartment.id = '${GATEWAY.compartmentId}'`;
  test.each([
    { rule: `ALL {${type}, ${compartment}}`, matches: true },
    { rule: `all{resource.type='apigateway',${compartment}}`, matches: true },
    { rule: `All {${type}, resource.compartment.id = 'ocid1.compartment.oc1..other'}`, matches: false },
    { rule: `ANY {${type}, resource.compartment.id = 'ocid1.compartment.oc1..other'}`, matches: true },
    { rule: type, matches: true },
    { rule: `resource.id = '${GATEWAY.id}'`, matches: true },
    { rule: `resource.id = '${GATEWAY.id.toUpperCase()}'`, matches: true },
    { rule: "resource.id != 'ocid1.apigateway.oc1..other'", matches: true },
    { rule: `resource.id != '${GATEWAY.id}'`, matches: false },
    { rule: `ALL {${type}, ANY {resource.id = 'a', resource.id = '${GATEWAY.id}'}}`, matches: true },
    { rule: "resource.type = 'fnfunc'", matches: false },
    { rule: "instance.id = ''", matches: false },
    // A gateway has no instance.…, so the clause is false with != too.
    { rule: "instance.compartment.id != 'x'", matches: false },
    { rule: `\n ALL  {\n\t${type} ,\r\n${compartment} }\n`, matches: true },
  ])("$rule", ({ rule, matches }) => {
    const statement = "Allow dynamic-group gateways to use functions-family in tenancy";
    const decider = compileIam(stateOf([statement], { rule }));
    const request = { permission: "FN_INVOCATION", targetCompartmentId: ROOT, variables: {} };
    expect(decider.decide({ principal: GATEWAY, ...request }).allowed).toBe(matches);
  });
});

describe("throws when a rule", () => {
  const variables =
    "instance.id, instance.compartment.id, resource.id, resource.compartment.id, resource.type";
  const example = "ALL {resource.type = 'ApiGateway', resource.compartment.id = '<compartment OCID>'}";
  test.each([
    { rule: "", position: 1, error: `expected a condition, for example ${example}, but the text ends` },
    { rule: "ALL {}", position: 6, error: `expected a condition, for example ${example}, but found "}"` },
    { rule: "ALL {resource.id = 'a'", position: 23, error: 'expected "," or "}", but the text ends' },
    {
      rule: "ALL {resource.id = 'a' resource.id = 'b'}",
      position: 24,
      error: 'expected "," or "}", but found "resource.id"',
    },
    { rule: "resource.id = 'a', resource.id = 'b'", position: 18, error: 'expected the end, but found ","' },
    { rule: "resource.id", position: 12, error: 'expected "=" or "!=", but the text ends' },
    { rule: "resource.id == 'a'", position: 14, error: 'expected a value in single quotes, but found "="' },
    { rule: "resource.id = a", position: 15, error: 'expected a value in single quotes, but found "a"' },
    {
      rule: 'resource.id = "a"',
      position: 15,
      error: 'expected a value in single quotes, but found "\\"a\\""',
    },
    {
      rule: "resource.id = /a*/",
      position: 15,
      error: 'expected a value in single quotes, but found "/a*/"',
    },
    {
      rule: "resource.kind = 'a'",
      position: 1,
      error: `expected a variable (${variables}), but found "resource.kind"`,
    },
    {
      rule: "ALL {tag.ns.key.value = 'v'}",
      position: 6,
      error: 'tags in matching rules ("tag.ns.key.value") are not supported by the emulator',
    },
  ])("is $rule", ({ rule, position, error }) => {
    const thrown = (() => {
      try {
        return parseMatchingRule(rule);
      } catch (caught) {
        return caught;
      }
    })();
    expect(thrown).toBeInstanceOf(IamSyntaxError);
    expect(thrown).toMatchObject({
      position,
      expectation: error,
      message: `character ${position}: ${error}`,
    });
  });
});
