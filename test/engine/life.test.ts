import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { availableEngine, type EngineStack, startEngine } from "./harness.ts";
import { childProcesses, filesUnder, livingIds, livingResources } from "./state.ts";

const engine = await availableEngine();
const limitInMs = 120_000;
const token = "made-up-token-that-no-file-may-show";

// One life, told in order: each test goes on from where the last one stopped.
describe.skipIf(engine === undefined)("a stack's life under the real engine", { shuffle: false }, () => {
  let stack: EngineStack;
  let before: Record<string, string[]>;
  let temporary: string;
  beforeAll(async () => {
    temporary = mkdtempSync(join(tmpdir(), "engine-life-"));
    vi.stubEnv("TMPDIR", temporary);
    stack = await startEngine({
      config: { "oci-serverless-api:registryUsername": "ada@example.com" },
    });
    await stack.setSecret("oci-serverless-api:registryAuthToken", token);
    before = await livingResources(stack);
  }, limitInMs);
  afterAll(async () => {
    await stack.close();
    vi.unstubAllEnvs();
    rmSync(temporary, { recursive: true, force: true });
  });

  it(
    "keeps secrets out of the state, however often it is written",
    async () => {
      const up = await stack.up();
      expect(up, up.output).toMatchObject({ exitCode: 0 });
      const refresh = await stack.refresh();
      expect(refresh, refresh.output).toMatchObject({ exitCode: 0 });
      const shown = JSON.stringify(await stack.export());
      expect(shown).toContain("oci-serverless-api-local-api-gateway");
      expect(shown).not.toContain(token);
      const files = filesUnder(join(stack.folder, "pulumi")).filter(({ text }) => text.includes(token));
      expect(files.map(({ path }) => path)).toEqual([]);
    },
    limitInMs,
  );

  it(
    "changes a route in place: the same deployment, with one PUT",
    async () => {
      const written = (await stack.writes()).length;
      const { gatewayId, endpoint } = await stack.outputs();
      const file = join(stack.directory, "index.ts");
      const text = readFileSync(file, "utf8");
      writeFileSync(file, text.replace(`body: '{"status":"ok"}'`, `body: '{"status":"changed"}'`));
      const up = await stack.up();
      expect(up, up.output).toMatchObject({ exitCode: 0 });
      const writes = (await stack.writes()).slice(written);
      expect(writes.map((line) => line.replace(/ocid1[\w.-]+/, "{id}"))).toEqual([
        "PUT /20190501/deployments/{id}",
      ]);
      expect(await stack.outputs()).toMatchObject({ gatewayId, endpoint });
      expect(await (await fetch(`${endpoint}/health`)).json()).toEqual({ status: "changed" });
      const preview = await stack.preview("--expect-no-changes");
      expect(preview, preview.output).toMatchObject({ exitCode: 0 });
    },
    limitInMs,
  );

  it(
    "finds what was changed behind its back, and puts it right",
    async () => {
      const { gatewayId } = await stack.outputs();
      const { status } = await stack.call("PUT", `/20190501/gateways/${gatewayId}`, {
        displayName: "renamed",
      });
      expect(status).toBe(202);
      const preview = await stack.preview("--refresh", "--diff");
      expect(preview.output).toContain('displayName: "renamed" => "oci-serverless-api-local-api-gateway"');
      const up = await stack.up("--refresh");
      expect(up, up.output).toMatchObject({ exitCode: 0 });
      const { body } = await stack.call("GET", `/20190501/gateways/${gatewayId}`);
      expect(body).toMatchObject({ displayName: "oci-serverless-api-local-api-gateway" });
    },
    limitInMs,
  );

  it(
    "is listed whole: every resource of the state lives in one of the collections that are looked through",
    async () => {
      const { resources } = (await stack.export()).deployment;
      const made = resources.filter(({ id, type }) => id !== undefined && type.startsWith("oci:"));
      const listed = Object.values(await livingIds(stack)).flat();
      expect(made.map(({ id }) => id).filter((id) => !listed.includes(String(id)))).toEqual([]);
      expect(made.length).toBeGreaterThan(20);
    },
    limitInMs,
  );

  it(
    "leaves nothing after destroy: no resource, process, socket or temporary file",
    async () => {
      const { endpoint } = await stack.outputs();
      expect((await fetch(`${endpoint}/hello?name=Ada`)).status).toBe(200);
      const destroy = await stack.destroy();
      expect(destroy, destroy.output).toMatchObject({ exitCode: 0 });
      expect(await livingResources(stack)).toEqual(before);
      await expect(fetch(`${endpoint}/health`)).rejects.toThrow();
      expect((await stack.export()).deployment.resources ?? []).toEqual([]);
      // The emulator still has its guardian of functions, and the folder of their sockets; both go with it.
      expect(childProcesses().filter((line) => !line.includes("fn-guardian"))).toEqual([]);
      await stack.close();
      expect(childProcesses()).toEqual([]);
      expect(readdirSync(temporary)).toEqual([]);
    },
    limitInMs,
  );
});
