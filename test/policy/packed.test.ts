import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { rules } from "../../policy/rules.ts";
import { packPolicies } from "../../tools/policy-pack/bundle.ts";
import { type Analyzer, startAnalyzer } from "./analyzer.ts";
import { deployment, gateway, route } from "./table.ts";

describe("the packed pack", () => {
  let folder: string;
  let pack: Analyzer | undefined;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "packed-policies-"));
  });
  afterEach(async () => {
    await pack?.close();
    pack = undefined;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("runs in an empty project that has nothing but Pulumi's SDKs, with every rule", async () => {
    const project = join(folder, "project");
    expect(await packPolicies(join(project, "policy"))).toEqual([
      "PulumiPolicy.yaml",
      "index.js",
      "package.json",
    ]);
    const code = readFileSync(join(project, "policy/index.js"), "utf8");
    const required = [...code.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name);
    expect([...new Set(required)].filter((name) => !name?.startsWith("node:")).sort()).toEqual([
      "@pulumi/policy",
      "@pulumi/pulumi",
    ]);
    expect(JSON.parse(readFileSync(join(project, "policy/package.json"), "utf8"))).toEqual({
      name: "oci-serverless-policies",
      version: "0.1.0",
      license: "Apache-2.0",
      main: "index.js",
      dependencies: { "@pulumi/policy": "1.21.0", "@pulumi/pulumi": "3.270.0" },
    });

    symlinkSync(resolve("node_modules"), join(project, "node_modules"));
    pack = await startAnalyzer({ folder: join(project, "policy") });
    expect(pack.info.getPoliciesList().map((policy) => policy.getName())).toEqual(
      rules.map(({ name }) => name),
    );
    const twice = [gateway(), deployment({ routes: [route("/a"), route("/a")] })];
    expect(await pack.messages("routes-shadowed", twice)).toEqual([
      'deployment "deployment": specification.routes[1].path is "/a"; it has path "/a" and GET in common with routes["GET /a"]; keep one of them, or declare it: deployments: ["deployment"]',
    ]);
  }, 60_000);

  it("goes over an earlier one, and leaves a folder alone that holds something else", async () => {
    const again = join(folder, "again");
    await packPolicies(again);
    mkdirSync(join(again, "node_modules"));
    expect(await packPolicies(again)).toHaveLength(3);
    writeFileSync(join(again, "rules.ts"), "");
    await expect(packPolicies(again)).rejects.toThrow(
      `${again} holds rules.ts, which no policy pack does; name a new folder`,
    );
  });
});
