import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createLocalProvider, type LocalProvider } from "../../../local/provider/provider.ts";
import { unknownValue } from "../../../local/values.ts";
import { type FakeOci, startFakeOci } from "./fake-oci.ts";

const context = { region: undefined, timeoutInMs: 5000 };
const group = "oci:Identity/dynamicGroup:DynamicGroup";
let oci: FakeOci;
let provider: LocalProvider;
let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "provider-test-"));
  oci = await startFakeOci();
  provider = createLocalProvider({ url: oci.url, projectDirectory: directory });
});
afterEach(async () => {
  provider.close();
  await oci.close();
  await rm(directory, { recursive: true });
});

test("errors read as the official provider prints them", async () => {
  oci.answers["POST /20160918/dynamicGroups"] = [
    { status: 400, body: { code: "InvalidParameter", message: "name: is required" } },
  ];
  await expect(provider.create(group, {}, context)).rejects.toThrow(
    "400-InvalidParameter, name: is required",
  );
});

test("a passing 409 IncorrectState is tried again, another 409 isn't", async () => {
  const busy = { status: 409, body: { code: "IncorrectState", message: "busy" } };
  oci.answers["POST /20160918/dynamicGroups"] = [busy];
  expect((await provider.create(group, {}, context)).id).toBe("id-1");
  const taken = { status: 409, body: { code: "Conflict", message: "taken" } };
  oci.answers["POST /20160918/dynamicGroups"] = [taken];
  await expect(provider.create(group, {}, context)).rejects.toThrow("409-Conflict, taken");
});

test("a failed work request is told with its errors", async () => {
  oci.answers["GET /20190501/workRequests/wr-1"] = [{ status: 200, body: { status: "FAILED" } }];
  oci.answers["GET /20190501/workRequests/wr-1/errors"] = [
    { status: 200, body: { items: [{ message: "no addresses" }] } },
  ];
  await expect(provider.create("oci:ApiGateway/gateway:Gateway", {}, context)).rejects.toThrow(
    "work request did not succeed (FAILED): no addresses",
  );
});

test("a resource that exists but doesn't become ready is told with its id", async () => {
  oci.answers["GET /20160918/dynamicGroups/id-1"] = [
    { status: 200, body: { id: "id-1", lifecycleState: "FAILED" } },
  ];
  await expect(provider.create(group, {}, context)).rejects.toMatchObject({
    name: "PartlyCreatedError",
    id: "id-1",
    message: "id-1 is FAILED instead of ACTIVE",
  });
});

test("waits while a resource is being made; a state of failure ends it", async () => {
  const body = (lifecycleState: string) => ({ status: 200, body: { id: "id-1", lifecycleState } });
  oci.answers["GET /20160918/dynamicGroups/id-1"] = [body("CREATING"), body("ACTIVE")];
  expect((await provider.create(group, {}, context)).outputs.state).toBe("ACTIVE");
  oci.answers["GET /20160918/dynamicGroups/id-1"] = [body("INACTIVE")];
  await expect(provider.create(group, {}, context)).rejects.toThrow("id-1 is INACTIVE instead of ACTIVE");
});

test("an explicit provider's region goes along as a header", async () => {
  await provider.create(group, {}, { ...context, region: "us-ashburn-1" });
  expect(oci.exchanges.map(({ headers }) => headers["x-emulator-region"])).toEqual([
    "us-ashburn-1",
    "us-ashburn-1",
  ]);
});

test("a change of compartment moves first", async () => {
  const type = "oci:Functions/application:Application";
  await provider.create(type, { compartmentId: "a" }, context);
  oci.exchanges.length = 0;
  await provider.update(type, "id-1", { compartmentId: "a" }, { compartmentId: "b" }, context);
  expect(oci.exchanges[0]).toMatchObject({
    method: "POST",
    path: "/20181201/applications/id-1/actions/changeCompartment",
    body: { compartmentId: "b" },
  });
});

test("changes that aren't modelled are refused by name", async () => {
  const change = provider.update(
    "oci:Core/vcn:Vcn",
    "id-1",
    { cidrBlocks: ["a"] },
    { cidrBlocks: ["b"] },
    context,
  );
  await expect(change).rejects.toThrow(
    'a change of cidrBlocks on a living resource isn\'t modelled; replace the resource, for example with the option replaceOnChanges: ["cidrBlocks"]',
  );
});

test("at preview as well, unless the new value isn't known yet", () => {
  const vcn = "oci:Core/vcn:Vcn";
  expect(() =>
    provider.assertChangeable(vcn, { cidrBlocks: ["a"] }, { cidrBlocks: ["b"], isIpv6enabled: true }),
  ).toThrow(
    'a change of cidrBlocks, isIpv6enabled on a living resource isn\'t modelled; replace the resource, for example with the option replaceOnChanges: ["cidrBlocks","isIpv6enabled"]',
  );
  provider.assertChangeable(vcn, { cidrBlocks: ["a"] }, { cidrBlocks: [unknownValue], displayName: "b" });
});

