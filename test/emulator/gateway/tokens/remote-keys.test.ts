import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { KeySetFault } from "../../../../emulator/gateway/tokens/keys.ts";
import { RemoteKeys } from "../../../../emulator/gateway/tokens/remote-keys.ts";
import { jwk, pair } from "./fixtures.ts";

const hour = 3_600_000;
const [a, b] = [pair("a"), pair("b")];
const setOf = (...keys: unknown[]) => ({ keys });

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now: 1_000_000_000_000 }));
afterEach(() => void vi.useRealTimers());

/** Keys whose key set is what `answer` says; `loads` counts. */
function remote(answer: () => unknown) {
  const state = { loads: 0 };
  const keys = new RemoteKeys(async () => {
    state.loads++;
    const value = answer();
    if (value instanceof Error) throw value;
    return value as Record<string, unknown>;
  }, hour);
  const find = async (kid: string) => (await keys.find(kid))?.key.kid;
  return { keys, state, find };
}

const later = (inMs: number) => void vi.setSystemTime(Date.now() + inMs);

describe("remote keys", () => {
  test("are loaded once for all who wait, and kept for their time", async () => {
    const { find, state, keys } = remote(() => setOf(jwk(a)));
    expect(await Promise.all([find("a"), find("a"), find("x")])).toEqual(["a", "a", undefined]);
    later(hour - 1);
    expect(keys.find("a")).toEqual({ key: expect.anything(), generation: 0, untilInMs: 1_000_003_600_000 });
    expect(state.loads).toBe(1);
    later(1);
    expect(await find("a")).toBe("a");
    expect([state.loads, keys.generation]).toEqual([2, 0]);
  });

  test("are loaded again for an unknown id, once in 30 seconds", async () => {
    let set = setOf(jwk(a));
    const { find, state } = remote(() => set);
    await find("a");
    set = setOf(jwk(a), jwk(b));
    later(29_999);
    for (let count = 0; count < 10_000; count++) expect(await find(`unknown ${count}`)).toBeUndefined();
    expect([await find("b"), state.loads]).toEqual([undefined, 1]);
    later(1);
    expect(await Promise.all([find("b"), find("x"), find("y")])).toEqual(["b", undefined, undefined]);
    for (let count = 0; count < 10_000; count++) expect(await find(`unknown ${count}`)).toBeUndefined();
    expect(state.loads).toBe(2);
  });

  test("count a generation on when one of them goes or changes, not when one comes", async () => {
    let set = setOf(jwk(a));
    const { find, keys } = remote(() => set);
    const reload = async (next: typeof set) => {
      set = next;
      later(hour);
      await find("a");
      return keys.generation;
    };
    await find("a");
    expect(await reload(setOf(jwk(b), jwk(a)))).toBe(0);
    expect(await reload(setOf(jwk(b)))).toBe(1);
    expect(await reload(setOf(jwk(b, { kid: "a" }), jwk(b)))).toBe(1);
    expect(await reload(setOf(jwk(a), jwk(b)))).toBe(2);
    expect(await reload(setOf(jwk(a, { alg: "RS512" }), jwk(b)))).toBe(3);
  });

  test("go on for their time when a load fails; only who needs new ones gets the fault", async () => {
    let answer: unknown = setOf(jwk(a));
    const { find, state } = remote(() => answer);
    await find("a");
    answer = new KeySetFault("down", false);
    later(30_000);
    await expect(find("b")).rejects.toThrow("down");
    expect([await find("a"), await find("b"), state.loads]).toEqual(["a", undefined, 2]);
    later(hour - 30_001);
    expect(await find("a")).toBe("a");
    later(1);
    await expect(find("a")).rejects.toThrow("down");
  });

  test("that never came are asked for once a second at most", async () => {
    let answer: unknown = new KeySetFault("down", false);
    const { find, state } = remote(() => answer);
    for (let count = 0; count < 100; count++) await expect(find("a")).rejects.toThrow("down");
    expect(state.loads).toBe(1);
    later(1000);
    answer = setOf(jwk(a));
    expect([await find("a"), state.loads]).toEqual(["a", 2]);
  });

  test.each<[string, Record<string, unknown>]>([
    ["512 bits", jwk(pair("odd", 512))],
    ["1024 bits", jwk(pair("odd", 1024))],
    ["another type", { kid: "odd", kty: "EC", crv: "P-256", x: "a", y: "b" }],
    ["a secret", { kid: "odd", kty: "oct", k: "c2VjcmV0" }],
    ["for encryption", jwk(a, { kid: "odd", use: "enc" })],
    ["for signing", jwk(a, { kid: "odd", key_ops: ["sign"] })],
    ["for another algorithm", jwk(a, { kid: "odd", alg: "PS256" })],
    ["a broken modulus", jwk(a, { kid: "odd", n: "!" })],
    ["exponent 1", jwk(a, { kid: "odd", e: "AQ" })],
    ["an even exponent", jwk(a, { kid: "odd", e: "BA" })],
    ["no key id", jwk(a, { kid: undefined })],
  ])("a key of the set that can't be used is passed over: %s", async (_, odd) => {
    const { find } = remote(() => setOf(odd, "x", null, jwk(b)));
    expect([await find("odd"), await find("b")]).toEqual([undefined, "b"]);
  });

  test.each<[string, unknown, string]>([
    ["no list", {}, "the key set has no list of keys"],
    ["an object", { keys: {} }, "the key set has no list of keys"],
    ["eleven keys", setOf(...Array(11).fill(jwk(a))), "the key set has 11 keys; allowed are 10"],
  ])("a set with %s is a fault", async (_, set, message) => {
    const { find } = remote(() => set);
    await expect(find("a")).rejects.toThrow(message);
  });
});
