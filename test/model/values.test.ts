import { describe, expect, it } from "vitest";
import { isBag, isLater, kindOf, shown } from "../../components/model/values.ts";

const output = { __pulumiOutput: true };
const promise = Promise.resolve("x");
const circle: Record<string, unknown> = {};
circle.self = circle;
class Settings {}

it("knows what resolves later", () => {
  expect([output, promise].map(isLater)).toEqual([true, true]);
  expect([null, undefined, {}, [], "x", Settings].map(isLater)).toEqual(Array(6).fill(false));
});

it("takes only plain objects for settings", () => {
  expect([{}, { a: 1 }, Object.create(null)].map(isBag)).toEqual([true, true, true]);
  const others = [null, undefined, [], "x", 7, new Settings(), new Map(), () => {}, output, promise];
  expect(others.map(isBag)).toEqual(others.map(() => false));
});

describe("a value as an error shows it", () => {
  it.each<[unknown, string]>([
    [output, "an Output"],
    [promise, "an Output"],
    [{ __pulumiResource: true }, "a resource"],
    [() => {}, "a function"],
    [null, "null"],
    [undefined, "undefined"],
    [7, "7"],
    [7n, "7"],
    [true, "true"],
    ['say "x"', '"say \\"x\\""'],
    [{ a: [1, output] }, '{"a":[1,"an Output"]}'],
    [circle, "an object"],
    [{ big: 7n }, "an object"],
    [{ toJSON: () => undefined }, "an object"],
  ])("%# is %s", (value, text) => {
    expect(shown(value)).toBe(text);
  });
});

describe("what kind of value it is", () => {
  it.each<[unknown, string]>([
    [output, "an Output or a promise"],
    [promise, "an Output or a promise"],
    [[], "a list"],
    ["x", "a text"],
    [{}, "an object"],
    [undefined, "absent"],
    [null, "null"],
    [7, "a number"],
    [true, "a boolean"],
    [() => {}, "a function"],
  ])("%# is %s", (value, kind) => {
    expect(kindOf(value)).toBe(kind);
  });
});
