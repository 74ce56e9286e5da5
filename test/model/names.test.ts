import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkIamName, physicalName } from "../../components/model/names.ts";
import { checkOcid } from "../../components/model/ocids.ts";

describe("physical names", () => {
  const parts = { project: "shop", stack: "dev", name: "api" };

  it("are project, stack, name and noun", () => {
    expect(physicalName(parts, "policy")).toBe("shop-dev-api-policy");
  });

  it("differ between stacks of one project, also when they are cut", () => {
    const long = "x".repeat(120);
    const names = ["dev", "prod"].flatMap((stack) => [
      physicalName({ ...parts, stack }, "policy"),
      physicalName({ ...parts, stack, name: long }, "policy"),
    ]);
    expect(new Set(names).size).toBe(4);
  });

  it("are cut to 100 characters with a hash of the whole", () => {
    const name = physicalName({ ...parts, name: "x".repeat(120) }, "policy");
    expect(name).toHaveLength(100);
    expect(name).toMatch(/^shop-dev-x{82}-[0-9a-f]{8}$/);
    const longest = "x".repeat(84);
    expect(physicalName({ ...parts, name: longest }, "policy")).toBe(`shop-dev-${longest}-policy`);
  });

  it("stay different when characters are replaced", () => {
    const [first, second] = ["a b", "a/b"].map((name) => physicalName({ ...parts, name }, "policy"));
    expect(first).toMatch(/^shop-dev-a-b-policy-[0-9a-f]{8}$/);
    expect(first).not.toBe(second);
    expect(physicalName({ ...parts, name: "a  b" }, "policy")).toMatch(/^shop-dev-a-b-policy-[0-9a-f]{8}$/);
  });

  it("stay different where hyphens stand around the parts", () => {
    const [first, second] = ["x-", "x"].map((stack, index) =>
      physicalName({ project: "shop", stack, name: index === 0 ? "y" : "-y" }, "policy"),
    );
    expect(first).toMatch(/^shop-x--y-policy-[0-9a-f]{8}$/);
    expect(first).not.toBe(second);
  });

  it.each(["a", "a".repeat(100), "A.b-c_9"])("[iam-name] takes %s", (name) => {
    expect(checkIamName(name, "name")).toEqual([]);
  });

  it("differ where parts have hyphens at other places", () => {
    const names = [
      physicalName({ project: "shop-eu", stack: "dev", name: "api" }, "policy"),
      physicalName({ project: "shop", stack: "eu-dev", name: "api" }, "policy"),
      physicalName({ project: "shop", stack: "eu", name: "dev-api" }, "policy"),
      physicalName({ project: "shop", stack: "eu", name: "dev" }, "api-policy"),
    ];
    expect(names[0]).toBe("shop-eu-dev-api-policy");
    for (const name of names.slice(1)) expect(name).toMatch(/^shop-eu-dev-api-policy-[0-9a-f]{8}$/);
    expect(new Set(names).size).toBe(4);
  });

  it("[iam-name] are names that IAM takes, whatever they are made of", () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1, maxLength: 200 }), (stack, name) => {
        expect(checkIamName(physicalName({ ...parts, stack, name }, "group"), "name")).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it.each(["", "a b", "a".repeat(101), "ä"])("[iam-name] refuses %j", (name) => {
    const message = `"${name}" must be 1 to 100 letters, digits, ".", "-" and "_", for example "shop-prod-group"`;
    expect(checkIamName(name, "name")).toEqual([{ rule: "iam-name", key: "name", message }]);
  });
});

// "Resource Identifiers"
describe("OCIDs", () => {
  it.each([
    ["compartment-ocid", "ocid1.compartment.oc1..aaaa"],
    ["compartment-ocid", "ocid1.tenancy.oc1..aaaa"],
    ["tenancy-ocid", "ocid1.tenancy.local..aaaa"],
    ["gateway-ocid", "ocid1.apigateway.oc1.eu-frankfurt-1.amaa"],
    ["gateway-ocid", "ocid1.apigateway.oc1.phx.amaa"],
    ["group-ocid", "ocid1.dynamicgroup.oc1..aaaa"],
  ] as const)("[%s] takes %s", (rule, id) => {
    expect(checkOcid(rule, id, "id")).toEqual([]);
  });

  it.each([
    [
      "compartment-ocid",
      "a compartment",
      "compartment",
      ["", "shop", "ocid1.vcn.oc1.phx.a", "ocid1.compartment.oc1", "x ocid1.compartment.oc1..a"],
    ],
    ["tenancy-ocid", "the tenancy", "tenancy", ["ocid1.compartment.oc1..a", "OCID1.TENANCY.OC1..A"]],
    [
      "gateway-ocid",
      "a gateway",
      "apigateway",
      ["ocid1.apideployment.oc1.phx.a", "ocid1.apigateway.oc1.phx.a b"],
    ],
    ["group-ocid", "a dynamic group", "dynamicgroup", ["ocid1.group.oc1..a", "gateways"]],
  ] as const)("[%s] refuses what is not the OCID of %s", (rule, noun, type, ids) => {
    for (const id of ids) {
      const message = `"${id}" is not the OCID of ${noun}, which begins with "ocid1.${type}."`;
      expect(checkOcid(rule, id, "id")).toEqual([{ rule, key: "id", message }]);
    }
    const message = `is missing: give the OCID of ${noun}, which begins with "ocid1.${type}."`;
    expect(checkOcid(rule, undefined, "id")).toEqual([{ rule, key: "id", message }]);
  });
});
