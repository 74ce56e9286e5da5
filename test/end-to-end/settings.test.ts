import { resolve } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { localTenancy } from "../../emulator/index.ts";
import { readProject } from "../../local/project.ts";
import { bringStackUp, startWatchedEmulator, type WatchedEmulator } from "./stack.ts";

let local: WatchedEmulator;

beforeEach(async () => {
  local = await startWatchedEmulator();
});
afterEach(() => local.emulator.close());

it("with wrong settings every problem is said at once and the emulator's log shows no write", async () => {
  const config = {
    "oci-serverless-api:compartmentId": "my-compartment",
    "oci-serverless-api:pathPrefix": "v1/",
    "oci-serverless-api:network": '{"cidrBlock":"10.0.0.1/33"}',
  };
  const failure = await bringStackUp(local.emulator, { config }).catch((error: Error) => error);
  const { message } = failure as Error;
  for (const key of ["compartmentId", "pathPrefix", "cidrBlock"]) expect(message).toContain(key);
  expect(message).toContain("pulumi config set");
  expect(await local.writes()).toEqual([]);
});

it("two stacks live side by side in one tenancy", async () => {
  const [dev, prod] = [
    await bringStackUp(local.emulator, { stack: "one" }),
    await bringStackUp(local.emulator, { stack: "two" }),
  ];
  const endpoints = [dev.outputs.endpoint, prod.outputs.endpoint] as string[];
  expect(new Set(endpoints).size).toBe(2);
  for (const endpoint of endpoints) {
    const answer = await fetch(`${endpoint}/hello?name=Ada`);
    expect([answer.status, await answer.json()]).toEqual([200, { message: "Hello, Ada!" }]);
  }
  expect(dev.outputs.dynamicGroupId).not.toBe(prod.outputs.dynamicGroupId);
});

it("the local stack names the tenancy that the emulator starts with", async () => {
  const { config } = await readProject(resolve("."), "local");
  expect(config["oci:tenancyOcid"]).toBe(localTenancy.id);
  expect(config["oci-serverless-api:compartmentId"]).toBe(localTenancy.compartments[0]?.id);
  expect(config["oci:region"]).toBe(localTenancy.homeRegion);
});
