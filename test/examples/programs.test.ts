import { afterEach, beforeEach, expect, it } from "vitest";
import { startWatchedEmulator, type WatchedEmulator } from "../end-to-end/stack.ts";
import { runProgram } from "../readiness/program.ts";

let local: WatchedEmulator;

beforeEach(async () => {
  local = await startWatchedEmulator();
});
afterEach(() => local.emulator.close());

const run = (directory: string) => runProgram(local.emulator.url, { directory: `examples/${directory}` });

it("the API by hand, without the component, answers", async () => {
  const { problems, outputs, state } = await run("raw-resources");
  expect(problems).toEqual([]);
  const hello = await fetch(`${outputs.endpoint}/hello?name=Ada`);
  expect([hello.status, await hello.json()]).toEqual([200, { message: "Hello, Ada!" }]);
  const health = await fetch(`${outputs.endpoint}/health`);
  expect([health.status, await health.text()]).toEqual([200, "ok"]);
  expect(state.map(({ type }) => type).filter((type) => type.startsWith("oci-serverless-api:"))).toEqual([]);
});

it.each([
  // "Managing Dynamic Groups"; the text is OCI's own, as the provider prints it.
  [
    "group-outside-the-tenancy-root",
    "gateways",
    "400-InvalidParameter, Dynamic group can only be created in the tenancy compartment",
  ],
  // The SDK of the provider knows what is required.
  ["gateway-without-endpoint-type", undefined, "Missing required property 'endpointType'"],
  ["function-without-image", "hello", "image"],
])("mistake %s: %s %s", async (directory, resource, message) => {
  const { problems } = await run(`mistakes/${directory}`);
  expect(problems.map(({ urn }) => urn?.split("::").pop())).toEqual([resource]);
  expect(problems[0]?.message).toContain(message);
});
