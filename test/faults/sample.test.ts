import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { availableEngine } from "../engine/harness.ts";
import { type CountedCall, type FaultCase, nameOf, sample } from "./calls.ts";
import { type Bench, startBench, strike } from "./strike.ts";

const engine = await availableEngine();
const limitInMs = 240_000;
const size = 6;
/** The whole sweep is `npm run test:faults`. */
const seed = Number(process.env.FAULTS_SEED ?? "1");

describe.skipIf(engine === undefined)(`a fault in the first up, drawn with seed ${seed}`, () => {
  let bench: Bench;
  let cases: FaultCase[];
  beforeAll(async () => {
    bench = await startBench();
    cases = sample(bench.calls, size, seed);
  }, limitInMs);
  afterAll(() => bench.stack.close());

  it.each(Array.from({ length: size }, (_, index) => index))(
    "case %i converges in at most two further runs, with no duplicate, and destroy leaves nothing",
    async (index) => {
      const one = cases[index];
      if (one === undefined) throw new Error("there is no such case");
      const { runs, problems, hasStruck } = await strike(bench, one);
      expect({ call: nameOf(one.call), fault: one.fault, problems }).toEqual({
        call: nameOf(one.call),
        fault: one.fault,
        problems: [],
      });
      // How often a state is asked for may differ from run to run; writes are the same.
      if (one.call.method !== "GET") expect(hasStruck).toBe(true);
      // What may pass a moment later is tried again by the plugin itself: the first run succeeds.
      if (one.fault !== "kill") expect(runs).toBe(1);
      else expect(runs).toBeLessThanOrEqual(3);
    },
    limitInMs,
  );
});

describe("the calls of a run", () => {
  const event = (method: string, path: string) =>
    ({ type: "api", service: "s", method, path, status: 200, isWrite: false, durationInMs: 1 }) as const;
  const calls: CountedCall[] = [
    { method: "GET", path: "/20160918/vcns/*", nth: 1 },
    { method: "POST", path: "/20160918/vcns", nth: 1 },
    { method: "GET", path: "/20160918/vcns/*", nth: 2 },
  ];
  it("are counted by method and path, whatever the ids", async () => {
    const { countCalls } = await import("./calls.ts");
    const events = [
      event("GET", "/20160918/vcns/ocid1.vcn.oclocal..a"),
      event("PUT", "/_emulator/images"),
      event("POST", "/20160918/vcns"),
      event("GET", "/20160918/vcns/ocid1.vcn.oclocal..b"),
    ];
    expect(countCalls(events)).toEqual(calls);
  });

  it("are drawn the same for the same seed; a kill strikes a write", () => {
    const drawn = sample(calls, 10, 7);
    expect(sample(calls, 10, 7)).toEqual(drawn);
    expect(drawn.map(({ fault }) => fault).slice(0, 6)).toEqual([
      "kill",
      "lostAnswer",
      409,
      429,
      500,
      "kill",
    ]);
    expect(new Set(drawn.filter(({ fault }) => fault === "kill").map(({ call }) => call.method))).toEqual(
      new Set(["POST"]),
    );
  });
});
