import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { startWatchedEmulator, type WatchedEmulator } from "../end-to-end/stack.ts";
import { runProgram } from "./program.ts";

let folder: string;
let local: WatchedEmulator;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ready-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(async () => {
  local = await startWatchedEmulator();
});
afterEach(() => local.emulator.close());

/** `npm run ready -- …`, without npm. */
function ready(
  args: readonly string[],
  path = process.env.PATH,
): Promise<{ code: number | null; text: string }> {
  const child = spawn(process.execPath, ["tools/ready.ts", ...args], { env: { ...process.env, PATH: path } });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (part: string) => {
      text += part;
    });
  }
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, text })));
}

async function outputsFile(outputs: Record<string, unknown>): Promise<string> {
  const file = join(folder, `${crypto.randomUUID()}.json`);
  await writeFile(file, JSON.stringify(outputs));
  return file;
}

it("waits through IAM's delay until the route answers", async () => {
  await local.call("PUT", "/_emulator/switches", {
    deploymentAccessCheck: false,
    iamPropagationDelayInMs: 8000,
  });
  const { outputs } = await runProgram(local.emulator.url);
  const { code, text } = await ready(["--outputs", await outputsFile(outputs), "--timeout", "25"]);
  const url = `${outputs.endpoint}/hello`;
  const [chosen, first, last] = text.split("\n");
  expect(chosen).toBe(`calling GET ${url}: the first GET route of a function (another: --route PATH)`);
  expect(first).toBe(
    `waiting: GET ${url} answers 500 Internal Server Error (the gateway may not call the function, or the function is gone)`,
  );
  expect(last?.replace(/[\d.]+ s$/, "N s")).toBe(`ready: GET ${url} answers 200 after N s`);
  expect(code).toBe(0);
});

it("names the broken link when the time is over", async () => {
  const { outputs } = await runProgram(local.emulator.url);
  const [policyId] = outputs.policyIds as string[];
  await local.call("DELETE", `/20160918/policies/${policyId}`);
  const file = await outputsFile(outputs);
  const { code, text } = await ready(["--outputs", file, "--timeout", "1"]);
  expect(text).toContain(
    "\nbroken link: the gateway may not call the function, or the function is gone\ncure: ",
  );
  expect(code).toBe(1);
  const unknown = await ready(["--outputs", file, "--timeout", "1", "--route", "/nothing"]);
  expect(unknown.text).toContain("broken link: the gateway knows no such route");
  expect(unknown.code).toBe(1);
});

it("without a gateway the connection is refused", async () => {
  const { outputs } = await runProgram(local.emulator.url);
  await local.emulator.close();
  const { code, text } = await ready(["--url", `${outputs.endpoint}/hello`, "--timeout", "1"]);
  expect(text).toContain("broken link: nothing listens at the address");
  expect(code).toBe(1);
  local = await startWatchedEmulator();
});

it("ends with 2 when there is nothing to call", async () => {
  expect(await ready([])).toEqual({
    code: 2,
    text: "give one of --stack, --local, --url and --outputs, for example -s dev\nTry: npm run ready -- --help\n",
  });
  expect(await ready(["-s", "dev"], folder)).toEqual({
    code: 2,
    text: "the command pulumi isn't on PATH; install the Pulumi CLI, or give --local (a stack of npm run up:local), --url or --outputs\n",
  });
  expect((await ready(["--help"])).code).toBe(0);
});
