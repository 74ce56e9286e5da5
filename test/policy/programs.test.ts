import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ResourceState } from "../../local/monitor/state.ts";
import { startWatchedEmulator } from "../end-to-end/stack.ts";
import { runProgram } from "../readiness/program.ts";
import { type Analyzer, type Given, type PackConfig, startAnalyzer } from "./analyzer.ts";

const limitInMs = 90_000;
let pack: Analyzer;
beforeAll(async () => {
  pack = await startAnalyzer();
}, limitInMs);
afterAll(() => pack?.close());

/** A resource that is up, as the engine gives it to rules on the whole stack. */
function givenOf({ type, urn, inputs, outputs, id, isProtected }: ResourceState): Given {
  // What only the program's process knows, and absent values, don't travel.
  const properties: Record<string, unknown> = JSON.parse(JSON.stringify({ ...inputs, ...outputs, id }));
  return { type, name: urn.split("::").at(-1) ?? "", properties, protect: isProtected };
}

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
