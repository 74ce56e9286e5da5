import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clientKey } from "../../../../emulator/gateway/policies/client-address.ts";
import { RequestCounters } from "../../../../emulator/gateway/policies/request-counters.ts";

/** Times at which evenly spaced requests of one client were let through. */
function letThrough(rate: number, load: number, seconds: number, beginInMs = 0): number[] {
  const counters = new RequestCounters(rate);
  const times: number[] = [];
  for (let index = 0; index < seconds * load; index++) {
    const now = beginInMs + (index * 1000) / load;
    if (counters.count("a", now) === 0) times.push(now);
  }
  return times;
}

describe("a rate", () => {
  test.each([
    [1, 3],
    [7, 7],
    [10, 25],
    [100, 101],
    [100, 1000],
    [997, 5000],
  ])("of %d under a load of %d per second holds over any ten seconds", (rate, load) => {
    const times = letThrough(rate, load, 30, 12_345.678);
    for (let from = 12_345.678; from <= 12_345.678 + 20_000; from += 333) {
      const count = times.filter((time) => time >= from && time < from + 10_000).length;
      // One request in ten seconds is more than 1 % where the rate is below 10.
      expect(Math.abs(count - 10 * rate)).toBeLessThanOrEqual(Math.max(1, rate / 10));
    }
  });

  test("holds from the first request on, whenever that is (property)", () => {
    const loads = fc.record({
      rate: fc.integer({ min: 1, max: 300 }),
      factor: fc.double({ min: 1.01, max: 5, noNaN: true }),
      begin: fc.double({ min: 0, max: 1e9, noNaN: true }),
    });
    fc.assert(
      fc.property(loads, ({ rate, factor, begin }) => {
        const count = letThrough(rate, Math.ceil(rate * factor), 10, begin).length;
        expect(count).toBeGreaterThanOrEqual(9.9 * rate - 1);
        expect(count).toBeLessThanOrEqual(10 * rate);
      }),
      // What failed once: a wait that rounding made 0 let a request through.
      { numRuns: 50, examples: [[{ rate: 1, factor: 1.01, begin: 5.684341886080803e-14 }]] },
    );
  });

  test("is exceeded by one window's requests at most, whatever the clients do (property)", () => {
    const gaps = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 3000, noNaN: true })), {
      maxLength: 300,
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), gaps, (rate, each) => {
        const counters = new RequestCounters(rate);
        let now = 0;
        const times: number[] = [];
        for (const gap of each) {
          now += gap;
          if (counters.count("a", now) === 0) times.push(now);
        }
        for (const from of times) {
          const count = times.filter((time) => time >= from && time < from + 10_000).length;
          expect(count).toBeLessThanOrEqual(11 * rate);
        }
      }),
    );
  });
});

test("what is over the rate is told how long the window lasts", () => {
  const counters = new RequestCounters(2);
  const at = (now: number) => counters.count("a", now);
  expect([at(100), at(200), at(300), at(1099), at(1100), at(1101), at(1102)]).toEqual([
    0, 0, 800, 1, 0, 0, 998,
  ]);
  expect([at(9000), at(9999), at(9999.5), at(10_000)]).toEqual([0, 0, 0.5, 0]);
});

test("each key has its own count", () => {
  const counters = new RequestCounters(1);
  expect([counters.count("a", 0), counters.count("b", 0), counters.count("a", 1)]).toEqual([0, 0, 999]);
});

describe("what is remembered", () => {
  test("goes when no request has come for two seconds", () => {
    const counters = new RequestCounters(1);
    for (let index = 0; index < 1000; index++) counters.count(`client-${index}`, 0);
    expect(counters.size).toBe(1000);
    counters.count("other", 1000);
    expect(counters.size).toBe(1001);
    counters.count("other", 2000);
    expect(counters.size).toBe(1);
    counters.count("another", 60_000);
    expect(counters.size).toBe(1);
  });

  test("of a client that goes on stays, with its window", () => {
    const counters = new RequestCounters(1);
    const at = (now: number) => counters.count("a", now);
    expect([at(500), at(1400), at(1500), at(2400), at(2500), at(3499)]).toEqual([0, 100, 0, 100, 0, 1]);
  });

  test("of 100,000 clients, and of 100,000 others a second before, takes less than 50 MB", () => {
    const file = new URL("../../../../emulator/gateway/policies/request-counters.ts", import.meta.url);
    const script = `
      const { RequestCounters } = await import(${JSON.stringify(file.href)});
      const counters = new RequestCounters(5);
      gc();
      const before = process.memoryUsage().heapUsed;
      const address = (network, index) => [network, index >> 16, (index >> 8) & 255, index & 255].join(".");
      for (const [network, now] of [[10, 0], [11, 1000]])
        for (let index = 0; index < 100_000; index++) counters.count(address(network, index), now);
      gc();
      console.log(JSON.stringify({ bytes: process.memoryUsage().heapUsed - before, size: counters.size }));`;
    const options = ["--expose-gc", "--no-warnings", "--input-type=module", "--eval", script];
    const { bytes, size } = JSON.parse(execFileSync(process.execPath, options, { encoding: "utf8" }));
    expect(size).toBe(200_000);
    expect(bytes).toBeLessThan(50_000_000);
  });
});

// "Limiting the Number of Requests to API Gateway Back Ends", "API Gateway Internal Limits": IPv6 by /64
test.each([
  ["127.0.0.1", "127.0.0.1"],
  ["::ffff:127.0.0.1", "127.0.0.1"],
  ["::FFFF:10.1.2.3", "10.1.2.3"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:DB8:1:2::1", "2001:db8:1:2::/64"],
  ["2001:0db8:0001:0002:ffff::", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["2001:db8:1:3::1", "2001:db8:1:3::/64"],
  ["::1", "0:0:0:0::/64"],
  ["::", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["64:ff9b::10.0.0.1", "64:ff9b:0:0::/64"],
  ["1:2:3:4:5:6:10.0.0.1", "1:2:3:4::/64"],
  ["::1:2:3:4:5:6", "0:0:1:2::/64"],
  ["1::2:3:4:5:6:7", "1:0:2:3::/64"],
  ["::1:2:3:4:10.0.0.1", "0:0:1:2::/64"],
  ["not:an:address", "not:an:address"],
])("%s is counted as %s", (address, key) => {
  expect(clientKey(address)).toBe(key);
});

test("a key's windows follow on each other; after a window without requests a new one begins", () => {
  const counters = new RequestCounters(1);
  const times: readonly (readonly [nowInMs: number, waitInMs: number])[] = [
    [0, 0],
    [999, 1],
    [1500, 0],
    [1999, 1],
    [3000, 0],
    [3999, 1],
    [5200, 0],
    [6100, 100],
  ];
  expect(times.map(([nowInMs]) => [nowInMs, counters.count("a", nowInMs)])).toEqual(times);
});

test("keys of the last second and of the one before are remembered", () => {
  const sizes = (...times: number[]) => {
    const counters = new RequestCounters(1);
    for (const [index, nowInMs] of times.entries()) counters.count(String(index), nowInMs);
    return counters.size;
  };
  expect([sizes(0, 999), sizes(0, 1000), sizes(0, 1999), sizes(0, 2000)]).toEqual([2, 2, 2, 1]);
  expect([sizes(0, 1000, 2000), sizes(0, 1000, 1999, 2000)]).toEqual([2, 3]);
});
