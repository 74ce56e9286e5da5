import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Emulator, localTenancy, startEmulator } from "../../../emulator/index.ts";
import { createLocalProvider, type LocalProvider, modelledTypes } from "../../../local/provider/provider.ts";
import { type Properties, unknownValue } from "../../../local/values.ts";

const tenancyId = localTenancy.id;
const compartmentId = localTenancy.compartments[0]?.id ?? "";
const context = { region: undefined, timeoutInMs: 10_000 };
const image = "lcl.ocir.io/localns/hello:1";
const imageDigest = `sha256:${"a".repeat(64)}`;
const statement = `Allow any-user to use functions-family in compartment id ${compartmentId} where request.principal.type = 'ApiGateway'`;
const routes = [{ path: "/a", methods: ["GET"], backend: { type: "STOCK_RESPONSE_BACKEND", status: 200 } }];

const group = "oci:Identity/dynamicGroup:DynamicGroup";
const policy = "oci:Identity/policy:Policy";
const application = "oci:Functions/application:Application";
const fn = "oci:Functions/function:Function";
const gateway = "oci:ApiGateway/gateway:Gateway";
const deployment = "oci:ApiGateway/deployment:Deployment";

let emulator: Emulator;
let provider: LocalProvider;
let count = 0;
const made: Record<string, string> = {};
const make = async (type: string, inputs: Properties) => (await provider.create(type, inputs, context)).id;

/** Inputs that both take; every name is a new one. */
function good(type: string): Properties {
  count += 1;
  const name = `one-${count}`;
  const all: Record<string, Properties> = {
    [group]: {
      compartmentId: tenancyId,
      name,
      description: "d",
      matchingRule: "ALL {resource.type = 'fnfunc'}",
    },
    [policy]: { compartmentId, name, description: "d", statements: [statement] },
    [application]: { compartmentId, displayName: name, subnetIds: [made.subnet] },
    [fn]: { applicationId: made.application, displayName: name, image, imageDigest, memoryInMbs: "256" },
    [gateway]: { compartmentId, displayName: name, endpointType: "PUBLIC", subnetId: made.subnet },
    [deployment]: {
      compartmentId,
      gatewayId: made.gateway,
      pathPrefix: `/${name}`,
      specification: { routes },
    },
  };
  return all[type] ?? {};
}

beforeAll(async () => {
  emulator = await startEmulator();
  provider = createLocalProvider({
    url: emulator.url,
    projectDirectory: ".",
    region: localTenancy.homeRegion,
  });
  await fetch(`${emulator.url}/_emulator/images`, {
    method: "PUT",
    body: JSON.stringify({ image, digest: imageDigest }),
  });
  const vcnId = await make("oci:Core/vcn:Vcn", { compartmentId, cidrBlocks: ["10.0.0.0/16"] });
  made.subnet = await make("oci:Core/subnet:Subnet", { compartmentId, vcnId, cidrBlock: "10.0.0.0/24" });
  made.application = await make(application, good(application));
  made.gateway = await make(gateway, good(gateway));
});
afterAll(async () => {
  provider.close();
  await emulator.close();
});

const wrong: [type: string, property: string, value: unknown][] = [
  [group, "compartmentId", compartmentId],
  [group, "compartmentId", undefined],
  [group, "description", undefined],
  [group, "matchingRule", undefined],
  [group, "matchingRule", "ALL {resource.type = 'ApiGateway'"],
  [group, "matchingRule", "ALL {resource.kind = 'ApiGateway'}"],
  [policy, "statements", undefined],
  [policy, "statements", []],
  [policy, "statements", Array(51).fill(statement)],
  [policy, "statements", [statement, "Let any-user use functions-family in tenancy"]],
  [policy, "statements", ["Allow any-user to call functions-family in tenancy"]],
  [application, "displayName", undefined],
  [application, "subnetIds", undefined],
  [application, "subnetIds", []],
  [application, "subnetIds", Array(4).fill("ocid1.subnet.oclocal.local-laptop-1.a")],
  [application, "shape", "X86"],
  [fn, "image", undefined],
  [fn, "image", "lcl.ocir.io/localns/hello"],
  [fn, "image", "hello:1"],
  [fn, "image", "fra.ocir.io/localns/hello:1"],
  [fn, "image", `${image}@${imageDigest}`],
  [fn, "imageDigest", "sha256:abc"],
  [fn, "memoryInMbs", undefined],
  [fn, "memoryInMbs", "200"],
  [fn, "timeoutInSeconds", 4],
  [fn, "timeoutInSeconds", 301],
  [fn, "timeoutInSeconds", 5.5],
  [gateway, "compartmentId", undefined],
  [gateway, "endpointType", undefined],
  [gateway, "endpointType", "public"],
  [gateway, "subnetId", undefined],
  [deployment, "gatewayId", undefined],
  [deployment, "pathPrefix", undefined],
  [deployment, "pathPrefix", "v1"],
  [deployment, "pathPrefix", "/v1/"],
  [deployment, "pathPrefix", ""],
  [deployment, "pathPrefix", `/${"a".repeat(255)}`],
  [deployment, "specification", undefined],
];

