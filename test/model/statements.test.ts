import { describe, expect, it } from "vitest";
import { checkMatchingRule } from "../../components/model/matching-rule.ts";
import { checkStatement, checkStatementCount } from "../../components/model/statements.ts";

const check = (statement: string, hasGroup = true) =>
  checkStatement(statement, hasGroup, "access.statements[0]").map((p) => `${p.message} [${p.rule}]`);

// "Policy Syntax"
describe("further statements", () => {
  it.each([
    "Allow dynamic-group {group} to use virtual-network-family in compartment id ocid1.compartment.oc1..a",
    "allow group Admins to manage public-ips in tenancy",
    "Allow any-user to use x in tenancy where ALL {request.principal.type='ApiGateway'}",
    "Define tenancy Other as ocid1.tenancy.oc1..a",
    "Deny group A to manage all-resources in tenancy",
    "Define group allow any-user as ocid1.group.oc1..a",
  ])("[statement-form] takes %s", (statement) => {
    expect(check(statement)).toEqual([]);
  });

  it.each([
    "",
    "Alow group A to read x",
    "Please allow group A to read x in tenancy",
    "{group}",
    3 as unknown as string,
    ["Allow group A to read x in tenancy"] as unknown as string,
  ])("[statement-form] refuses %j", (statement) => {
    expect(check(statement)).toEqual([
      `${JSON.stringify(statement)} must begin with Allow, Define, Endorse, Admit or Deny, for example "Allow dynamic-group {group} to use virtual-network-family in compartment id ocid1.compartment.oc1..example" [statement-form]`,
    ]);
  });

  it("[statement-group] refuses {group} when there is no group", () => {
    expect(check("Allow dynamic-group {group} to read x in tenancy", false)).toEqual([
      '"Allow dynamic-group {group} to read x in tenancy" names {group}, but access is for any-user: there is no group [statement-group]',
    ]);
    expect(check("Allow group A to read x in tenancy", false)).toEqual([]);
  });

  it.each([
    "Allow any-user to read x in tenancy",
    "Allow  any-user to read x in tenancy",
    "ALLOW ANY-USER to read x in tenancy where request.region = 'FRA'",
  ])("[statement-any-user] refuses %s", (statement) => {
    expect(check(statement)).toEqual([
      `"${statement}" lets everybody in; add a condition on the caller's type: "where request.principal.type = 'ApiGateway'" [statement-any-user]`,
    ]);
  });

  it.each([
    "Allow group A to manage all-resources in tenancy",
    "allow group A to manage  ALL-RESOURCES",
    "Allow group deny to manage all-resources in tenancy",
  ])("[statement-all-resources] refuses to give everything away: %s", (statement) => {
    expect(check(statement)).toEqual([
      `"${statement}" gives everything away; name the resource types, or add a condition [statement-all-resources]`,
    ]);
  });

  it("[statement-all-resources-where] warns when everything is given away under a condition", () => {
    const statement = "Allow group A to manage all-resources in tenancy where request.region = 'FRA'";
    expect(check(statement)).toEqual([
      `"${statement}" gives everything away under a condition; name the types [statement-all-resources-where]`,
    ]);
  });

  it("[statement-fnfunction] refuses fnfunction, which matches nothing", () => {
    const statement = "Allow any-user to read x in tenancy where request.principal.type = 'fnfunction'";
    expect(check(statement)).toEqual([
      `"${statement}" compares with 'fnfunction'; a function's type is 'fnfunc' [statement-fnfunction]`,
    ]);
  });

  it("[statement-count] takes 50 statements in a policy and no more", () => {
    expect(checkStatementCount(50, "access.statements")).toEqual([]);
    expect(checkStatementCount(51, "access.statements")).toEqual([
      {
        rule: "statement-count",
        key: "access.statements",
        message: "the policy would have 51 statements; at most 50 are allowed",
      },
    ]);
  });
});

// "Managing Dynamic Groups"
describe("matching rules", () => {
  const messages = (rule: string) => checkMatchingRule(rule, "rule").map((p) => `${p.message} [${p.rule}]`);
  it.each([
    "ALL {resource.type = 'ApiGateway', resource.compartment.id = 'ocid1.compartment.oc1..a'}",
    "Any {instance.id = 'a', All {resource.type='fnfunc', tag.ops.team.value != 'it{s'}}",
    "resource.type='fnfunc'",
    "resource.type = 'APIGATEWAY'",
    "instance.id = 'a'",
    "instance.compartment.id = 'a'",
    "resource.id = 'a'",
    "RESOURCE.COMPARTMENT.ID = 'a'",
    "tag.my_ns.my-key.value = 'a'",
    "ANY {resource.id  =  'a', resource.id  !=  'b'}",
    "resource.id = ''",
    `resource.id = '${"a".repeat(99_984)}'`,
  ])("[matching-rule] takes %.60s", (rule) => {
    expect(messages(rule)).toEqual([]);
  });
  it.each([
    ["ALL {resource.id = 'a'", "has braces or quotes that don't match [matching-rule]"],
    ["ALL }resource.id = 'a'{", "has braces or quotes that don't match [matching-rule]"],
    ["resource.id = 'a', 'b", "has braces or quotes that don't match [matching-rule]"],
    ...[
      "instance.ids",
      "my.instance.id",
      "instanceXid",
      "instance.compartmentXid",
      "resourceXid",
      "resource.compartmentXid",
      "resource.compartment",
      "resource.types",
      "tag.a.value",
      "tag.a.b.c.value",
      "tag.a.b.values",
    ].map((variable) => [
      `${variable} = 'a'`,
      `names "${variable}", which a rule doesn't know [matching-rule]`,
    ]),
    ["resource.name = 'a'", 'names "resource.name", which a rule doesn\'t know [matching-rule]'],
    [
      "resource.type = 'fnfunction'",
      "names resource type 'fnfunction'; a function's type is 'fnfunc' [matching-rule]",
    ],
    ["resource.type = 'Gateway'", "names resource type 'Gateway'; is it spelled right? [matching-rule]"],
    [
      "all",
      "has no condition, for example \"ALL {resource.type = 'ApiGateway', resource.compartment.id = 'ocid1…'}\" [matching-rule]",
    ],
    [
      `resource.id = '${"a".repeat(100_000)}'`,
      "has 100016 characters; at most 100000 are allowed [matching-rule]",
    ],
  ])("[matching-rule] refuses %.40s", (rule = "", expected) => {
    expect(messages(rule)).toEqual([expected]);
  });
});
