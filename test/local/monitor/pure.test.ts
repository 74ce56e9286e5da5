import { expect, test } from "vitest";
import { keepEarlier, parsePath } from "../../../local/monitor/paths.ts";
import { deletionOrder, type ResourceState } from "../../../local/monitor/state.ts";
import { parseTimeouts } from "../../../local/monitor/steps.ts";
import { makeUrn, nameOf, typeOf } from "../../../local/monitor/urn.ts";
import { markSecrets, printable, secret, unknownValue } from "../../../local/values.ts";

test("URNs hold the types of all ancestors but the stack", () => {
  const root = makeUrn("s", "p", "", "pulumi:pulumi:Stack", "p-s");
  const group = makeUrn("s", "p", root, "a:b:Group", "g");
  const child = makeUrn("s", "p", group, "c:d:Child", "x::y");
  expect(group).toBe("urn:pulumi:s::p::a:b:Group::g");
  expect(child).toBe("urn:pulumi:s::p::a:b:Group$c:d:Child::x::y");
  expect([typeOf(child), nameOf(child)]).toEqual(["c:d:Child", "x::y"]);
});

test("paths of ignoreChanges", () => {
  expect(parsePath('a.b[0]["c.d"].*')).toEqual(["a", "b", 0, "c.d", "*"]);
  const earlier = {
    tags: { a: "1", b: "2" },
    list: [
      { x: 1, y: 1 },
      { x: 2, y: 2 },
    ],
  };
  const later = {
    tags: { a: "9", c: "3" },
    list: [
      { x: 8, y: 8 },
      { x: 9, y: 9 },
    ],
  };
  expect(keepEarlier(later, earlier, ["tags.a", "tags.c", "list[*].x"])).toEqual({
    tags: { a: "1" },
    list: [
      { x: 1, y: 8 },
      { x: 2, y: 9 },
    ],
  });
  expect(keepEarlier({ a: 1, b: 2 }, { a: 5 }, ["*"])).toEqual({ a: 5 });
});

test("dependents are deleted first; a circle ends too", () => {
  const state = (urn: string, dependencies: string[]) =>
    ({ urn, dependencies, parent: "", provider: "", deletedWith: "" }) as unknown as ResourceState;
  const order = (...states: ResourceState[]) =>
    deletionOrder(states).map((group) => group.map(({ urn }) => urn));
  expect(order(state("a", []), state("b", ["a"]), state("c", ["a"]), state("d", ["c"]))).toEqual([
    ["b", "d"],
    ["c"],
    ["a"],
  ]);
  expect(order(state("a", ["b"]), state("b", ["a"]))).toEqual([["b"], ["a"]]);
});

test("time-outs are Go durations", () => {
  expect(parseTimeouts({ create: "1h30m", update: "", delete: "1.5s" })).toEqual({
    create: 5_400_000,
    delete: 1500,
  });
  expect(() => parseTimeouts({ create: "10", update: "", delete: "" })).toThrow(
    'customTimeouts: "10" isn\'t a duration; write for example "90s", "10m" or "1h30m"',
  );
});

test("outputs are secret where inputs are, and secrets are never printed", () => {
  const inputs = { config: { key: secret("k"), other: "o" }, list: [secret("l")], plain: "p" };
  const outputs = { config: { key: "k", other: "o" }, list: ["l", "m"], plain: "p", computed: unknownValue };
  expect(printable(markSecrets(outputs, inputs))).toEqual({
    config: { key: "[secret]", other: "o" },
    list: "[secret]",
    plain: "p",
    computed: "[unknown]",
  });
});
