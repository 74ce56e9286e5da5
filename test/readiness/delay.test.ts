import { afterEach, beforeEach, expect, it } from "vitest";
import { givingUpText, waitingText } from "../../components/model/readiness.ts";
import { startWatchedEmulator, type WatchedEmulator } from "../end-to-end/stack.ts";
import { runProgram } from "./program.ts";

let local: WatchedEmulator;

beforeEach(async () => {
  local = await startWatchedEmulator();
});
afterEach(() => local.emulator.close());

const delay = (iamPropagationDelayInMs: number) =>
  local.call("PUT", "/_emulator/switches", { iamPropagationDelayInMs });

const deploymentWrites = async () =>
  (await local.writes()).filter(({ method, path }) => method === "POST" && path.endsWith("/deployments"));

// "Creating Policies to Control Access to Network and API Gateway-Related Resources": access is checked when a
// deployment is created; that it takes effect late is measured.
it("a deployment is tried again until group and policy have effect", async () => {
  await delay(2500);
  const { problems, outputs, text } = await runProgram(local.emulator.url);
  expect(problems).toEqual([]);
  expect(text.split("\n").filter((line) => line.includes(waitingText("api-deployment", 600))).length).toBe(1);
  const answer = await fetch(`${outputs.endpoint}/hello?name=Ada`);
  expect([answer.status, await answer.json()]).toEqual([200, { message: "Hello, Ada!" }]);
  expect((await deploymentWrites()).length).toBeGreaterThan(1);
});

it("after readiness.timeoutInSeconds the run fails with OCI's error and says what to do", async () => {
  await delay(600_000);
  const { problems, text } = await runProgram(local.emulator.url, {
    config: { "oci-serverless-api:readiness": '{"timeoutInSeconds":1}' },
  });
  expect(text).toContain(givingUpText("api-deployment", 1));
  expect(problems.map(({ message }) => message.replace(/, .*/s, ""))).toEqual([
    "404-NotAuthorizedOrNotFound",
  ]);
});

it("with 0 nothing is tried again", async () => {
  await delay(600_000);
  const { problems, text } = await runProgram(local.emulator.url, {
    config: { "oci-serverless-api:readiness": '{"timeoutInSeconds":0}' },
  });
  expect(problems).toHaveLength(1);
  expect(text).not.toContain("trying again");
  expect(await deploymentWrites()).toHaveLength(1);
});
