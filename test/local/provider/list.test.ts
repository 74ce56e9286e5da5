import { afterEach, beforeEach, expect, test } from "vitest";
import { createLocalProvider, type LocalProvider } from "../../../local/provider/provider.ts";
import { type FakeOci, startFakeOci } from "./fake-oci.ts";

const context = { region: undefined, timeoutInMs: 5000 };
let oci: FakeOci;
let provider: LocalProvider;
beforeEach(async () => {
  oci = await startFakeOci();
  provider = createLocalProvider({ url: oci.url, projectDirectory: "." });
});
afterEach(async () => {
  provider.close();
  await oci.close();
});

test("functions are listed by their application, with every field, without those that go", async () => {
  const items = [{ id: "a" }, { id: "b" }, { id: "c" }];
  oci.answers["GET /20181201/functions?applicationId=app"] = [{ status: 200, body: items }];
  const body = (id: string, lifecycleState: string) => ({
    status: 200,
    body: { id, lifecycleState, memoryInMBs: 128 },
  });
  oci.answers["GET /20181201/functions/a"] = [body("a", "ACTIVE")];
  oci.answers["GET /20181201/functions/b"] = [body("b", "DELETED")];
  oci.answers["GET /20181201/functions/c"] = [body("c", "DELETING")];
  expect(await provider.list("oci:Functions/function:Function", { applicationId: "app" }, context)).toEqual([
    { id: "a", outputs: { state: "ACTIVE", memoryInMbs: "128" } },
  ]);
});

test("rules are listed by their group; images aren't listed, for making one twice is the same as once", async () => {
  const rules = [{ id: "r", direction: "EGRESS", isStateless: false }];
  oci.answers["GET /20160918/networkSecurityGroups/g/securityRules"] = [{ status: 200, body: rules }];
  const type = "oci:Core/networkSecurityGroupSecurityRule:NetworkSecurityGroupSecurityRule";
  expect(await provider.list(type, { networkSecurityGroupId: "g" }, context)).toEqual([
    { id: "r", outputs: { direction: "EGRESS", stateless: false } },
  ]);
  expect(await provider.list("docker-build:index:Image", {}, context)).toEqual([]);
});
