import type { PolicyPackArgs, ReportViolation } from "@pulumi/policy";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { configSchemaOf, policyOf } from "../../policy/policy.ts";
import { type Finding, type Resource, type Rule, resourceRule, stackRule } from "../../policy/rule.ts";
import { unknown } from "../../policy/value.ts";

const context = { stack: "dev", project: "shop" };
const about = {
  name: "a-rule",
  checks: "Checks that something.",
  why: "",
  references: ["none"],
  severity: "high",
  enforcement: "mandatory",
  config: z.object({
    most: z.int().min(1).default(2).describe("How many."),
    names: z.array(z.string()).default([]),
  }),
} as const;

interface Given {
  type: string;
  name: string;
  urn: string;
  props: Record<string, unknown>;
  opts: { protect: boolean };
  propertyDependencies?: Record<string, Given[]>;
}

function given(name: string, props: Record<string, unknown> = {}, protect = false): Given {
  return { type: "oci:Core/vcn:Vcn", name, urn: `urn:${name}`, props, opts: { protect } };
}

/** What a rule reports by the SDK's longer form. */
function reported(rule: Rule, args: Given | readonly Given[]): unknown[] {
  const found: unknown[] = [];
  const policy = policyOf(rule, context) as unknown as Record<
    "validateResource" | "validateStack",
    (args: object, report: ReportViolation) => void
  >;
  const report = ((violation: unknown) => found.push(violation)) as unknown as ReportViolation;
  const getConfig = () => ({});
  if (Array.isArray(args)) policy.validateStack({ resources: args, getConfig }, report);
  else policy.validateResource({ ...args, getConfig }, report);
  return found;
}

const of = (types: readonly string[], judge: (resource: Resource) => Finding[]) =>
  resourceRule({ ...about, types, judge });
const ofStack = (judgeStack: (resources: readonly Resource[]) => Finding[]) =>
  stackRule({ ...about, judgeStack });

describe("a rule in the SDK's form", () => {
  it("has its name, its text, its level and the schema of its settings", () => {
    const schema = {
      properties: {
        most: {
          type: "integer",
          description: "How many.",
          default: 2,
          minimum: 1,
          maximum: Number.MAX_SAFE_INTEGER,
        },
        names: { type: "array", items: { type: "string" }, default: [] },
      },
    };
    expect(configSchemaOf(ofStack(() => []))).toEqual(schema);
    const { validateResource, ...rest } = policyOf(
      of([], () => []),
      context,
    ) as PolicyPackArgs["policies"][number] & { validateResource: unknown };
    expect(rest).toEqual({
      name: "a-rule",
      description: "Checks that something.",
      enforcementLevel: "mandatory",
      severity: "high",
      configSchema: schema,
    });
    expect(validateResource).toBeTypeOf("function");
  });

  it("judges resources of its types, of which it sees everything", () => {
    const seen: unknown[] = [];
    const see = ({ type, name, urn, properties, isProtected, uses }: Resource) => {
      seen.push([type, name, urn, properties.at("a").text(), isProtected, uses]);
      return [];
    };
    const vcn = given("net", { a: "b" }, true);
    reported(of(["oci:Core/*"], see), vcn);
    reported(of(["oci:Other/*", "oci:Core/vcn:Vcn"], see), given("open"));
    reported(of(["oci:Other/*"], see), vcn);
    expect(seen).toEqual([
      ["oci:Core/vcn:Vcn", "net", "urn:net", "b", true, {}],
      ["oci:Core/vcn:Vcn", "open", "urn:open", undefined, false, {}],
    ]);
  });

  it("reads what stands before the SDK's proxy", () => {
    const props = { __getSpecialProxyTarget: { a: unknown } };
    const judge = ({ properties }: Resource): Finding[] => [
      { key: "a", value: properties.at("a").text(), cure: "" },
    ];
    expect(reported(of(["*"], judge), given("net", props))).toEqual([
      {
        message: 'Checks that something.\nvcn "net" can\'t be judged yet: a is known only after pulumi up',
        urn: "urn:net",
        enforcementLevel: "advisory",
      },
    ]);
  });

  it("reports with the rule's text, and the rule's level when something is wrong", () => {
    const judge = () => [{ key: "a", value: 1, cure: "make it 2" }];
    const found = reported(of(["*"], judge), given("net"));
    expect(found).toStrictEqual([
      { message: 'Checks that something.\nvcn "net": a is 1; make it 2', urn: "urn:net" },
    ]);
  });

  it("sees in a stack what each resource is made of", () => {
    const [vcn, gone] = [given("net"), given("gone")];
    const subnet = { ...given("sub"), propertyDependencies: { vcnId: [vcn, gone], name: [] } };
    const [seen] = [[] as (readonly Resource[])[]];
    const rule = ofStack((resources) => {
      seen.push(resources);
      return [{ key: "vcnId", cure: "set it", ...(resources[0] && { resource: resources[0] }) }];
    });
    expect(reported(rule, [subnet, vcn])).toStrictEqual([
      { message: 'Checks that something.\nvcn "sub": vcnId isn\'t set; set it', urn: "urn:sub" },
    ]);
    const [first, second] = seen[0] ?? [];
    expect([first?.name, second?.name]).toEqual(["sub", "net"]);
    expect([first?.uses, second?.uses]).toEqual([{ vcnId: [second], name: [] }, {}]);
  });

  it("says of the stack what it can't judge of no resource", () => {
    const rule = ofStack((resources) => [
      { key: "a", value: resources[0]?.properties.at("a").text(), cure: "" },
    ]);
    expect(reported(rule, [given("net", { a: unknown })])).toEqual([
      {
        message: "Checks that something.\nthe stack can't be judged yet: a is known only after pulumi up",
        urn: undefined,
        enforcementLevel: "advisory",
      },
    ]);
  });
});
