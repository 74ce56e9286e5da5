import { expect, it } from "vitest";
import type { Resource } from "../../policy/rule.ts";
import { functionImageRegion } from "../../policy/rules/function-image.ts";
import { unknown, Value } from "../../policy/value.ts";

const func = (properties: object): Resource => ({
  type: "oci:Functions/function:Function",
  name: "hello",
  urn: "urn:pulumi:dev::shop::oci:Functions/function:Function::hello",
  properties: new Value(properties),
  isProtected: false,
  uses: {},
});
const image = "iad.ocir.io/ns/a:1";
const context = { stack: "dev", project: "shop", region: "eu-frankfurt-1" };
const wrong = (region: string) => [
  {
    key: "image",
    value: image,
    cure: `it is in the registry of us-ashburn-1: push it to the registry of ${region}`,
  },
];
const isUnknown = [{ key: "applicationId", cure: "", isUnknown: true }];

it.each([
  ["the stack's, when the application isn't known yet", unknown, context, wrong("eu-frankfurt-1")],
  ["the stack's, when the OCID tells none", "ocid1.fnapp.oc1..a", context, wrong("eu-frankfurt-1")],
  ["the application's before the stack's", "ocid1.fnapp.oc1.uk-london-1.a", context, wrong("uk-london-1")],
  ["the application's, by its key", "ocid1.fnapp.oc1.iad.a", context, []],
  ["unknown in both", unknown, { ...context, region: undefined }, isUnknown],
  ["in neither", "ocid1.fnapp.oc1..a", { ...context, region: undefined }, []],
])("a function's region is %s", (_, applicationId, of, found) => {
  expect(functionImageRegion.judge(func({ applicationId, image }), {}, of)).toEqual(found);
});

it("a function's region is the rule's before all others", () => {
  const one = func({ applicationId: unknown, image });
  expect(functionImageRegion.judge(one, { region: "us-ashburn-1" }, context)).toEqual([]);
});
