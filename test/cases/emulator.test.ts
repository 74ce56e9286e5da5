import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWatchedEmulator, type WatchedEmulator } from "../end-to-end/stack.ts";
import { runProgram } from "../readiness/program.ts";
import { casesOf } from "./gateway/index.ts";
import { judge } from "./judge.ts";
import { plan } from "./plan.ts";

const { pathOf } = plan(casesOf("url"));
let local: WatchedEmulator;
let url: URL;

beforeAll(async () => {
  local = await startWatchedEmulator();
  const { problems, outputs } = await runProgram(local.emulator.url, { directory: "test/cases/program" });
  expect(problems).toEqual([]);
  url = new URL(String(outputs.url));
}, 120_000);
afterAll(() => local.emulator.close());

describe("conformance cases, over HTTP with real functions", () => {
  it.each(casesOf("emulator"))("$id: $name", async (one) => {
    expect(await judge(one, url, pathOf.get(one.id) ?? "")).toEqual([]);
  });
});
