import { resolve } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { availableEngine, type EngineStack, startEngine } from "../engine/harness.ts";

const engine = await availableEngine();
const limitInMs = 180_000;
const pack = resolve("policy");
const fromPack = ["--policy-pack", pack];

/** What the engine says of the pack, and of nothing else. */
function policiesIn(output: string): string[] {
  const [, after = ""] = output.split("\nPolicies:\n");
  const lines = after.split("\n");
  const end = lines.findIndex((line) => line !== "" && !line.startsWith("    "));
  return lines.slice(0, end < 0 ? undefined : end).filter((line) => line.trim() !== "");
}

/** Rules that are violated, each with its level; what can't be judged yet is left out. */
function violated(output: string): string[] {
  const findings = policiesIn(output)
    .join("\n")
    .split(/\n +- (?=\[)/);
  const found = findings.flatMap((text) => {
    const [, level, name] = /^\[(\w+)\] +(?:\[severity: \w+\] +)?([\w-]+) /.exec(text) ?? [];
    return level === undefined || text.includes("can't be judged yet") ? [] : [`${level} ${name}`];
  });
  return [...new Set(found)].sort();
}

const refusedSettings = [
  [
    "policy-config-type.json",
    "oci-serverless-policies 0.1.0  rate-limit: maxRateInRequestsPerSecond: Invalid type. Expected: integer, given: string",
  ],
  [
    "policy-config-name.json",
    'settings of the policy "rate-limit": Unrecognized key: "deployment"; its settings are deployments, maxRateInRequestsPerSecond',
  ],
] as const;

describe.skipIf(engine === undefined)("the pack under the real engine", () => {
  let stack: EngineStack | undefined;
  afterEach(async () => {
    await stack?.close();
    stack = undefined;
  });

  it(
    "holds nothing against the default program but what policy-config.json excepts",
    async () => {
      stack = await startEngine();
      const bare = await stack.preview(...fromPack);
      expect(bare.exitCode, bare.output).not.toBe(0);
      expect(violated(bare.output)).toEqual([
        "advisory gateway-private-endpoint",
        "advisory rate-limit",
        "advisory validation-present",
        "mandatory anonymous-routes-declared",
      ]);
      expect(bare.output).toContain(
        [
          "        - [mandatory] [severity: high]  anonymous-routes-declared  (oci:ApiGateway:Deployment: api-deployment)",
          "          Checks that every route that anybody may call is declared to be open.",
          '          deployment "api-deployment": specification.routes[2].path is "/health"; everybody may call it; add an ' +
            'authentication to specification.requestPolicies, or declare it: routes: ["GET /v1/health"], or by the tag ' +
            '"anonymous-routes" of api-deployment',
        ].join("\n"),
      );

      const config = ["--policy-pack-config", resolve("policy-config.json")];
      const excepted = await stack.preview(...fromPack, ...config);
      expect(excepted.exitCode, excepted.output).toBe(0);
      expect(violated(excepted.output)).toEqual([]);

      const up = await stack.up(...fromPack, ...config);
      expect(up.exitCode, up.output).toBe(0);
      expect(policiesIn(up.output)).toEqual([`    ✅ oci-serverless-policies@v0.1.0 (local: ${pack})`]);
    },
    limitInMs,
  );

  it(
    "says at preview what isn't known yet, and refuses it when it is",
    async () => {
      stack = await startEngine({ cwd: "test/fixtures/programs/unjudged" });
      const config = resolve("test/fixtures/programs/unjudged/policy-config.json");
      const preview = await stack.preview(...fromPack, "--policy-pack-config", config);
      expect(preview.exitCode, preview.output).toBe(0);
      const unknown =
        'deployment "deployment" can\'t be judged yet: specification.routes[1].backend.url is known only after pulumi up';
      expect(preview.output).toContain(unknown);
      expect(violated(preview.output)).toEqual([
        "advisory application-logs",
        "advisory deployment-logs",
        "advisory gateway-network-security-group",
        "advisory gateway-private-endpoint",
        "advisory network-functions-subnet-private",
        "advisory rate-limit",
      ]);

      const up = await stack.up(...fromPack, "--policy-pack-config", config);
      expect(up.exitCode, up.output).not.toBe(0);
      expect(violated(up.output)).toContain("mandatory backend-https");
      expect(up.output).toContain(
        'deployment "deployment": specification.routes[1].backend.url is "http://api.example.com"; write https://api.example.com, or declare it: plainHosts: ["api.example.com"]',
      );
      expect(
        (await stack.writes()).filter((line) => line.startsWith("POST ") && line.includes("/deployments")),
      ).toEqual([]);
    },
    limitInMs,
  );

  it(
    "refuses settings that a rule doesn't take",
    async () => {
      stack = await startEngine({ cwd: "examples/raw-resources" });
      for (const [file, error] of refusedSettings) {
        const config = resolve("test/fixtures/programs/unjudged", file);
        const preview = await stack.preview(...fromPack, "--policy-pack-config", config);
        expect(preview.exitCode, preview.output).not.toBe(0);
        expect(preview.output).toContain(error);
      }
    },
    limitInMs,
  );
});
