import { afterEach, describe, expect, it } from "vitest";
import { fetchSigned } from "../../examples/app-keys/client/sign.ts";
import { availableEngine, type EngineStack, startEngine } from "../engine/harness.ts";

const engine = await availableEngine();

const secret = "secret-of-this-test-0123456789abcdef";
const appKeys = JSON.stringify({ keys: [{ id: "test", secret, scopes: ["orders.write"] }] });

describe.skipIf(engine === undefined)(
  "app keys under the real engine",
  () => {
    let stack: EngineStack | undefined;
    afterEach(async () => {
      await stack?.close();
      stack = undefined;
    });

    it("are a Pulumi secret that the authorizer knows, and that is shown nowhere", async () => {
      stack = await startEngine({ cwd: "examples/app-keys" });
      await stack.setSecret("app-keys:appKeys", appKeys);
      const up = await stack.up();
      expect(up, up.output).toMatchObject({ exitCode: 0 });
      const { endpoint } = await stack.outputs();
      const headers = { "content-type": "application/json" };
      const init = { method: "POST", body: '{"item":"lamp"}', headers };
      const answer = await fetchSigned(`${endpoint}/orders`, { id: "test", secret }, init);
      expect([answer.status, await answer.json()]).toEqual([
        201,
        { order: { item: "lamp" }, writer: "test" },
      ]);
      const preview = await stack.preview("--diff", "--expect-no-changes");
      expect(preview, preview.output).toMatchObject({ exitCode: 0 });
      const text = JSON.stringify(await stack.export());
      expect(text).toContain("APP_KEYS");
      for (const shown of [up.output, preview.output, text]) expect(shown).not.toContain(secret);
    });
  },
  120_000,
);
