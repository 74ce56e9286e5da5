import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { availableEngine, type EngineStack, startEngine } from "./harness.ts";

const engine = await availableEngine();
const limitInMs = 120_000;

describe.skipIf(engine === undefined)("the default program under the real engine", () => {
  let stack: EngineStack;
  let outputs: Record<string, unknown>;
  beforeAll(async () => {
    stack = await startEngine();
    const up = await stack.up();
    expect(up, up.output).toMatchObject({ exitCode: 0 });
    outputs = await stack.outputs();
  }, limitInMs);
  afterAll(() => stack.close());

  it("answers on every route", async () => {
    const get = async (path: string) => {
      const response = await fetch(`${outputs.endpoint}${path}`);
      return [response.status, await response.json()];
    };
    expect(await get("/hello?name=Ada")).toEqual([200, { message: "Hello, Ada!" }]);
    expect(await get("/health")).toEqual([200, { status: "ok" }]);
    expect(await get("/echo/a/b")).toMatchObject([200, { request: { method: "GET", path: "/v1/echo/a/b" } }]);
  });

  it(
    "has nothing to change in a second preview, nor after a refresh",
    async () => {
      const before = await stack.writes();
      const preview = await stack.preview("--expect-no-changes");
      expect(preview, preview.output).toMatchObject({ exitCode: 0 });
      const refresh = await stack.refresh("--expect-no-changes");
      expect(refresh, refresh.output).toMatchObject({ exitCode: 0 });
      const again = await stack.preview("--expect-no-changes", "--refresh");
      expect(again, again.output).toMatchObject({ exitCode: 0 });
      expect(await stack.writes()).toEqual(before);
    },
    limitInMs,
  );
});
