import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { availableEngine, type EngineStack, startEngine } from "./harness.ts";

const engine = await availableEngine();
const limitInMs = 120_000;

describe.skipIf(engine === undefined)("a tenancy that changes what it is given", () => {
  let stack: EngineStack;
  beforeAll(async () => {
    stack = await startEngine();
  }, limitInMs);
  // Each test finds the stack up, whatever the one before has done to it.
  beforeEach(async () => {
    // "Managing Tag Defaults": every new tenancy has Oracle-Tags.CreatedBy and CreatedOn.
    const switches = { oracleTags: true, policyTextNormalised: true, slowLifecycle: 2 };
    expect((await stack.call("PUT", "/_emulator/switches", switches)).status).toBe(200);
    const up = await stack.up();
    expect(up, up.output).toMatchObject({ exitCode: 0 });
  }, limitInMs);
  afterAll(() => stack.close());

  it(
    "changes nothing for the program: neither tags that OCI adds nor statements that it normalises are a difference",
    async () => {
      const { resources } = (await stack.export()).deployment;
      const gateway = resources.find(({ type }) => type === "oci:ApiGateway/gateway:Gateway");
      expect(Object.keys(gateway?.outputs?.definedTags ?? {})).toEqual([
        "Oracle-Tags.CreatedBy",
        "Oracle-Tags.CreatedOn",
      ]);
      expect(gateway?.inputs).not.toHaveProperty("definedTags");
      const before = await stack.writes();
      for (const run of [
        await stack.preview("--expect-no-changes"),
        await stack.refresh("--expect-no-changes"),
        await stack.preview("--expect-no-changes", "--refresh"),
      ]) {
        expect(run, run.output).toMatchObject({ exitCode: 0 });
      }
      expect(await stack.writes()).toEqual(before);
    },
    limitInMs,
  );

  it(
    "keeps a gateway's network interface for a while: destroy says so, and the next one leaves nothing",
    async () => {
      expect((await stack.call("PUT", "/_emulator/switches", { lingeringVnic: 1 })).status).toBe(200);
      const refused = await stack.destroy();
      expect(refused.exitCode).not.toBe(0);
      expect(refused.output).toContain("references the VNIC of a resource that was deleted a moment ago");
      const destroy = await stack.destroy();
      expect(destroy, destroy.output).toMatchObject({ exitCode: 0 });
      expect((await stack.export()).deployment.resources ?? []).toEqual([]);
    },
    limitInMs,
  );
});
