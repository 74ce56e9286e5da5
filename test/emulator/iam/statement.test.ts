import { describe, expect, test } from "vitest";
import {
  IamSyntaxError,
  parseMatchingRule,
  parseStatement,
  printStatement,
} from "../../../emulator/iam/index.ts";

const rest = "to use functions-family in tenancy";

// Forms: "Policy Syntax", "Subjects", "Verbs", "Locations", "Conditions".
describe("a statement reads as", () => {
  const access = { kind: "verb", verb: "use", resourceType: "functions-family" };
  const tenancy = { kind: "tenancy" };
  test.each<{ text: string; statement: unknown }>([
    {
      text: `Allow any-user ${rest}`,
      statement: { subject: { kind: "any-user" }, access, location: tenancy },
    },
    {
      text: `ALLOW ANY-GROUP TO USE FUNCTIONS-FAMILY IN TENANCY`,
      statement: { subject: { kind: "any-group" }, access, location: tenancy },
    },
    {
      text: `allow  dynamic-group\n dg ${rest}`,
      statement: {
        subject: { kind: "dynamic-group", references: [{ name: "dg" }] },
        access,
        location: tenancy,
      },
    },
    {
      text: `Allow dynamic-group 'Default'/'my dg',Other/dg2, id ocid1.dynamicgroup.oc1..x ${rest}`,
      statement: {
        subject: {
          kind: "dynamic-group",
          references: [
            { domain: "Default", name: "my dg" },
            { domain: "Other", name: "dg2" },
            { id: "ocid1.dynamicgroup.oc1..x" },
          ],
        },
        access,
        location: tenancy,
      },
    },
    {
      text: `Allow group A-Admins, group id ocid1.group.oc1..x ${rest}`,
      statement: {
        subject: { kind: "group", references: [{ name: "A-Admins" }, { id: "ocid1.group.oc1..x" }] },
        access,
        location: tenancy,
      },
    },
    {
      text: "Allow service FaaS to use apm-domains in compartment id ocid1.compartment.oc1..x",
      statement: {
        subject: { kind: "service", names: ["FaaS"] },
        access: { kind: "verb", verb: "use", resourceType: "apm-domains" },
        location: { kind: "compartment-id", id: "ocid1.compartment.oc1..x" },
      },
    },
    {
      text: "Allow any-user to {FN_INVOCATION, fn_function_read} in compartment a:b:'c d'",
      statement: {
        subject: { kind: "any-user" },
        access: { kind: "permissions", permissions: ["FN_INVOCATION", "FN_FUNCTION_READ"] },
        location: { kind: "compartment", path: ["a", "b", "c d"] },
      },
    },
    {
      text: `Allow any-user ${rest} where all {request.principal.type= 'ApiGateway', any {target.x != /a*/, Target.Y not in ('1', /2*/)}}`,
      statement: {
        subject: { kind: "any-user" },
        access,
        location: tenancy,
        condition: {
          kind: "all",
          conditions: [
            {
              kind: "equals",
              variable: "request.principal.type",
              isNegated: false,
              value: { kind: "text", text: "ApiGateway" },
            },
            {
              kind: "any",
              conditions: [
                {
                  kind: "equals",
                  variable: "target.x",
                  isNegated: true,
                  value: { kind: "pattern", text: "a*" },
                },
                {
                  kind: "in",
                  variable: "target.y",
                  isNegated: true,
                  values: [
                    { kind: "text", text: "1" },
                    { kind: "pattern", text: "2*" },
                  ],
                },
              ],
            },
          ],
        },
      },
    },
  ])("$text", ({ text, statement }) => {
    expect(parseStatement(text)).toEqual(statement);
    expect(parseStatement(printStatement(parseStatement(text)))).toEqual(statement);
  });
});

