import { describe, expect, it } from "vitest";
import type { Call, Verdict } from "../../policy/iam/calls.ts";
import { type Condition, parseCondition } from "../../policy/iam/condition.ts";
import { asksFor, conditionFits, demandedValues, unionOf } from "../../policy/iam/fits.ts";

function read(text: string): Condition {
  const condition = parseCondition(text);
  if (typeof condition === "string") throw new Error(condition);
  return condition;
}

describe("values that a condition demands of a fact", () => {
  it.each<[string, readonly string[] | undefined]>([
    ["target.function.id = 'A'", ["a"]],
    ["target.function.id in ('A', 'b')", ["a", "b"]],
    ["target.function.id != 'A'", undefined],
    ["target.function.id not in ('A', 'b')", undefined],
    ["target.function.id after 'A'", undefined],
    ["target.function.id = /a*/", undefined],
    ["target.function.id in ('a', 'b*')", undefined],
    ["resource.id = 'a'", undefined],
    ["request.region = 'a'", undefined],
    ["constructor = 'a'", undefined],
    ["ALL {resource.id = 'g', target.function.id = 'A'}", ["a"]],
    ["ALL {target.function.id = 'a', target.function.id = 'b'}", ["a"]],
    ["ALL {resource.id = 'g', request.region = 'fra'}", undefined],
    ["ANY {target.function.id = 'a', target.function.id in ('B', 'a')}", ["a", "b"]],
    ["ANY {target.function.id = 'a', resource.id = 'g'}", undefined],
    ["ANY {ALL {resource.id = 'g', target.function.id = 'a'}, target.function.id = 'b'}", ["a", "b"]],
  ])("%s: %j", (text, values) => {
    expect(demandedValues(read(text), "functionId")).toEqual(values);
  });

  it.each<[(readonly string[] | undefined)[], readonly string[] | undefined]>([
    [[], []],
    [
      [["a"], ["b", "a"]],
      ["a", "b"],
    ],
    [[["a"], undefined], undefined],
  ])("all of %j: %j", (lists, union) => {
    expect(unionOf(lists)).toEqual(union);
  });
});

it.each([
  ["target.function.id != 'a'", true],
  ["ANY {resource.id = 'g', ALL {resource.id = 'g', target.function.id = /a*/}}", true],
  ["ALL {resource.id = 'g', resource.type = 'ApiGateway'}", false],
])("%s asks for the function: %s", (text, expected) => {
  expect(asksFor(read(text), "functionId")).toBe(expected);
});

describe("what is compared with several values", () => {
  const call: Call = {
    functionId: "f",
    functionCompartmentId: "c",
    gatewayId: undefined,
    gatewayCompartmentId: null,
  };
  it.each<[string, Verdict]>([
    ["target.function.id not in ('e', 'F')", "no"],
    ["target.function.id not in ('e', 'g')", "yes"],
    ["resource.id not in ('e', 'g')", "later"],
    ["resource.compartment.id not in ('e', 'g')", "yes"],
    ["ALL {resource.id = 'g', target.function.id = 'f'}", "later"],
    ["ALL {resource.id = 'g', target.function.id = 'e'}", "no"],
    ["ANY {resource.id = 'g', target.function.id = 'f'}", "yes"],
    ["ANY {resource.id = 'g', target.function.id = 'e'}", "later"],
  ])("%s: %s", (text, verdict) => {
    expect(conditionFits(read(text), call)).toBe(verdict);
  });
});
