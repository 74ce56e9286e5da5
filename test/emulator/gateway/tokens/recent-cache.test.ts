import { expect, test } from "vitest";
import { RecentCache } from "../../../../emulator/gateway/tokens/recent-cache.ts";

const value = (key: string) => ({ key });
const filled = (capacity: number, ...keys: string[]) => {
  const cache = new RecentCache<{ key: string }>(capacity);
  for (const key of keys) cache.set(key, value(key));
  return cache;
};
const known = (cache: RecentCache<{ key: string }>, ...keys: string[]) =>
  keys.filter((key) => cache.get(key) !== undefined).join("");

test("twice the capacity at most, the oldest half goes at once", () => {
  expect(filled(2, "a", "b", "c", "d").size).toBe(4);
  const cache = filled(2, "a", "b", "c", "d", "e");
  expect([cache.size, known(cache, "a", "b")]).toEqual([3, ""]);
  expect([cache.get("c"), cache.get("e")]).toEqual([value("c"), value("e")]);
});

test("what is asked for is young again, and counted once", () => {
  const cache = filled(2, "a", "b", "c");
  expect([cache.get("a"), cache.size]).toEqual([value("a"), 3]);
  cache.set("d", value("d"));
  expect([cache.size, known(cache, "b"), cache.get("a")]).toEqual([3, "", value("a")]);
});

test("a value that is set again replaces the old one, wherever that stands", () => {
  const cache = filled(2, "a", "b", "c");
  cache.set("a", value("new"));
  expect([cache.get("a"), cache.size]).toEqual([value("new"), 3]);
});

test("what is deleted is gone, young or old", () => {
  const cache = filled(2, "a", "b", "c");
  cache.delete("a");
  cache.delete("c");
  expect([cache.size, known(cache, "a", "b", "c")]).toEqual([1, "b"]);
});
