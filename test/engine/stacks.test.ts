import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { availableEngine, type EngineStack, startEngine } from "./harness.ts";

const engine = await availableEngine();
const limitInMs = 120_000;

describe.skipIf(engine === undefined)("stacks that share a tenancy", () => {
  let first: EngineStack;
  let program: string;
  beforeAll(async () => {
    first = await startEngine();
    const up = await first.up();
    expect(up, up.output).toMatchObject({ exitCode: 0 });
    program = mkdtempSync(join(tmpdir(), "engine-import-"));
    symlinkSync(resolve("node_modules"), join(program, "node_modules"));
  }, limitInMs);
  afterAll(async () => {
    await first.close();
    rmSync(program, { recursive: true, force: true });
  });

  it(
    "two of one program don't meet: both come up, both answer, one goes alone",
    async () => {
      const second = await first.sibling({ stack: "second" });
      const up = await second.up();
      expect(up, up.output).toMatchObject({ exitCode: 0 });
      const endpoints = [await first.outputs(), await second.outputs()].map(({ endpoint }) => endpoint);
      expect(new Set(endpoints).size).toBe(2);
      for (const endpoint of endpoints) {
        const response = await fetch(`${endpoint}/hello?name=Ada`);
        expect([response.status, await response.json()]).toEqual([200, { message: "Hello, Ada!" }]);
      }
      const destroy = await second.destroy();
      expect(destroy, destroy.output).toMatchObject({ exitCode: 0 });
      expect((await fetch(`${endpoints[0]}/health`)).status).toBe(200);
      const preview = await first.preview("--expect-no-changes");
      expect(preview, preview.output).toMatchObject({ exitCode: 0 });
    },
    limitInMs,
  );

  it(
    "an existing gateway is taken into a stack by the option import, and stays when the option has gone",
    async () => {
      const { gatewayId } = await first.outputs();
      const { body } = await first.call("GET", `/20190501/gateways/${gatewayId}`);
      const { compartmentId, subnetId, networkSecurityGroupIds, displayName } = body as Record<
        string,
        unknown
      >;
      const args = {
        compartmentId,
        subnetId,
        networkSecurityGroupIds,
        displayName,
        endpointType: "PUBLIC",
      };
      const directory = mkdtempSync(join(program, "by-option-"));
      writeFileSync(
        join(directory, "Pulumi.yaml"),
        "name: by-option\nruntime:\n  name: nodejs\n  options:\n    typescript: false\nmain: index.mjs\n",
      );
      const write = (options: object) =>
        writeFileSync(
          join(directory, "index.mjs"),
          `import { Gateway } from "@pulumi/oci/apigateway/gateway.js";
          new Gateway("gateway", ${JSON.stringify(args)}, ${JSON.stringify(options)});`,
        );
      write({ import: gatewayId });
      const importer = await first.sibling({ cwd: directory });
      const writes = await first.writes();
      const up = await importer.up();
      expect(up, up.output).toMatchObject({ exitCode: 0 });
      const { resources } = (await importer.export()).deployment;
      expect(resources.find(({ type }) => type === "oci:ApiGateway/gateway:Gateway")?.id).toBe(gatewayId);
      write({});
      const preview = await importer.preview("--expect-no-changes");
      expect(preview, preview.output).toMatchObject({ exitCode: 0 });
      expect(await first.writes()).toEqual(writes);
    },
    limitInMs,
  );

  it(
    "an existing gateway is imported as it is, and a program that names less of it changes nothing",
    async () => {
      const { gatewayId } = await first.outputs();
      writeFileSync(
        join(program, "Pulumi.yaml"),
        "name: importer\nruntime:\n  name: nodejs\n  options:\n    typescript: false\nmain: index.mjs\n",
      );
      writeFileSync(join(program, "index.mjs"), "export {};\n");
      const importer = await first.sibling({ cwd: program });
      const type = "oci:ApiGateway/gateway:Gateway";
      const imported = await importer.pulumi(
        ...[
          "import",
          type,
          "gateway",
          String(gatewayId),
          "--generate-code=false",
          "--protect=false",
          "--yes",
        ],
      );
      expect(imported, imported.output).toMatchObject({ exitCode: 0 });
      const { deployment } = await importer.export();
      const gateway = deployment.resources.find((resource) => resource.type === type);
      expect(gateway?.id).toBe(gatewayId);
      expect(gateway?.inputs).toMatchObject({
        displayName: "oci-serverless-api-local-api-gateway",
        endpointType: "PUBLIC",
        ipMode: "IPV4",
      });

      const { compartmentId, subnetId, networkSecurityGroupIds } = gateway?.inputs ?? {};
      const args = {
        compartmentId,
        subnetId,
        networkSecurityGroupIds,
        endpointType: "PUBLIC",
        displayName: "oci-serverless-api-local-api-gateway",
      };
      const module = "@pulumi/oci/apigateway/gateway.js";
      writeFileSync(
        join(program, "index.mjs"),
        `import { Gateway } from "${module}";\nnew Gateway("gateway", ${JSON.stringify(args)});\n`,
      );
      const writes = await first.writes();
      const up = await importer.up("--expect-no-changes");
      expect(up, up.output).toMatchObject({ exitCode: 0 });
      expect(await first.writes()).toEqual(writes);
      const absent = await importer.pulumi(
        ...["import", type, "other", `${gatewayId}x`, "--generate-code=false", "--yes"],
      );
      expect(absent.exitCode).not.toBe(0);
      expect(absent.output).toContain("does not exist");
    },
    limitInMs,
  );
});