test("types and functions outside the table are refused, with what is modelled", async () => {
  expect(() => provider.assertModelled("oci:Nosql/table:Table")).toThrow(
    /^the resource type oci:Nosql\/table:Table isn't modelled locally; modelled are:\n {2}docker-build:index:Image\n/,
  );
  expect(() => provider.assertModelled("pulumi:pulumi:StackReference")).toThrow(
    "StackReference isn't supported by the local run yet; give this stack the value as configuration instead",
  );
  await expect(provider.invoke("oci:Nosql/getTable:getTable", {}, context)).rejects.toThrow(
    /^the function oci:Nosql\/getTable:getTable isn't modelled locally; modelled are:\n/,
  );
});

test("rules of a network security group are added, changed and removed in their group", async () => {
  const type = "oci:Core/networkSecurityGroupSecurityRule:NetworkSecurityGroupSecurityRule";
  const inputs = { networkSecurityGroupId: "nsg", direction: "EGRESS", protocol: "all", stateless: true };
  const { id, outputs } = await provider.create(type, inputs, context);
  expect(id).toBe("rule-1");
  expect(outputs).toEqual({ ...inputs, isValid: true });
  await provider.update(type, id, inputs, { ...inputs, protocol: "6" }, context);
  await provider.delete(type, id, outputs, context);
  const path = "/20160918/networkSecurityGroups/nsg/actions";
  const rule = { direction: "EGRESS", protocol: "all", isStateless: true };
  expect(oci.exchanges.map(({ method, path: to, body }) => [method, to, body])).toEqual([
    ["POST", `${path}/addSecurityRules`, { securityRules: [rule] }],
    ["POST", `${path}/updateSecurityRules`, { securityRules: [{ ...rule, protocol: "6", id: "rule-1" }] }],
    ["POST", `${path}/removeSecurityRules`, { securityRuleIds: ["rule-1"] }],
  ]);
});

test("an image is its context's files: registered under each tag, nothing pushed", async () => {
  await writeFile(join(directory, "func.js"), "1");
  oci.answers["PUT /_emulator/images"] = [1, 2, 3].map(() => ({ status: 200, body: {} }));
  const inputs = { context: { location: "." }, tags: ["r/ns/a:1", "r/ns/a:2"], push: true };
  const { id, outputs } = await provider.create("docker-build:index:Image", inputs, context);
  expect(outputs).toEqual({ ...inputs, digest: id, contextHash: id.slice(7), ref: `r/ns/a:1@${id}` });
  expect(oci.exchanges.map(({ body }) => body)).toEqual([
    { image: "r/ns/a:1", digest: id, directory },
    { image: "r/ns/a:2", digest: id, directory },
  ]);
  await writeFile(join(directory, "func.js"), "2");
  const later = await provider.update(
    "docker-build:index:Image",
    id,
    inputs,
    { ...inputs, tags: ["r/ns/a:1"] },
    context,
  );
  expect(later.digest).not.toBe(id);
});

test("images that can't run as a function are refused", () => {
  expect(provider.check("docker-build:index:Image", { push: false })).toEqual([
    { property: "context", reason: "needs a location: the folder of the function's bundle" },
    { property: "tags", reason: "needs at least one tag" },
    { property: "push", reason: "must be true: an image that isn't pushed can't run as a function" },
  ]);
});

test("functions read and filter as the official provider does", async () => {
  oci.answers["GET /20160918/services"] = [1, 2].map(() => ({
    status: 200,
    body: [
      { id: "all", name: "All IAD Services In Oracle Services Network" },
      { id: "os", name: "OCI IAD Object Storage" },
    ],
  }));
  const token = "oci:Core/getServices:getServices";
  const filters = [{ name: "name", values: ["All .* Services In Oracle Services Network"], regex: true }];
  expect((await provider.invoke(token, { filters }, context)).services).toEqual([
    { id: "all", name: "All IAD Services In Oracle Services Network" },
  ]);
  expect((await provider.invoke(token, {}, context)).services).toHaveLength(2);
  oci.answers["GET /n"] = [{ status: 200, body: "ns" }];
  expect(await provider.invoke("oci:ObjectStorage/getNamespace:getNamespace", {}, context)).toEqual({
    id: "ns",
    namespace: "ns",
  });
  oci.answers["GET /20160918/tenancies/t/regionSubscriptions"] = [
    { status: 200, body: [{ regionName: "us-ashburn-1", status: "READY", isHomeRegion: true }] },
  ];
  expect(
    await provider.invoke(
      "oci:Identity/getRegionSubscriptions:getRegionSubscriptions",
      { tenancyId: "t" },
      context,
    ),
  ).toEqual({
    id: "t",
    tenancyId: "t",
    regionSubscriptions: [{ regionName: "us-ashburn-1", state: "READY", isHomeRegion: true }],
  });
});