describe("throws when a statement", () => {
  const subjects = "any-user, any-group, dynamic-group, group, service";
  test.each([
    { text: "", error: 'character 1: expected "Allow", but the text ends' },
    { text: `Permit any-user ${rest}`, error: 'character 1: expected "Allow", but found "Permit"' },
    ...["deny", "define", "endorse", "admit"].map((word) => ({
      text: `${word} any-user ${rest}`,
      error: `character 1: "${word}" statements are not supported by the emulator: write "Allow …"`,
    })),
    {
      text: `Allow user bob ${rest}`,
      error: `character 7: expected a subject (${subjects}), but found "user"`,
    },
    {
      text: "Allow dynamic-group",
      error: "character 20: expected the name of a dynamic-group, but the text ends",
    },
    {
      text: "Allow dynamic-group id",
      error: "character 23: expected the OCID of a dynamic-group, but the text ends",
    },
    { text: "Allow group a b to use x in tenancy", error: 'character 15: expected to, but found "b"' },
    {
      text: "Allow any-user to call functions-family in tenancy",
      error: 'character 19: expected a verb (inspect, read, use, manage), but found "call"',
    },
    {
      text: "Allow any-user to use in tenancy",
      error: 'character 23: expected a resource type, for example functions-family, but found "in"',
    },
    { text: "Allow any-user to use functions-family", error: "character 39: expected in, but the text ends" },
    {
      text: "Allow any-user to use functions-family in region x",
      error: 'character 43: expected a location (tenancy, compartment), but found "region"',
    },
    {
      text: "Allow any-user to use functions-family in compartment",
      error: "character 54: expected the name of a compartment, but the text ends",
    },
    {
      text: "Allow any-user to use functions-family in compartment id",
      error: "character 57: expected the OCID of a compartment, but the text ends",
    },
    {
      text: `Allow any-user ${rest} if x`,
      error: 'character 51: expected "where" or the end, but found "if"',
    },
    {
      text: `Allow any-user ${rest} where`,
      error:
        "character 56: expected a condition, for example request.principal.type = 'ApiGateway', but the text ends",
    },
    {
      text: `Allow any-user ${rest} where request.principal.type = ApiGateway`,
      error:
        'character 82: expected a value in single quotes or a pattern between slashes, but found "ApiGateway"',
    },
    {
      text: `Allow any-user ${rest} where resource.type = 'ApiGateway'`,
      error:
        'character 57: expected a variable that begins with request. or target., but found "resource.type"',
    },
    {
      text: `Allow any-user ${rest} where request.principal.type like 'x'`,
      error: 'character 80: expected "=", "!=" or "in (…)", but found "like"',
    },
    {
      text: `Allow any-user ${rest} where target.a in ('x'`,
      error: 'character 73: expected "," or ")", but the text ends',
    },
    {
      text: `Allow any-user ${rest} where target.a = 'x' and target.b = 'y'`,
      error: 'character 72: expected the end, but found "and"',
    },
    ...[
      "request.principal.group.tag.ns.key",
      "target.resource.tag.ns.key",
      "target.resource.compartment.tag.ns.key",
    ].map((name) => ({
      text: `Allow any-user ${rest} where ${name} = 'x'`,
      error: `character 57: conditions on tags ("${name}") are not supported by the emulator`,
    })),
    ...[
      "request.utc-timestamp",
      "request.utc-timestamp.time-of-day",
      "request.networksource.name",
      "request.region",
      "request.ad",
    ].map((name) => ({
      text: `Allow any-user ${rest} where ${name} = 'x'`,
      error: `character 57: the variable "${name}" is not supported by the emulator`,
    })),
    {
      text: `Allow any-user ${rest} where target.time between '1' and '2'`,
      error: 'character 69: conditions on time ("between") are not supported by the emulator',
    },
    { text: "Allow any-user to {} in tenancy", error: 'character 20: expected a permission, but found "}"' },
    { text: "Allow any-user to {A B} in tenancy", error: 'character 22: expected "," or "}", but found "B"' },
  ])("is $text", ({ text, error }) => {
    expect(() => parseStatement(text)).toThrow(new IamSyntaxErrorOf(error));
  });
});

/** An IamSyntaxError by its whole message. */
class IamSyntaxErrorOf extends IamSyntaxError {
  constructor(message: string) {
    const [, position = "", expectation = ""] = /^character (\d+): (.*)$/.exec(message) ?? [];
    super(Number(position), expectation);
  }
}

test.each([
  ["Allow any-user to use functions-family in tenancy where ", parseStatement, 562],
  ["", parseMatchingRule, 506],
])("refuses conditions that are nested without end: %j", (start, parse, position) => {
  const nested = (depth: number) =>
    `${start}${"any {".repeat(depth)}${start === "" ? "resource" : "request"}.id = 'x'${"}".repeat(depth)}`;
  expect(() => parse(nested(100))).not.toThrow();
  expect(() => parse(nested(20_000))).toThrow(
    `character ${position}: conditions nested deeper than 100 levels are not supported by the emulator`,
  );
});
