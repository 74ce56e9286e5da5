import { readdirSync } from "node:fs";
import { afterEach, beforeEach, expect, it } from "vitest";
import { startWatchedEmulator, type WatchedEmulator } from "../end-to-end/stack.ts";
import { runProgram } from "../readiness/program.ts";
import { mistakes, reasonOf } from "./mistakes.ts";
import { runTranscript, transcriptOf, whyNoPages } from "./transcript.ts";

let local: WatchedEmulator;

beforeEach(async () => {
  local = await startWatchedEmulator();
});
afterEach(() => local.emulator.close());

const run = (directory: string, isPreview = false) =>
  runProgram(local.emulator.url, { directory: `examples/${directory}`, isPreview });

it("the API by hand, without the component, answers as its page shows", async ({ skip }) => {
  const { problems, outputs, state } = await run("raw-resources");
  expect(problems).toEqual([]);
  const shown = transcriptOf("examples/raw-resources/README.md");
  if (whyNoPages === undefined) expect(await runTranscript(shown, String(outputs.endpoint))).toEqual(shown);
  const hello = await fetch(`${outputs.endpoint}/hello?name=Ada`);
  expect([hello.status, await hello.json()]).toEqual([200, { message: "Hello, Ada!" }]);
  const health = await fetch(`${outputs.endpoint}/health`);
  expect([health.status, await health.text()]).toEqual([200, "ok"]);
  expect(state.map(({ type }) => type).filter((type) => type.startsWith("oci-serverless-api:"))).toEqual([]);
  skip(whyNoPages !== undefined, whyNoPages);
});

it.each(mistakes)("mistake $name, at preview, with nothing written", async (mistake) => {
  const { problems } = await run(`mistakes/${mistake.name}`, true);
  expect(problems).toEqual([
    {
      urn: `urn:pulumi:local::${mistake.name}::${mistake.type}::${mistake.resource}`,
      message: `${mistake.property} ${mistake.reason}`,
    },
  ]);
  expect(await (await fetch(`${local.emulator.url}/_emulator/writes`)).json()).toEqual([]);
});

it("several mistakes: all that don't hang on each other, at preview, with nothing written", async () => {
  const { problems } = await runProgram(local.emulator.url, {
    directory: "test/fixtures/programs/mistakes",
    isPreview: true,
  });
  expect(problems.map(({ urn, message }) => [urn?.split("::").pop(), message.split("\n")])).toEqual([
    [
      "gateways",
      [
        `compartmentId ${reasonOf("group-outside-the-tenancy-root")}`,
        `matchingRule ${reasonOf("rule-for-fnfunction")}`,
      ],
    ],
    [
      "hello",
      [
        `image ${reasonOf("function-without-image")}`,
        'memoryInMbs is "200"; must be one of "128", "256", "512", "1024", "2048", "3072", for example memoryInMbs: "256"',
      ],
    ],
  ]);
  expect(await (await fetch(`${local.emulator.url}/_emulator/writes`)).json()).toEqual([]);
});

it("every folder of mistakes is in the table", () => {
  const folders = readdirSync("examples/mistakes", { withFileTypes: true });
  expect(folders.filter((one) => one.isDirectory()).map((one) => one.name)).toEqual(
    mistakes.map(({ name }) => name).sort(),
  );
});
