import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bringStackUp, startWatchedEmulator, type WatchedEmulator } from "./stack.ts";

describe("the default program on the local OCI", () => {
  let local: WatchedEmulator;
  let outputs: Record<string, unknown>;
  let endpoint: string;

  beforeAll(async () => {
    local = await startWatchedEmulator();
    const result = await bringStackUp(local.emulator);
    outputs = result.outputs;
    endpoint = outputs.endpoint as string;
  });
  afterAll(() => local.emulator.close());

  it("answers a query, a JSON body and a form body", async () => {
    const query = await fetch(`${endpoint}/hello?name=Ada`);
    expect([query.status, await query.json()]).toEqual([200, { message: "Hello, Ada!" }]);
    const json = await fetch(`${endpoint}/hello`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ name: "Grace" }),
    });
    expect([json.status, await json.json()]).toEqual([200, { message: "Hello, Grace!" }]);
    const form = await fetch(`${endpoint}/hello`, {
      method: "POST",
      body: new URLSearchParams({ name: "Edsger" }),
    });
    expect([form.status, await form.json()]).toEqual([200, { message: "Hello, Edsger!" }]);
  });

  it("answers the stock response with the declared body and type", async () => {
    const response = await fetch(`${endpoint}/health`);
    expect([response.status, response.headers.get("content-type"), await response.text()]).toEqual([
      200,
      "application/json",
      '{"status":"ok"}',
    ]);
  });

  it("answers 404 for a path without a route and 405 for a method without one", async () => {
    const missing = await fetch(`${endpoint}/nothing`);
    expect([missing.status, await missing.json()]).toEqual([404, { code: 404, message: "Not Found" }]);
    const method = await fetch(`${endpoint}/health`, { method: "DELETE" });
    expect([method.status, await method.json()]).toEqual([405, { code: 405, message: "Method Not Allowed" }]);
  });

  it("outputs what the emulator really holds", async () => {
    const list = async (path: string) => (await local.call("GET", path)).body as Record<string, unknown>;
    const gateway = await list(`/20190501/gateways/${outputs.gatewayId}`);
    expect(gateway.hostname).toBe(outputs.gatewayHostname);
    const functions = outputs.functionIds as Record<string, string>;
    const digests = outputs.imageDigests as Record<string, string>;
    for (const key of ["hello", "echo"]) {
      const fn = await list(`/20181201/functions/${functions[key]}`);
      expect([fn.displayName, fn.imageDigest]).toEqual([key, digests[key]]);
    }
    expect((await local.call("GET", `/20160918/dynamicGroups/${outputs.dynamicGroupId}`)).status).toBe(200);
    expect((outputs.policyIds as string[]).length).toBe(1);
  });

  it("a second run of the same program changes nothing", async () => {
    const before = await local.writes();
    const fresh = await startWatchedEmulator();
    try {
      const first = await bringStackUp(fresh.emulator);
      const written = (await fresh.writes()).length;
      const second = await bringStackUp(fresh.emulator, { state: first.state });
      const repeated = (await fresh.writes()).slice(written).map(({ method, path }) => `${method} ${path}`);
      expect(repeated.filter((call) => !call.includes("/_emulator/"))).toEqual([]);
      expect(second.outputs).toEqual(first.outputs);
    } finally {
      await fresh.emulator.close();
    }
    expect(await local.writes()).toEqual(before);
  });
});
