import { describe, expect, it } from "vitest";
import { z } from "zod";
import { matches, orDeclare } from "../../policy/declared.ts";
import { messageOf, nounOf } from "../../policy/message.ts";
import { each, type Finding, type Resource, resourceRule } from "../../policy/rule.ts";
import { NotKnownYet, unknown, Value } from "../../policy/value.ts";

const resource = (properties: unknown): Resource => ({
  type: "oci:ApiGateway/gateway:Gateway",
  name: "it",
  urn: "urn:pulumi:dev::shop::oci:ApiGateway/gateway:Gateway::it",
  properties: new Value(properties),
  isProtected: false,
  uses: {},
});

describe("Value", () => {
  const value = new Value({ a: { b: [{ c: "x" }, unknown, 1], n: 0, f: false, nothing: null }, u: unknown });

  it("knows its place and its type", () => {
    const [first, second, third] = value.at("a", "b").items();
    expect([first?.at("c").key, first?.at("c").text()]).toEqual(["a.b[0].c", "x"]);
    expect([second?.key, second?.isKnown, third?.number()]).toEqual(["a.b[1]", false, 1]);
    expect([value.at("a", "n").number(), value.at("a", "f").flag()]).toEqual([0, false]);
    expect(
      value
        .at("a")
        .entries()
        .map(([name]) => name),
    ).toEqual(["b", "n", "f", "nothing"]);
  });

  it("takes what isn't there, and what is of another type, for absent", () => {
    expect([value.at("x", "y").text(), value.at("a", "n").text(), value.at("a", "b", "c").isSet]).toEqual([
      undefined,
      undefined,
      false,
    ]);
    expect([value.at("a", "nothing").isSet, value.at("a", "n").isSet]).toEqual([false, true]);
    expect([value.at("a", "f").items(), value.at("a", "b").entries()]).toEqual([[], []]);
    expect([value.at("a", "nothing", "x").isSet, value.at("a", "nothing").entries()]).toEqual([false, []]);
    expect([value.at("a", "n").flag(), value.at("a", "f").number()]).toEqual([undefined, undefined]);
    expect(new Value(["x", 1, "y"]).texts()).toEqual(["x", "y"]);
  });

  it.each([
    ["itself", () => value.at("u").text(), "u"],
    ["what stands in it", () => value.at("u").at("x"), "u"],
    ["elements", () => value.at("a", "b").texts(), "a.b[1]"],
  ])("refuses to read what isn't known: %s", (_, read, key) => {
    expect(read).toThrow(`${key} is known only after pulumi up`);
  });
});

describe("each", () => {
  it("judges on after what isn't known", () => {
    const found = each(["a", "b", "c"], (key): Finding[] => {
      if (key === "b") throw new NotKnownYet("b");
      return [{ key, cure: "" }];
    });
    expect(found).toEqual([
      { key: "a", cure: "" },
      { key: "b", cure: "", isUnknown: true },
      { key: "c", cure: "" },
    ]);
  });

  it("names the resource that something isn't known of", () => {
    const one = resource({});
    const judge = () => {
      throw new NotKnownYet("a");
    };
    expect(each([1], judge, one)).toEqual([{ key: "a", cure: "", isUnknown: true, resource: one }]);
    expect(each([1], judge)).toStrictEqual([{ key: "a", cure: "", isUnknown: true }]);
  });

  it("hides no other error", () => {
    const broken = () =>
      each([1], () => {
        throw new RangeError("broken");
      });
    expect(broken).toThrow(new RangeError("broken"));
  });
});

