import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { availableEngine, type EngineStack, startEngine } from "./harness.ts";

const engine = await availableEngine();
const limitInMs = 120_000;

type Level = "mandatory" | "advisory";

/** Rules in TypeScript, run by Node's type stripping; what they know of the resource and of the stack. */
const rules = (level: Level) => `
  import { Gateway } from "@pulumi/oci/apigateway/gateway.js";
  import { Config, getProject, getStack } from "@pulumi/pulumi";
  import { type PolicyPackArgs, validateResourceOfType, validateStackResourcesOfType } from "@pulumi/policy";

  export const rules: PolicyPackArgs["policies"] = [
    {
      name: "private-gateway",
      description: "Gateways are private.",
      enforcementLevel: "${level}",
      validateResource: validateResourceOfType(Gateway, (gateway, { name }, report) => {
        if (gateway.endpointType === "PUBLIC") report(\`the gateway \${name} is public\`);
      }),
    },
    {
      name: "two-gateways",
      description: "There are two gateways.",
      enforcementLevel: "advisory",
      validateStack: validateStackResourcesOfType(Gateway, (gateways, _args, report) => {
        if (gateways.length !== 2) {
          const compartment = new Config(getProject()).require("compartmentId").split("..")[0];
          report(\`there are \${gateways.length} gateways in \${getStack()} of \${getProject()}, \${compartment}\`);
        }
      }),
    },
  ];
`;

describe.skipIf(engine === undefined)("policy packs", () => {
  let folder: string;
  let stack: EngineStack;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "policy-pack-test-"));
    symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
    stack = await startEngine();
  }, limitInMs);
  afterAll(async () => {
    await stack?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Writes a pack of the form that runs without a compiler, and answers its folder. */
  function pack(name: string, files: Readonly<Record<string, string>>): string {
    const directory = join(folder, name);
    mkdirSync(directory);
    const all = {
      "PulumiPolicy.yaml": "runtime:\n  name: nodejs\n  options:\n    typescript: false\n",
      "package.json": JSON.stringify({ name, version: "2.3.4", type: "module", main: "index.js" }),
      "index.js":
        'import { PolicyPack } from "@pulumi/policy";\nimport { rules } from "./rules.ts";\n' +
        `new PolicyPack("${name}", { policies: rules });\n`,
      ...files,
    };
    for (const [file, text] of Object.entries(all)) writeFileSync(join(directory, file), text);
    return directory;
  }

  it(
    "a violation of a mandatory rule fails the preview, of an advisory one doesn't",
    async () => {
      const mandatory = pack("strict", { "rules.ts": rules("mandatory") });
      const refused = await stack.preview("--policy-pack", mandatory);
      expect(refused.exitCode, refused.output).not.toBe(0);
      expect(refused.output).toContain(
        [
          `    ❌ strict@v2.3.4 (local: ${mandatory})`,
          "        - [mandatory]  private-gateway  (oci:ApiGateway:Gateway: api-gateway)",
          "          Gateways are private.",
          "          the gateway api-gateway is public",
          "        - [advisory]  two-gateways  (pulumi:pulumi:Stack: oci-serverless-api-local)",
          "          There are two gateways.",
          "          there are 1 gateways in local of oci-serverless-api, ocid1.compartment.oclocal",
        ].join("\n"),
      );

      const advisory = pack("lenient", { "rules.ts": rules("advisory") });
      const passed = await stack.preview("--policy-pack", advisory);
      expect(passed.exitCode, passed.output).toBe(0);
      expect(passed.output).toContain(
        "        - [advisory]  private-gateway  (oci:ApiGateway:Gateway: api-gateway)",
      );
      expect(passed.output).toContain("the gateway api-gateway is public");
      expect(await stack.writes()).toEqual([]);
    },
    limitInMs,
  );

  it.each([
    [
      "throwing",
      { "rules.ts": 'export const rules = []; throw new Error("no rules today");' },
      "no rules today",
      "error: the policy pack ended: exit code 32",
    ],
    [
      "compiled",
      { "PulumiPolicy.yaml": "runtime: nodejs\n" },
      "PulumiPolicy.yaml, runtime.options:\n  ✖ typescript is true, the default: ts-node would compile it; Node strips " +
        "types itself, so write typescript: false",
      'compiled" failed to start',
    ],
  ])(
    "a pack that doesn't start fails the preview, with the reason: %s",
    async (name, files, reason, ending) => {
      const { exitCode, output } = await stack.preview("--policy-pack", pack(name, files));
      expect(exitCode, output).not.toBe(0);
      expect(output).toContain(reason);
      expect(output).toContain(ending);
    },
    limitInMs,
  );
});
