import { existsSync, readdirSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { rules } from "../../components/model/rules.ts";
import { startWatchedEmulator, type WatchedEmulator } from "../end-to-end/stack.ts";
import { runProgram } from "../readiness/program.ts";

let local: WatchedEmulator;

beforeAll(async () => {
  local = await startWatchedEmulator();
});
afterAll(() => local.emulator.close());

// The consumer reads another stack, and has no API of its own.
const examples = readdirSync("examples").filter(
  (name) => name !== "consumer" && existsSync(`examples/${name}/Pulumi.local.yaml`),
);

it.each([".", ...examples.map((name) => `examples/${name}`)])(
  "[route-unreachable] [route-options-cors] [cors-credentials] [route-anonymous-beside] [authorizer-unused] [anonymous-access-unused] [authentication-uri-plain] nothing is wrong with %s, and nothing looks it",
  async (directory) => {
    const { problems, text } = await runProgram(local.emulator.url, { directory, isPreview: true });
    expect(problems).toEqual([]);
    expect(Object.keys(rules).filter((rule) => text.includes(`[${rule}]`))).toEqual([]);
  },
);