describe("a rule", () => {
  const rule = resourceRule({
    name: "a-rule",
    checks: "Checks that nothing.",
    why: "",
    references: ["none"],
    severity: "low",
    enforcement: "advisory",
    config: z.object({ most: z.number().default(1) }),
    types: [],
    judge: ({ properties }, { most }) => [
      ...each([1, 2], () => [{ key: "n", value: properties.at("n").number() ?? most, cure: "none" }]),
    ],
  });
  const context = { stack: "dev", project: "shop" };

  it("has its defaults, and says once what isn't known", () => {
    expect(rule.judge(resource({}), {}, context)).toEqual([
      { key: "n", value: 1, cure: "none" },
      { key: "n", value: 1, cure: "none" },
    ]);
    expect(rule.judge(resource({ n: unknown }), {}, context)).toEqual([
      { key: "n", cure: "", isUnknown: true },
    ]);
  });

  it.each([
    [
      { most: "1" },
      'settings of the policy "a-rule": most: Invalid input: expected number, received string; its settings are most',
    ],
    [{ least: 1 }, 'settings of the policy "a-rule": Unrecognized key: "least"; its settings are most'],
  ])("refuses the settings %j", (config, error) => {
    expect(() => rule.judge(resource({}), config, context)).toThrow(new Error(error));
  });

  it.each([
    [z.object({}), { a: 1 }, 'Unrecognized key: "a"; its settings are none but enforcementLevel'],
    [
      z.object({ ports: z.array(z.number()), names: z.string() }),
      { ports: [1, "2"], names: 3 },
      "ports.1: Invalid input: expected number, received string; names: Invalid input: expected string, received number; its settings are ports, names",
    ],
  ])("names all problems of its settings %#", (config, given, problems) => {
    const other = resourceRule({ ...rule, config, judge: () => [] });
    expect(() => other.judge(resource({}), given, context)).toThrow(
      new Error(`settings of the policy "a-rule": ${problems}`),
    );
  });
});

describe("messageOf", () => {
  it.each([
    [1, "statements[0] is known only after pulumi up"],
    [2, "statements[0] and statements[1] are known only after pulumi up"],
    [3, "statements[0], statements[1] and statements[2] are known only after pulumi up"],
    [9, "statements[0], statements[1] and 7 more are known only after pulumi up"],
  ])("says once of a resource that %i of its properties aren't known yet", (count, words) => {
    const rule = resourceRule({
      name: "a-rule",
      checks: "Checks that nothing.",
      why: "",
      references: ["none"],
      severity: "low",
      enforcement: "advisory",
      config: z.object({}),
      types: [],
      judge: ({ properties }) =>
        each(properties.at("statements").items(), (one) => [{ key: one.key, value: one.text(), cure: "" }]),
    });
    const given = resource({ statements: Array.from({ length: count }, () => unknown) });
    const found = rule.judge(given, {}, { stack: "dev", project: "shop" });
    expect(found.map((one) => messageOf(one, given))).toEqual([`gateway "it" can't be judged yet: ${words}`]);
  });

  it("shows long values cut off", () => {
    const finding = { key: "a", value: "x".repeat(300), cure: "shorten it" };
    expect(messageOf(finding, resource({}))).toBe(`gateway "it": a is "${"x".repeat(199)}…; shorten it`);
    const longest = { ...finding, value: "x".repeat(198) };
    expect(messageOf(longest, resource({}))).toBe(`gateway "it": a is "${"x".repeat(198)}"; shorten it`);
  });

  it.each([
    ["oci:Identity/dynamicGroup:DynamicGroup", "dynamic group"],
    ["oci:ApiGateway/deployment:Deployment", "deployment"],
    ["pulumi:providers:oci", "oci"],
  ])("calls %s a %s", (type, noun) => {
    expect(nounOf(type)).toBe(noun);
  });
});

describe("matches", () => {
  // Patterns are remembered: each run asks for others.
  let runs = 0;
  it.each([
    ["GET /v1/{path*}", "GET /v1/{path*}", true],
    ["GET /v1/*", "GET /v1/users/{id}", true],
    ["*", "", true],
    ["a*c", "a\nb\nc", true],
    ["a.c", "abc", false],
    ["a.c*", "abc", false],
    ["*.^$+?()[]{}|\\", "a.^$+?()[]{}|\\", true],
    ["a*b*c", "a1b2c", true],
    ["a*b*c", "a1c", false],
    ["a*", "ba", false],
    ["a", "ab", false],
    ["*.example.com", "example.com", false],
  ])("%s, %s: %s", (pattern, text, expected) => {
    const own = `${++runs} of ${performance.now()}: `;
    expect(matches(own + pattern, own + text)).toBe(expected);
    expect(matches(own + pattern, own + text)).toBe(expected);
    expect(matches(pattern, text)).toBe(expected);
  });
});

it("declares several names, each as JSON", () => {
  expect(orDeclare("gateways", "a", 'b"c')).toBe('or declare it: gateways: ["a", "b\\"c"]');
});