describe("what check refuses, the control plane refuses", () => {
  it.each(wrong)("%s: %s %j", async (type, property, value) => {
    const { [property]: _, ...others } = good(type);
    const inputs = value === undefined ? others : { ...others, [property]: value };
    expect(provider.check(type, inputs).map((failure) => failure.property)).toEqual([property]);
    await expect(provider.create(type, inputs, context)).rejects.toThrow("400-InvalidParameter");
  });
});

const right: [type: string, property: string, value: unknown][] = [
  [group, "matchingRule", "Any {instance.id = 'a', instance.compartment.id = 'b'}"],
  [policy, "statements", Array(50).fill(statement)],
  [application, "shape", "GENERIC_X86_ARM"],
  [fn, "imageDigest", ""],
  [fn, "memoryInMbs", "3072"],
  [fn, "timeoutInSeconds", 5],
  [fn, "timeoutInSeconds", 300],
  [gateway, "endpointType", "PRIVATE"],
  [deployment, "pathPrefix", `/${"a".repeat(254)}`],
];

describe("what check takes, the control plane takes", () => {
  it.each(right)("%s: %s %j", async (type, property, value) => {
    const inputs = { ...good(type), [property]: value };
    expect(provider.check(type, inputs)).toEqual([]);
    expect((await provider.create(type, inputs, context)).id).toMatch(/^ocid1\./);
  });
});

it("OCI takes a rule for fnfunction, and no function matches it: check refuses it all the same", async () => {
  const inputs = { ...good(group), matchingRule: "ALL {resource.type = 'fnfunction'}" };
  expect(provider.check(group, inputs).map(({ property }) => property)).toEqual(["matchingRule"]);
  expect((await provider.create(group, inputs, context)).id).toMatch(/^ocid1\.dynamicgroup\./);
});

it("what a preview doesn't know yet is no mistake", () => {
  for (const type of [group, policy, application, fn, gateway, deployment]) {
    const unknown = Object.keys(good(type)).map((property) => [property, unknownValue]);
    expect(provider.check(type, Object.fromEntries(unknown))).toEqual([]);
  }
  expect(provider.check(policy, { ...good(policy), statements: [unknownValue, statement] })).toEqual([]);
  expect(provider.check(application, { ...good(application), subnetIds: [unknownValue] })).toEqual([]);
});

it("a function of prepared code needs no image", () => {
  const { image: _, imageDigest: __, ...inputs } = good(fn);
  expect(provider.check(fn, { ...inputs, sourceDetails: { sourceType: "PRE_BUILT_FUNCTIONS" } })).toEqual([]);
});

it("requires what the SDK requires, and names it all at once", () => {
  // The function's image: see "Creating Functions from Existing Docker Images"; the SDK has it as optional.
  const further: Readonly<Record<string, string[]>> = { [fn]: ["image"] };
  for (const type of modelledTypes.filter((one) => one.startsWith("oci:"))) {
    const [, module = "", file = ""] = /^oci:(\w+)\/(\w+):/.exec(type) ?? [];
    const text = readFileSync(`node_modules/@pulumi/oci/${module.toLowerCase()}/${file}.js`, "utf8");
    const names = [...text.matchAll(/Missing required property '(\w+)'/g)].map(([, name]) => name);
    const missing = provider.check(type, {}).map(({ property }) => property);
    expect([type, missing.sort()]).toEqual([type, [...names, ...(further[type] ?? [])].sort()]);
  }
});
