import path from "node:path";
import { expect, test } from "vitest";
import { checkFunctionCode } from "../../../emulator/runtime/index.ts";
import { folderOf } from "./definitions.ts";

const file = (name: string) => path.join(folderOf(name), "func.yaml");

test.each([
  { name: "good-fdk", problems: [] },
  { name: "missing", problems: [`${folderOf("missing")} is not a folder`] },
  { name: ".", problems: [`${folderOf(".")} has no func.yaml: add one, for example with "runtime: node"`] },
  {
    name: "other-runtime",
    problems: [`${file("other-runtime")}: runtime is "java"; on this machine functions run with: node`],
  },
  {
    name: "inherited-runtime",
    problems: [
      `${file("inherited-runtime")}: runtime is "constructor"; on this machine functions run with: node`,
    ],
  },
  {
    name: "no-runtime",
    problems: [`${file("no-runtime")}: runtime is missing; on this machine functions run with: node`],
  },
  {
    name: "no-bundle",
    problems: [`${folderOf("no-bundle")} has none of func.js, func.mjs, func.cjs: build the function`],
  },
  {
    name: "bad-entrypoint",
    problems: [`${file("bad-entrypoint")}: entrypoint must be text, for example "node func.js"`],
  },
])("problems of the folder $name", ({ name, problems }) => {
  expect(checkFunctionCode(folderOf(name))).toEqual(problems);
});

test("problems of a func.yaml that isn't YAML", () => {
  const problems = checkFunctionCode(folderOf("bad-yaml"));
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(`${file("bad-yaml")} is not YAML: `);
});
