import { rmSync } from "node:fs";
import { afterAll, expect, it } from "vitest";
import { bundleSources } from "../../components/function-image.ts";
import { perRun } from "../../components/per-run.ts";
import { run } from "./recorder.ts";

const name = "per-run-test";
afterAll(() => rmSync(`.build/functions/${name}`, { recursive: true, force: true }));

// Now, while nothing has run: a run leaves its monitor behind.
const listOutside = perRun((): string[] => []);
const outside = [listOutside(), listOutside()];

it("outside of runs everything is new", () => {
  expect(outside).toEqual([[], []]);
  expect(outside[0]).not.toBe(outside[1]);
});

it("each run has its own", async () => {
  const list = perRun((): string[] => []);
  const program = () => {
    list().push("a");
    list().push("b");
    return [...list()];
  };
  expect((await run(program)).result).toEqual(["a", "b"]);
  expect((await run(program)).result).toEqual(["a", "b"]);
});

it("functions are bundled once in a run, and anew in the next", async () => {
  const bundle = () => bundleSources(name, { hello: { source: "./functions/hello" } }).bundles.hello;
  const { result: first } = await run(() => [bundle(), bundle()]);
  expect(first[0]).toHaveProperty("contentHash");
  expect(first[1]).toBe(first[0]);
  const { result: second } = await run(bundle);
  expect(second).toEqual(first[0]);
  expect(second).not.toBe(first[0]);
});
