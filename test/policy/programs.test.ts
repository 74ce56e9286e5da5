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

/** A resource that is up: rules on it alone see what the program gave, those on the stack what the provider answered. */
function givenOf({
  type,
  urn,
  inputs,
  outputs,
  id,
  isProtected,
  propertyDependencies,
}: ResourceState): Given {
  const named = (used: string) => used.split("::").slice(-2).join("::").split("$").at(-1) ?? "";
  const uses = Object.entries(propertyDependencies).map(([property, urns]) => [property, urns.map(named)]);
  return {
    type,
    name: urn.split("::").at(-1) ?? "",
    properties: plain(inputs),
    outputs: plain({ ...inputs, ...outputs, id }),
    protect: isProtected,
    uses: Object.fromEntries(uses),
  };
}

/** Absent values don't travel. */
function plain(properties: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(properties));
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
