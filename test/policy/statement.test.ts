import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { comparisons, demands, parseCondition } from "../../policy/iam/condition.ts";
import {
  compartmentOf,
  type Grant,
  isForAnyone,
  isTenancyWide,
  parseStatement,
} from "../../policy/iam/statement.ts";
import { secretIn } from "../../policy/secrets.ts";

describe("conditions", () => {
  it("reads nested conditions, patterns, lists and dates", () => {
    expect(
      parseCondition(
        "all {a.b='1', ANY{c != /x y*/, d in ('2', '3')}, e before '2026-01-01T00:00Z', tag.n.k.value}",
      ),
    ).toEqual({
      kind: "all",
      conditions: [
        { kind: "comparison", variable: "a.b", operator: "=", values: ["1"] },
        {
          kind: "any",
          conditions: [
            { kind: "comparison", variable: "c", operator: "!=", values: ["x y*"] },
            { kind: "comparison", variable: "d", operator: "in", values: ["2", "3"] },
          ],
        },
        { kind: "comparison", variable: "e", operator: "before", values: ["2026-01-01T00:00Z"] },
        { kind: "comparison", variable: "tag.n.k.value", operator: "exists", values: [] },
      ],
    });
    expect(parseCondition("all after '2026-01-01T00:00Z'")).toEqual({
      kind: "comparison",
      variable: "all",
      operator: "after",
      values: ["2026-01-01T00:00Z"],
    });
  });

  it.each([
    [
      // "Restricting Access to Resources Based on Time Frame"
      "request.utc-timestamp.time-of-day between '17:00:00Z' and '01:00:00Z'",
      "request.utc-timestamp.time-of-day",
      "between",
      ["17:00:00Z", "01:00:00Z"],
    ],
    ["tag.n.k.value NOT IN ('1', /2*/)", "tag.n.k.value", "not in", ["1", "2*"]],
  ])("reads %s", (text, variable, operator, values) => {
    expect(parseCondition(text)).toEqual({ kind: "comparison", variable, operator, values });
  });

  it.each([
    ["", "is empty"],
    ["a between '1' '2'", "has '2' where and should stand"],
    ["a between '1'", "ends where and should stand"],
    ["a not '1'", "has '1' where in should stand"],
    ["a", "has no comparison after a"],
    ["a = b", "has b where a value between quotes should stand"],
    ["a = ", "ends where a value should stand"],
    ["a = '1' b = '2'", "goes on with b after its end"],
    ["ALL {a = '1'", "ends where } should stand"],
    ["ALL {a = '1' b = '2'}", "has b where , or } should stand"],
    ["ALL {}", "has } where a variable should stand"],
    ["a in '1'", "lacks ("],
    ["a = '1", `can't be read from "'1" on`],
    ["a = '1234567890123456789012345", `can't be read from "'1234567890123456789" on`],
    ["ALL {", "ends where a condition should stand"],
    ["a {b = '1'}", "has no comparison after a"],
    ["xall {b = '1'}", "has no comparison after xall"],
    ["allx {b = '1'}", "has no comparison after allx"],
    ["'a' = '1'", "has 'a' where a variable should stand"],
    ["1a = '1'", "has 1a where a variable should stand"],
    ["a = x/y/", "has x/y/ where a value between quotes should stand"],
  ])("%j %s", (text, reason) => {
    expect(parseCondition(text)).toBe(reason);
  });

  it.each([
    ["a='1'", true],
    ["b='1'", false],
    ["ALL {b='1', a='1'}", true],
    ["ANY {b='1', a='1'}", false],
    ["ANY {a='1', ALL {a='2', b='1'}}", true],
  ])("%s demands a: %s", (text, expected) => {
    const condition = parseCondition(text);
    if (typeof condition === "string") throw new Error(condition);
    expect(demands(condition, ({ variable }) => variable === "a")).toBe(expected);
    expect(comparisons(condition).every(({ values }) => values.length === 1)).toBe(true);
  });
});

