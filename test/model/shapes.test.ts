import { expect, it } from "vitest";
import { checkShape, type Shape } from "../../components/model/shapes.ts";

const later = Promise.resolve("x");
const kinds: readonly Shape[] = [
  { kind: "object", example: "{ a: 1 }" },
  { kind: "list", example: "[1]" },
  { kind: "text", example: '"a"' },
  { kind: "flag", example: "true" },
  { kind: "input", example: '"b"' },
];
const [object, list, text, flag, input] = kinds as [Shape, Shape, Shape, Shape, Shape];

it.each<[Shape, unknown[]]>([
  [object, [{}, { a: 1 }]],
  [list, [[], [1]]],
  [text, ["", "a"]],
  [flag, [true, false]],
  [input, ["", "a", later]],
])("[argument-kind] takes as $kind what is one", (shape, values) => {
  for (const value of values) expect(checkShape(value, shape, "a")).toEqual({ problems: [], usable: value });
});

it.each<[Shape, unknown[], string, unknown]>([
  [object, [[], "a", 7, true, null, later], "must be an object, for example { a: 1 }; is ", {}],
  [list, [{}, "a", 7, true, null, later], "must be a list, for example [1]; is ", []],
  [text, [{}, [], 7, true, null, later], 'must be a text, for example "a"; is ', undefined],
  [flag, [{}, [], 7, "true", null, later], "must be true or false, for example true; is ", undefined],
  [input, [{}, [], 7, true, null], 'must be a text, for example "b"; is ', undefined],
])(
  "[argument-kind] refuses as $kind what is none, and has an empty one for it",
  (shape, values, must, usable) => {
    const nouns = new Map<unknown, string>([
      [7, "a number"],
      [true, "a boolean"],
      [null, "null"],
      ["a", "a text"],
      ["true", "a text"],
      [later, "an Output or a promise"],
    ]);
    for (const value of values) {
      const is = nouns.get(value) ?? (Array.isArray(value) ? "a list" : "an object");
      const problems = [{ rule: "argument-kind", key: "at", message: must + is }];
      expect(checkShape(value, shape, "at")).toEqual({ problems, usable });
    }
  },
);

it("[argument-kind] looks into objects: at settings by their names, at all others by one shape", () => {
  const shape: Shape = {
    kind: "object",
    example: "{}",
    fields: { name: text, inner: { kind: "object", example: "{}", each: flag } },
    each: list,
  };
  const given = {
    name: 1,
    inner: { on: "yes", off: false, absent: undefined },
    other: {},
    isPrototypeOf: [],
    more: undefined,
  };
  expect(checkShape(given, shape, "api")).toStrictEqual({
    problems: [
      { rule: "argument-kind", key: "api.name", message: 'must be a text, for example "a"; is a number' },
      {
        rule: "argument-kind",
        key: "api.inner.on",
        message: "must be true or false, for example true; is a text",
      },
      { rule: "argument-kind", key: "api.other", message: "must be a list, for example [1]; is an object" },
    ],
    usable: {
      name: undefined,
      inner: { on: undefined, off: false, absent: undefined },
      other: [],
      isPrototypeOf: [],
      more: undefined,
    },
  });
  expect(checkShape({ name: 1 }, shape, "").problems).toEqual([
    { rule: "argument-kind", key: "name", message: 'must be a text, for example "a"; is a number' },
  ]);
  expect(checkShape({ name: 1 }, object, "")).toEqual({ problems: [], usable: { name: 1 } });
});
