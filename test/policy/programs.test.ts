import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startWatchedEmulator } from "../end-to-end/stack.ts";
import { runProgram } from "../readiness/program.ts";
import { type Analyzer, type PackConfig, startAnalyzer } from "./analyzer.ts";
import { givenOf } from "./state.ts";

const limitInMs = 90_000;
let pack: Analyzer;
beforeAll(async () => {
  pack = await startAnalyzer();
}, limitInMs);
afterAll(() => pack?.close());

/** Programs and their exceptions; the mistakes don't come up, the consumer makes no resource of OCI. */
const programs = readdirSync("examples").filter(
  (name) => name !== "consumer" && existsSync(join("examples", name, "Pulumi.yaml")) && name !== "insecure",
);

it.each([...programs.map((name) => join("examples", name)), "."])(
  "%s has no finding but what its policy-config.json excepts, and no exception too many",
  async (directory) => {
    const config: PackConfig = JSON.parse(readFileSync(join(directory, "policy-config.json"), "utf8"));
    const local = await startWatchedEmulator();
    try {
      const { problems, state } = await runProgram(local.emulator.url, { directory });
      expect(problems).toEqual([]);
      const resources = state.map(givenOf);
      expect(await pack.analyze(resources, config)).toEqual([]);
      const found = (await pack.analyze(resources)).map(({ rule }) => rule);
      expect([...new Set(found)].sort()).toEqual(Object.keys(config).sort());
    } finally {
      await local.emulator.close();
    }
  },
  limitInMs,
);
