import { afterEach, describe, expect, it } from "vitest";
import { availableEngine, type EngineStack, startEngine } from "../engine/harness.ts";
import { mistakes, reasonOf } from "./mistakes.ts";
import { runTranscript, transcriptOf, whyNoPages } from "./transcript.ts";

const engine = await availableEngine();

describe.skipIf(engine === undefined)(
  "examples under the real engine",
  () => {
    let stack: EngineStack | undefined;
    afterEach(async () => {
      await stack?.close();
      stack = undefined;
    });

    it("the API by hand answers, and a second preview is empty", async () => {
      stack = await startEngine({ cwd: "examples/raw-resources" });
      const up = await stack.up();
      expect(up, up.output).toMatchObject({ exitCode: 0 });
      const { endpoint } = await stack.outputs();
      const hello = await fetch(`${endpoint}/hello?name=Ada`);
      expect([hello.status, await hello.json()]).toEqual([200, { message: "Hello, Ada!" }]);
      const preview = await stack.preview("--expect-no-changes");
      expect(preview, preview.output).toMatchObject({ exitCode: 0 });
      const destroyed = await stack.destroy();
      expect(destroyed, destroyed.output).toMatchObject({ exitCode: 0 });
    });

    it("the orders answer as their page shows, a second preview is empty, and the keys are secret in the state", async ({
      skip,
    }) => {
      stack = await startEngine({ cwd: "examples/orders" });
      const up = await stack.up();
      expect(up, up.output).toMatchObject({ exitCode: 0 });
      const { endpoint } = await stack.outputs();
      const shown = transcriptOf("examples/orders/README.md");
      if (whyNoPages === undefined) expect(await runTranscript(shown, String(endpoint))).toEqual(shown);
      const preview = await stack.preview("--expect-no-changes");
      expect(preview, preview.output).toMatchObject({ exitCode: 0 });
      expect(JSON.stringify(await stack.export())).not.toContain("codeSha256");
      const destroyed = await stack.destroy();
      expect(destroyed, destroyed.output).toMatchObject({ exitCode: 0 });
      skip(whyNoPages !== undefined, whyNoPages);
    });

    it.each(mistakes)("mistake $name, at preview, with nothing written", async (mistake) => {
      stack = await startEngine({ cwd: `examples/mistakes/${mistake.name}` });
      const preview = await stack.preview();
      expect(preview.exitCode).not.toBe(0);
      const { type, resource, property, reason } = mistake;
      expect(preview.output).toContain(`error: ${type} resource '${resource}': property ${property} value {`);
      expect(preview.output).toContain(`} has a problem: ${reason}\n`);
      expect(await stack.writes()).toEqual([]);
    });

    it("several mistakes: all of the first resource, where the engine stops", async () => {
      stack = await startEngine({ cwd: "test/fixtures/programs/mistakes" });
      const preview = await stack.preview();
      expect(preview.exitCode).not.toBe(0);
      for (const name of ["group-outside-the-tenancy-root", "rule-for-fnfunction"]) {
        expect(preview.output).toContain(`} has a problem: ${reasonOf(name)}\n`);
      }
      expect(await stack.writes()).toEqual([]);
    });

    it("a consumer reads the API's stack, and calls the API", async () => {
      stack = await startEngine();
      const api = await stack.up();
      expect(api, api.output).toMatchObject({ exitCode: 0 });
      const consumer = await stack.sibling({ cwd: "examples/consumer" });
      const preview = await consumer.preview();
      expect(preview, preview.output).toMatchObject({ exitCode: 0 });
      const up = await consumer.up();
      expect(up, up.output).toMatchObject({ exitCode: 0 });
      const { endpoint } = await stack.outputs();
      expect(await consumer.outputs()).toEqual({
        endpoint,
        helloUrl: `${endpoint}/hello`,
        greeting: "Hello, consumer!",
      });
    });

    it("a consumer of a stack that lacks an output fails with its name, at preview", async () => {
      stack = await startEngine({ cwd: "examples/raw-resources" });
      const raw = await stack.up();
      expect(raw, raw.output).toMatchObject({ exitCode: 0 });
      const config = { "consumer:apiStack": "organization/raw-resources/local" };
      const consumer = await stack.sibling({ cwd: "examples/consumer", config });
      const preview = await consumer.preview();
      expect(preview.exitCode).not.toBe(0);
      expect(preview.output).toContain(
        'stack organization/raw-resources/local has no output "routes": is it a stack of this API, and was it brought up (pulumi up -s organization/raw-resources/local)?',
      );
    });
  },
  120_000,
);