describe("statements", () => {
  it("reads who, what, where and when", () => {
    expect(
      parseStatement(
        " allow dynamic-group 'my domain'/'g' to USE fn-app, fn-function in compartment a:b WHERE x='1' ",
      ),
    ).toEqual({
      kind: "allow",
      subject: "dynamic-group 'my domain'/'g'",
      verb: "use",
      types: ["fn-app", "fn-function"],
      location: "compartment a:b",
      condition: { kind: "comparison", variable: "x", operator: "=", values: ["1"] },
    });
    expect(parseStatement("Allow group a to {FN_INVOCATION, FN_FUNCTION_READ} in tenancy")).toMatchObject({
      verb: undefined,
      types: ["fn_invocation", "fn_function_read"],
      condition: undefined,
    });
    expect(parseStatement("Endorse any-user to read b in any-tenancy")).toMatchObject({ kind: "endorse" });
    expect(parseStatement("ADMIT group a of tenancy t to read b in tenancy")).toMatchObject({
      kind: "admit",
      subject: "group a of tenancy t",
    });
    expect(parseStatement("Define tenancy other as ocid1.tenancy.oc1..aaaa")).toEqual({ kind: "other" });
    // "Local VCN Peering using Local Peering Gateways": a peering of two tenancies.
    const peering =
      "to associate local-peering-gateways in compartment a with local-peering-gateways in tenancy b";
    expect(parseStatement(`Endorse group a ${peering}`)).toEqual({ kind: "other" });
    expect(parseStatement(`Allow group a ${peering}`)).toMatch(/^isn't of the form/);
    expect(parseStatement("deny group a to use buckets in tenancy")).toEqual({ kind: "other" });
  });

  it("reads words however far they stand apart", () => {
    const apart = (text: string) => text.replaceAll("_", " \t\n ");
    expect(
      parseStatement(
        apart("Allow_group a_to_use_fn-app_,_fn-function_in_compartment_'my shop'_where_a = '1'"),
      ),
    ).toMatchObject({
      subject: "group a",
      verb: "use",
      types: ["fn-app", "fn-function"],
      location: apart("compartment_'my shop'"),
      condition: { variable: "a" },
    });
    expect(parseStatement(apart("Allow group a to {A_,_B} in_tenancy_other"))).toMatchObject({
      types: ["a", "b"],
      location: apart("tenancy_other"),
    });
    expect(parseStatement(apart("Allow group a to use b in compartment_id_c"))).toMatchObject({
      location: apart("compartment_id_c"),
    });
    expect(
      parseStatement(
        apart("Endorse group a to_associate_b_in compartment c with_local-peering-gateways_in_tenancy d"),
      ),
    ).toEqual({ kind: "other" });
  });

  it.each([
    ["Please allow", "doesn't begin with Allow, Define, Endorse, Admit or Deny"],
    [
      "Allow group a to use buckets",
      "isn't of the form Allow <subject> to <verb> <resource type> in <location>",
    ],
    ["Allow group a to use buckets in region fra", "has no location that can be read: in region fra"],
    ["Allow group a to use b in region tenancy", "has no location that can be read: in region tenancy"],
    ["Allow group a to use b in tenancy a b", "has no location that can be read: in tenancy a b"],
    ["Allow group a to use b in compartment 'a' b", "has no location that can be read: in compartment 'a' b"],
    ["Allow group a to use b in compartment '' b", "has no location that can be read: in compartment '' b"],
    [
      "Then endorse group a to associate b in c with d in e",
      "doesn't begin with Allow, Define, Endorse, Admit or Deny",
    ],
    ["Allow group a to use buckets in tenancy where x", "has a condition that has no comparison after x"],
  ])("%s: %s", (text, reason) => {
    expect(parseStatement(text)).toBe(reason);
  });

  it.each([
    ["Allow group a to use b in tenancy", true, undefined],
    ["Allow group a to use b in compartment id ocid1.tenancy.oc1..t", true, "ocid1.tenancy.oc1..t"],
    ["Allow group a to use b in compartment id ocid1.compartment.oc1..c", false, "ocid1.compartment.oc1..c"],
    ["Allow group a to use b in compartment c", false, undefined],
    ["Allow group a to use b in compartment  id  ocid1.tenancy.oc1..t", true, "ocid1.tenancy.oc1..t"],
    ["Allow group a to use b in tenancy other", false, undefined],
    ["Allow group a to use b in any-tenancy", false, undefined],
    ["Endorse group a to use b in any-tenancy", false, undefined],
    ["Endorse group a to use b in tenancy", false, undefined],
    ["Admit group a of tenancy t to use b in tenancy", true, undefined],
  ])("%s holds in the tenancy: %s", (text, isWide, compartment) => {
    const grant = parseStatement(text) as Grant;
    expect(isTenancyWide(grant)).toBe(isWide);
    expect(compartmentOf(grant)).toBe(compartment);
  });

  it.each([
    ["any-user", true],
    ["ANY-GROUP", true],
    ["any-users", false],
    ["many-user", false],
    ["dynamic-group any", false],
  ])("%s is anyone: %s", (subject, expected) => {
    const grant = parseStatement(`Allow ${subject} to use b in tenancy`) as Grant;
    expect([grant.subject, isForAnyone(grant)]).toEqual([subject, expected]);
  });
});

it("anything can be read, and what reads it never throws", () => {
  const words = [
    "Allow",
    "any-user",
    "to",
    "use",
    "in",
    "tenancy",
    "where",
    "ALL",
    "{",
    "}",
    "a",
    "=",
    "'",
    "'1'",
    ",",
    "(",
    " ",
  ];
  const text = fc.oneof(
    fc.string(),
    fc.array(fc.constantFrom(...words), { maxLength: 30 }).map((parts) => parts.join(" ")),
  );
  fc.assert(
    fc.property(text, (given) => {
      expect(["string", "object"]).toContain(typeof parseStatement(given));
      expect(["string", "object"]).toContain(typeof parseCondition(given));
      expect(["string", "undefined"]).toContain(typeof secretIn(given, given));
    }),
  );
});
