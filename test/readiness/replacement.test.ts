import { afterEach, beforeEach, expect, it } from "vitest";
import { startWatchedEmulator, type WatchedEmulator } from "../end-to-end/stack.ts";
import { type ProgramRun, runProgram } from "./program.ts";

let local: WatchedEmulator;

beforeEach(async () => {
  local = await startWatchedEmulator();
});
afterEach(() => local.emulator.close());

const own = (values: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      `oci-serverless-api:${key}`,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );

const about = ({ steps }: ProgramRun, noun: string) => steps.filter((step) => step.includes(noun));

async function statusOf(endpoint: unknown): Promise<number> {
  const answer = await fetch(`${endpoint}/hello`).catch(() => undefined);
  return answer?.status ?? 0;
}

it("a new prefix is served before the old one goes", async () => {
  const first = await runProgram(local.emulator.url);
  const second = await runProgram(local.emulator.url, {
    state: first.state,
    config: own({ pathPrefix: "/v2" }),
  });
  expect(second.problems).toEqual([]);
  expect(about(second, "deployment")).toEqual(["replace api-deployment", "delete api-deployment"]);
  expect([await statusOf(first.outputs.endpoint), await statusOf(second.outputs.endpoint)]).toEqual([
    404, 200,
  ]);
});

it("a deployment under / takes the other's place after that is gone", async () => {
  const first = await runProgram(local.emulator.url);
  const second = await runProgram(local.emulator.url, {
    state: first.state,
    config: own({ pathPrefix: "/" }),
  });
  expect(second.problems).toEqual([]);
  expect(about(second, "deployment")).toEqual(["delete api-deployment", "replace api-deployment"]);
  expect(await statusOf(second.outputs.endpoint)).toBe(200);
});

it("leaving / is warned of at preview, with the command that makes way", async () => {
  const first = await runProgram(local.emulator.url, { config: own({ pathPrefix: "/" }) });
  const preview = await runProgram(local.emulator.url, {
    state: first.state,
    config: own({ pathPrefix: "/v1" }),
    isPreview: true,
  });
  const urn = first.state.find((one) => one.urn.endsWith("::api-deployment"))?.urn;
  expect(preview.text).toContain(
    `deployment "api-deployment" can't be made under "/v1" while ${first.state.find((one) => one.urn === urn)?.id} stands under "/": that one must be the gateway's only one. If this run replaces it, delete it first: pulumi destroy --target '${urn}' --target-dependents -s local, then pulumi up -s local`,
  );
  expect(preview.problems).toEqual([]);
});

it("a gateway's replacement says at preview that the public host name changes", async () => {
  const first = await runProgram(local.emulator.url);
  const preview = await runProgram(local.emulator.url, {
    state: first.state,
    config: own({ gateway: { endpointType: "PRIVATE" } }),
    isPreview: true,
  });
  const { gatewayId, gatewayHostname } = first.outputs;
  expect(preview.text).toContain(
    `gateway "api-gateway" is made anew although "oci-serverless-api-local-api-gateway" stands already (${gatewayId}). If this run replaces that one, its public host name ${gatewayHostname} ends with it: DNS records, clients and other stacks that use it must follow to the new one`,
  );
  expect(preview.problems).toEqual([]);
});

it("a first preview and an unchanged one warn of nothing", async () => {
  const preview = await runProgram(local.emulator.url, { isPreview: true });
  const first = await runProgram(local.emulator.url);
  const second = await runProgram(local.emulator.url, { state: first.state, isPreview: true });
  for (const { text, problems } of [preview, first, second]) expect([text, problems]).toEqual(["", []]);
});

it("another shape replaces the application beside the old one, and no request is lost", async () => {
  const first = await runProgram(local.emulator.url);
  const statuses: number[] = [];
  let isOver = false;
  const load = Array.from({ length: 3 }, async () => {
    while (!isOver) statuses.push(await statusOf(first.outputs.endpoint));
  });
  const second = await runProgram(local.emulator.url, {
    state: first.state,
    config: own({ application: { shape: "GENERIC_ARM" } }),
  });
  isOver = true;
  await Promise.all(load);
  expect(second.problems).toEqual([]);
  const steps = about(second, "api-functions").filter((step) => !step.endsWith("-image"));
  // The two functions go side by side, in either order.
  const groups = [steps.slice(0, 1), steps.slice(1, 3).sort(), steps.slice(3, 5).sort(), steps.slice(5)];
  expect(groups).toEqual([
    ["replace api-functions"],
    ["replace api-functions-echo", "replace api-functions-hello"],
    ["delete api-functions-echo", "delete api-functions-hello"],
    ["delete api-functions"],
  ]);
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(second.outputs.endpoint).toBe(first.outputs.endpoint);
  expect(second.outputs.applicationId).not.toBe(first.outputs.applicationId);
});

it("a function's new configuration changes it in place", async () => {
  const first = await runProgram(local.emulator.url);
  const second = await runProgram(local.emulator.url, {
    state: first.state,
    config: own({ functions: { hello: { memoryInMBs: 512 } } }),
  });
  expect(about(second, "hello")).toEqual(["update api-functions-hello"]);
});
