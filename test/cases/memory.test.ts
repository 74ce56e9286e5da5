import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { casesOf } from "./gateway/index.ts";
import { judge } from "./judge.ts";
import { type RunningGateway, startInMemory } from "./memory.ts";

const cases = casesOf("memory");
let running: RunningGateway;

beforeAll(async () => {
  running = await startInMemory(cases);
});
afterAll(() => running.close());

describe("conformance cases, in process", () => {
  it.each(cases)("$id: $name", async (one) => {
    expect(await judge(one, running.url, running.plan.pathOf.get(one.id) ?? "")).toEqual([]);
  });
});
