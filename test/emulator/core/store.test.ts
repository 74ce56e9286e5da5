import { describe, expect, test } from "vitest";
import { type Body, Store } from "../../../emulator/core/store.ts";

const ids = (found: readonly { id: string }[]) => found.map(({ id }) => id);

describe("listBy", () => {
  test("gives the live resources with the value, oldest first", () => {
    const store = new Store();
    store.put("deployment", "a", { gatewayId: "one" });
    store.put("deployment", "b", { gatewayId: "two" });
    store.put("deployment", "c", { gatewayId: "one" });
    store.put("gateway", "d", { gatewayId: "one" });
    expect(ids(store.listBy("deployment", "gatewayId", "one"))).toEqual(["a", "c"]);
    expect(ids(store.listBy("deployment", "gatewayId", "three"))).toEqual([]);
    expect(ids(store.listBy("nothing", "gatewayId", "one"))).toEqual([]);
    store.close();
  });

  test("follows changes, deletions, erasures and a clearing", () => {
    const store = new Store();
    for (const id of ["a", "b", "c", "d"]) store.put("deployment", id, { gatewayId: "one" });
    expect(ids(store.listBy("deployment", "gatewayId", "one"))).toEqual(["a", "b", "c", "d"]);
    store.put("deployment", "a", { gatewayId: "two" });
    expect(ids(store.listBy("deployment", "gatewayId", "two"))).toEqual(["a"]);
    store.put("deployment", "a", { gatewayId: "one" });
    store.put("deployment", "b", { gatewayId: "one" }, {}, 1000);
    store.erase("c");
    expect(ids(store.listBy("deployment", "gatewayId", "one"))).toEqual(["a", "d"]);
    expect([store.count("deployment"), ids(store.list("deployment"))]).toEqual([2, ["a", "d"]]);
    store.clear();
    expect(ids(store.listBy("deployment", "gatewayId", "one"))).toEqual([]);
    store.close();
  });

  test("compares values as a query spells them, absent ones included", () => {
    const store = new Store();
    store.put("function", "a", { memoryInMBs: 128 });
    store.put("function", "b", {});
    expect(ids(store.listBy("function", "memoryInMBs", "128"))).toEqual(["a"]);
    expect(ids(store.listBy("function", "memoryInMBs", undefined))).toEqual(["b"]);
    store.close();
  });

  test("looks at no resource beyond those it gives, 2,000 beside them", () => {
    const store = new Store();
    let looks = 0;
    const watched = (gatewayId: string): Body => ({
      get gatewayId() {
        looks += 1;
        return gatewayId;
      },
    });
    for (let number = 0; number < 2000; number += 1) {
      store.put("deployment", `d${number}`, watched(`g${number % 100}`));
    }
    store.listBy("deployment", "gatewayId", "g7");
    looks = 0;
    expect(store.listBy("deployment", "gatewayId", "g7")).toHaveLength(20);
    expect(looks).toBe(0);
    store.close();
  });
});

test("an id taken again after its erasure is the newest", () => {
  const store = new Store();
  for (const id of ["a", "b"]) store.put("image", id, { image: "i" });
  store.erase("a");
  store.put("image", "a", { image: "i" });
  expect(ids(store.list("image"))).toEqual(["b", "a"]);
  expect(ids(store.listBy("image", "image", "i"))).toEqual(["b", "a"]);
  store.close();
});

test("a version changes with its own type only, and with a clearing", () => {
  const store = new Store();
  store.put("policy", "p", {});
  const before = store.versionOf("policy");
  store.put("deployment", "d", {});
  expect(store.versionOf("policy")).toBe(before);
  store.put("policy", "p", {}, {}, 1000);
  const deleted = store.versionOf("policy");
  expect(deleted).not.toBe(before);
  store.clear();
  expect([before, deleted]).not.toContain(store.versionOf("policy"));
  store.close();
});
