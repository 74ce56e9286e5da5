import { describe, expect, it } from "vitest";
import { NonceMemory } from "../../functions/kit/nonces.ts";

describe("NonceMemory", () => {
  it("knows a nonce until its moment, the moment among it", () => {
    const memory = new NonceMemory();
    const use = (nowInMs: number) => memory.use("a", "n", 1000, nowInMs);
    expect([use(0), use(1), use(1000), use(1001)]).toEqual(["new", "seen", "seen", "new"]);
  });

  it("keeps each key's nonces apart", () => {
    const memory = new NonceMemory();
    expect([memory.use("a", "n", 1000, 0), memory.use("b", "n", 1000, 0)]).toEqual(["new", "new"]);
  });

  it("full is refused until something is over, other keys aren't, and what was seen stays seen", () => {
    const memory = new NonceMemory(2);
    const use = (key: string, nonce: string, until: number, now: number) =>
      memory.use(key, nonce, until, now);
    expect(use("a", "1", 1000, 0)).toBe("new");
    expect(use("a", "2", 2000, 0)).toBe("new");
    expect(use("a", "3", 2000, 1000)).toBe("full");
    expect(use("a", "1", 2000, 1000)).toBe("seen");
    expect(use("b", "3", 2000, 1000)).toBe("new");
    expect(use("a", "3", 3000, 1001)).toBe("new");
    expect(use("a", "2", 3000, 1001)).toBe("seen");
  });
});
