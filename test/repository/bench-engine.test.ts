import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { growthLines, median, ratiosOf, readBaseline, regressions } from "../../bench/engine-baseline.ts";

const figures = [
  { name: "1 API: fresh up", unit: "ms", values: [300, 100, 200] },
  { name: "10 APIs: fresh up", unit: "ms", values: [1100] },
  { name: "100 APIs: fresh up", unit: "ms", values: [19_100] },
  { name: "1 API: peak memory of up", unit: "MB", values: [400] },
] as const;

describe("ratios of the engine's figures", () => {
  it("are times over the calibration, and memory as it is", () => {
    expect(ratiosOf({ calibrationInMs: 100, figures: [...figures] })).toEqual({
      "1 API: fresh up": 2,
      "10 APIs: fresh up": 11,
      "100 APIs: fresh up": 191,
      "1 API: peak memory of up": 400,
    });
    expect(median([3, 1, 2])).toBe(2);
  });

  it("are worse above the tolerated factor only, and only where both sides know them", () => {
    expect(regressions({ a: 1.5, b: 3.2, c: 9 }, { a: 1, b: 2, d: 1 })).toEqual([
      "b: 3.2, was 2 (1.60 times; tolerated: 1.5)",
    ]);
  });

  it("show what each further API costs", () => {
    expect(growthLines(figures)).toEqual([
      "- fresh up, from 1 to 10 APIs: 100.0 ms for each further API",
      "- fresh up, from 10 to 100 APIs: 200.0 ms for each further API",
    ]);
  });

  it("have a baseline", () => {
    expect(Object.values(readBaseline()).every((ratio) => ratio > 0)).toBe(true);
  });
});

describe("what the program loads first", () => {
  it("keeps stack traces from being mapped", () => {
    const register = createRequire(import.meta.url).resolve("source-map-support/register");
    const program = `require(${JSON.stringify(register)}); console.log(String(Error.prepareStackTrace).includes("wrapCallSite"))`;
    const withMapping = spawnSync(process.execPath, ["--eval", program], { encoding: "utf8" });
    const without = spawnSync(
      process.execPath,
      ["--import", new URL("../../tools/require-node.mjs", import.meta.url).href, "--eval", program],
      { encoding: "utf8" },
    );
    expect([withMapping.stdout, without.stdout]).toEqual(["true\n", "false\n"]);
  });
});
