import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { parse } from "yaml";
import { rules } from "../../policy/rules.ts";
import { run } from "../components/recorder.ts";
import { type Analyzer, type Found, type Given, type PackConfig, startAnalyzer } from "./analyzer.ts";

const limitInMs = 90_000;
const folder = "examples/insecure";
const { config } = parse(readFileSync(`${folder}/Pulumi.prod.yaml`, "utf8"));
const settings: PackConfig = JSON.parse(readFileSync(`${folder}/policy-config.json`, "utf8"));
const ruleNames = rules.map(({ name }) => name).sort();

/** Settings that except nothing of what a rule found. */
const noExceptions = [
  "productionStacks",
  "categories",
  "freeformTags",
  "definedTags",
  "maxRateInRequestsPerSecond",
  // What isn't set at all is too long for nobody.
  "function-limits-set maxTimeoutInSeconds",
  "function-limits-set slowFunctions",
  "function-image-region region",
  // It says what must be there.
  "mutual-tls deployments",
];

let pack: Analyzer;
let found: readonly Found[];
beforeAll(async () => {
  vi.stubEnv("PULUMI_CONFIG", JSON.stringify(config));
  pack = await startAnalyzer({ stack: "prod" });
  found = await pack.analyze(await insecure(), settings);
}, limitInMs);
afterAll(async () => {
  vi.unstubAllEnvs();
  await pack?.close();
});

interface Registered {
  getType(): string;
  getName(): string;
  getProtect(): boolean;
  getPropertydependenciesMap(): {
    entries(): Iterable<[string, { getUrnsList(): string[] }]>;
  };
}

interface Monitor {
  registerResource(request: Registered, callback: unknown): Promise<void>;
}

const lastTwo = (urn: string) => urn.split("::").slice(-2).join("::");

/** The program as the engine shows it to a pack: evaluated on Pulumi's mocks, for the local OCI refuses much of it. */
async function insecure(): Promise<Given[]> {
  const more = new Map<string, Pick<Given, "protect" | "uses">>();
  const { resources } = await run(
    async () => {
      const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
      const register = monitor.registerResource.bind(monitor);
      monitor.registerResource = (request, callback) => {
        const uses = [...request.getPropertydependenciesMap().entries()].map(([property, urns]) => {
          return [property, urns.getUrnsList().map(lastTwo)] as const;
        });
        const one = { protect: request.getProtect() === true, uses: Object.fromEntries(uses) };
        more.set(`${request.getType()}::${request.getName()}`, one);
        return register(request, callback);
      };
      await import("../../examples/insecure/index.ts");
    },
    { project: "insecure", stack: "prod", config },
  );
  return resources.map(({ type, name, inputs }) => ({
    type,
    name,
    properties: inputs,
    ...more.get(`${type}::${name}`),
  }));
}

it("examples/insecure trips every rule, each once", () => {
  expect(found.filter(({ message }) => message.includes("can't be judged yet"))).toEqual([]);
  expect(found.map(({ rule }) => rule).sort()).toEqual(ruleNames);
});

it("each finding names a setting that excepts it, where its rule has one", () => {
  const silent = rules.filter(({ name, config: { shape } }) => {
    const settingsOfRule = Object.keys(shape).filter(
      (setting) => !noExceptions.some((one) => one === setting || one === `${name} ${setting}`),
    );
    const { message = "" } = found.find(({ rule }) => rule === name) ?? {};
    return settingsOfRule.length > 0 && !settingsOfRule.some((setting) => message.includes(`${setting}: [`));
  });
  expect(silent.map(({ name }) => name)).toEqual([]);
});

it("each mistake is marked where it stands", () => {
  const program = readFileSync(`${folder}/index.ts`, "utf8");
  const marked = [...program.matchAll(/\/\/ ✗ ([\w-]+): /g)].map(([, name]) => name);
  expect(marked.sort()).toEqual(ruleNames);
});
