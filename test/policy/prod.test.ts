import { readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { type Emulator, localTenancy, startEmulator } from "../../emulator/index.ts";
import { adoptedTenancy, planAdoption } from "../../local/adoption.ts";
import { adopt } from "../../local/bring-up.ts";
import { readProject } from "../../local/project.ts";
import { bringStackUp } from "../end-to-end/stack.ts";
import { filled } from "../settings/fixture.ts";
import { type Analyzer, type PackConfig, startAnalyzer } from "./analyzer.ts";
import { givenOf } from "./state.ts";

const limitInMs = 90_000;
const exceptions: PackConfig = JSON.parse(readFileSync("policy-config.prod.json", "utf8"));

let pack: Analyzer;
let emulator: Emulator;
let config: Record<string, string>;
beforeAll(async () => {
  pack = await startAnalyzer({ stack: "prod" });
}, limitInMs);
afterAll(() => pack?.close());
beforeEach(async () => {
  const project = await readProject(".", "prod");
  const entries = Object.entries(project.config).map(([key, text]) => [
    key,
    text.replaceAll(/<[^<>]+>/g, (placeholder) => filled[placeholder] ?? placeholder),
  ]);
  config = Object.fromEntries(entries);
  const tenancy = adoptedTenancy(config, project.name, localTenancy);
  if (tenancy === undefined) throw new Error("Pulumi.prod.yaml names no tenancy");
  emulator = await startEmulator({ tenancy, region: "eu-frankfurt-1" });
  await adopt(emulator, planAdoption(config));
});
afterEach(() => emulator.close());

const protectedRepositories = ["api-functions-echo-repository", "api-functions-hello-repository"];

it.each([
  ["the images that it names", {}, []],
  ["functions from source", { "oci-serverless-api:functions": "{}" }, protectedRepositories],
])(
  "prod with %s has no finding but what policy-config.prod.json excepts, and no exception too many",
  async (_, changes, repositories) => {
    const { problems, state } = await bringStackUp(emulator, {
      stack: "prod",
      config: { ...config, ...changes },
    });
    expect(problems).toEqual([]);
    const resources = state.map(givenOf);
    expect(await pack.analyze(resources, exceptions)).toEqual([]);
    const found = (await pack.analyze(resources)).map(({ rule }) => rule);
    expect([...new Set(found)].sort()).toEqual(Object.keys(exceptions).sort());
    const kept = resources.filter(({ protect }) => protect === true).map(({ name }) => name);
    expect(kept.sort()).toEqual(repositories);
  },
  limitInMs,
);
