import { describe, expect, it } from "vitest";
import type { Finding, Resource } from "../../policy/rule.ts";
import { eachOf, namedBy, targetsOf } from "../../policy/stack.ts";
import { NotKnownYet, unknown, Value } from "../../policy/value.ts";

const gatewayType = "oci:ApiGateway/gateway:Gateway";
const resource = (type: string, properties: unknown, uses: Resource["uses"] = {}): Resource => ({
  type,
  name: "it",
  urn: `urn:pulumi:dev::shop::${type}::it`,
  properties: new Value(properties),
  isProtected: false,
  uses,
});
const id = "ocid1.apigateway.oc1..a";
const gateway = (properties: unknown = {}) => resource(gatewayType, properties);
const deployment = (properties: unknown, uses: Resource["uses"] = {}) =>
  resource("oci:ApiGateway/deployment:Deployment", properties, uses);

/** Whether a property names a resource. */
const names = (of: Resource, property: string, path: readonly string[], to: Resource) =>
  namedBy(of, property, path, targetsOf([to], to.type))?.includes(to);

describe("whether a property names a resource", () => {
  const target = gateway();
  const group = resource("oci:Logging/logGroup:LogGroup", {});
  it.each<[string, Resource, Resource, boolean | undefined]>([
    ["it is made of it", deployment({ gatewayId: unknown }, { gatewayId: [group, target] }), target, true],
    ["it is made of another one", deployment({ gatewayId: id }, { gatewayId: [gateway()] }), target, false],
    [
      "another property is made of it",
      deployment({ gatewayId: unknown }, { x: [target] }),
      target,
      undefined,
    ],
    [
      "it is made of what is of another type, and holds its id",
      deployment({ gatewayId: id }, { gatewayId: [group] }),
      gateway({ id }),
      true,
    ],
    ["it holds its id", deployment({ gatewayId: id }), gateway({ id }), true],
    ["it holds another id", deployment({ gatewayId: `${id}b` }), gateway({ id }), false],
    ["the resource is yet to be made", deployment({ gatewayId: id }), gateway(), false],
    ["neither is there", deployment({}), gateway(), false],
    ["the resource's id isn't known", deployment({ gatewayId: id }), gateway({ id: unknown }), false],
    ["it isn't known", deployment({ gatewayId: unknown }), gateway({ id }), undefined],
  ])("%s", (_, of, to, expected) => {
    expect(names(of, "gatewayId", [], to)).toBe(expected);
  });

  it.each([
    ["holds it", { source: { resource: id } }, true],
    ["holds another one", { source: { resource: "b" } }, false],
    ["isn't known", { source: { resource: unknown } }, undefined],
    ["stands in what isn't known", { source: unknown }, undefined],
    ["stands some way in what isn't known", unknown, undefined],
  ])("a path in the property %s", (_, configuration, expected) => {
    const log = resource("oci:Logging/log:Log", { configuration });
    expect(names(log, "configuration", ["source", "resource"], gateway({ id }))).toBe(expected);
  });
});

it("judges each resource of a type, and names it in what isn't known too", () => {
  const [a, b, other] = [gateway({ n: 1 }), gateway({ n: unknown }), deployment({ n: 2 })];
  const judge = ({ properties }: Resource): Finding[] => [
    { key: "n", value: properties.at("n").number(), cure: "" },
  ];
  expect(eachOf([a, other, b], gatewayType, judge)).toEqual([
    { key: "n", value: 1, cure: "", resource: a },
    { key: "n", cure: "", isUnknown: true, resource: b },
  ]);
  const broken = () => {
    throw new NotKnownYet("n");
  };
  expect(eachOf([other], gatewayType, broken)).toEqual([]);
});
