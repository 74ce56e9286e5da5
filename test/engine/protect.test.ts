import { afterEach, expect, it } from "vitest";
import { availableEngine, type EngineStack, startEngine } from "./harness.ts";

const engine = await availableEngine();
const limitInMs = 240_000;
let stack: EngineStack | undefined;
afterEach(async () => {
  await stack?.close();
  stack = undefined;
});

const isDelete = (write: string) => write.startsWith("DELETE ");
const protect = (value: boolean) => ({ "oci-serverless-api:protect": value });

it.skipIf(engine === undefined)(
  "a protected stack refuses to be destroyed before it deletes anything, and goes as docs/readiness.md says",
  async () => {
    stack = await startEngine({ config: protect(true) });
    const up = await stack.up();
    expect(up.exitCode, up.output).toBe(0);
    const refused = await stack.pulumi("destroy", "--yes");
    expect(refused.exitCode, refused.output).not.toBe(0);
    expect(refused.output).toContain("api-functions-hello-repository");
    expect(refused.output).toContain("protect");
    expect((await stack.writes()).filter(isDelete)).toEqual([]);

    await stack.configure(protect(false));
    const again = await stack.up();
    expect(again.exitCode, again.output).toBe(0);
    const destroyed = await stack.destroy();
    expect(destroyed.exitCode, destroyed.output).toBe(0);
    expect((await stack.writes()).filter((write) => /^DELETE .*repositories/.test(write))).toHaveLength(2);
  },
  limitInMs,
);

it.skipIf(engine === undefined)(
  "without a preview everything goes but the repositories, and these stay in OCI when they are unprotected in the state",
  async () => {
    stack = await startEngine({ config: protect(true) });
    expect((await stack.up()).exitCode).toBe(0);
    const refused = await stack.destroy();
    expect(refused.exitCode, refused.output).not.toBe(0);
    const unprotected = await stack.pulumi("state", "unprotect", "--all", "--yes");
    expect(unprotected.exitCode, unprotected.output).toBe(0);
    const destroyed = await stack.destroy();
    expect(destroyed.exitCode, destroyed.output).toBe(0);
    const deletes = (await stack.writes()).filter(isDelete);
    expect(deletes.length).toBeGreaterThan(10);
    expect(deletes.filter((write) => write.includes("repositories"))).toEqual([]);
  },
  limitInMs,
);
