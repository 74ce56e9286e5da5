import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bringStackUp, startWatchedEmulator, type WatchedEmulator } from "./stack.ts";

const main = resolve("test/fixtures/programs/policies/index.ts");

describe("an API with a choice between back ends and every policy of routes", () => {
  let local: WatchedEmulator;
  let first: Awaited<ReturnType<typeof bringStackUp>>;
  let endpoint: string;

  beforeAll(async () => {
    local = await startWatchedEmulator();
    first = await bringStackUp(local.emulator, { main });
    endpoint = first.outputs.endpoint as string;
  });
  afterAll(() => local.emulator.close());

  const specification = async () => {
    const path = `/20190501/deployments/${first.outputs.deploymentId}`;
    return ((await local.call("GET", path)).body as { specification: Record<string, unknown> }).specification;
  };

  it("is deployed in the REST API's names, with Oracle's defaults", async () => {
    const { requestPolicies, routes } = await specification();
    expect(requestPolicies).toEqual({
      rateLimiting: { rateInRequestsPerSecond: 1000, rateKey: "TOTAL" },
      cors: {
        allowedOrigins: ["https://shop.example.com"],
        allowedMethods: ["GET", "POST"],
        allowedHeaders: [],
        exposedHeaders: [],
        isAllowCredentialsEnabled: false,
        maxAgeInSeconds: 0,
      },
    });
    const [, valid] = routes as { requestPolicies: object }[];
    expect(valid?.requestPolicies).toEqual({
      headerValidations: { headers: [{ name: "X-Tenant", required: true }], validationMode: "ENFORCING" },
      queryParameterValidations: {
        parameters: [{ name: "q", required: true }],
        validationMode: "ENFORCING",
      },
      bodyValidation: {
        required: true,
        content: { "application/json": { validationType: "NONE" } },
        validationMode: "ENFORCING",
      },
    });
    expect(first.outputs.backends).toEqual([
      "dynamic request.headers[x-canary]: stock 200, function echo",
      "stock 201",
    ]);
  });

  it("leads where the header says, through the transformations", async () => {
    const canary = await fetch(`${endpoint}/echo/7`, { headers: { "X-Canary": "ON" } });
    expect([canary.status, canary.headers.get("x-served-by"), await canary.text()]).toEqual([
      200,
      "policies",
      "canary",
    ]);
    const echo = await fetch(`${endpoint}/echo/7?old=1`, { headers: { "X-Internal": "x", "X-Other": "y" } });
    const { request } = (await echo.json()) as {
      request: { query: unknown; headers: Record<string, unknown> };
    };
    expect([echo.status, echo.headers.get("x-served-by"), request.query]).toEqual([
      200,
      "policies",
      [["new", "1"]],
    ]);
    const { "x-id": id, "x-other": other, "x-internal": internal } = request.headers;
    expect([id, other, internal]).toEqual([["id 7"], ["y"], undefined]);
  });

  it("validates requests and answers browsers", async () => {
    const json = { "Content-Type": "application/json" };
    const post = async (query: string, headers: Record<string, string>, body: string | null) =>
      (await fetch(`${endpoint}/valid${query}`, { method: "POST", headers, body })).status;
    expect(await post("?q=1", { ...json, "X-Tenant": "a" }, "{}")).toBe(201);
    // No document tells these codes apart: docs/unverified.md.
    expect(await post("?q=1", json, "{}")).toBe(400);
    expect(await post("", { ...json, "X-Tenant": "a" }, "{}")).toBe(400);
    expect(await post("?q=1", { "Content-Type": "text/plain", "X-Tenant": "a" }, "{}")).toBe(415);
    const preflight = await fetch(`${endpoint}/valid`, {
      method: "OPTIONS",
      headers: { Origin: "https://shop.example.com", "Access-Control-Request-Method": "POST" },
    });
    expect([
      preflight.ok,
      preflight.headers.get("access-control-allow-origin"),
      preflight.headers.get("access-control-allow-methods")?.replaceAll(" ", ""),
    ]).toEqual([true, "https://shop.example.com", "GET,POST"]);
  });

  it("changes nothing in a second run, and its rate in place", async () => {
    const before = (await local.writes()).length;
    const second = await bringStackUp(local.emulator, { main, state: first.state });
    const repeated = (await local.writes()).slice(before).filter(({ path }) => !path.includes("/_emulator/"));
    expect(repeated).toEqual([]);

    const config = { "oci-serverless-api:rate": "1" };
    const third = await bringStackUp(local.emulator, { main, state: second.state, config });
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => fetch(`${endpoint}/echo/7`, { headers: { "X-Canary": "on" } })),
    );
    await bringStackUp(local.emulator, { main, state: third.state });
    expect(third.outputs.deploymentId).toBe(first.outputs.deploymentId);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.headers.get("retry-after")).toMatch(/^\d+$/);
  });
});
