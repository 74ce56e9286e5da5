import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import ts from "typescript";
import { expect, test } from "vitest";

const root = new URL("../../", import.meta.url).pathname;
/** Rooms whose expressions see what clients send, or what a program may have from somewhere else. */
const rooms = [
  "emulator/core",
  "emulator/gateway",
  "emulator/iam",
  "emulator/logs",
  "functions/kit",
  "functions/authorizer",
  "components/model",
];

/** Every regular expression written out in a room, and those that `new RegExp` makes of a constant text there. */
function expressionsOf(room: string): [where: string, expression: string][] {
  const files = readdirSync(join(root, room), { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => {
      const path = join(room, file);
      const source = ts.createSourceFile(
        path,
        readFileSync(join(root, path), "utf8"),
        ts.ScriptTarget.Latest,
        true,
      );
      const found: [string, string][] = [];
      const visit = (node: ts.Node): void => {
        if (ts.isRegularExpressionLiteral(node)) found.push([`${path} ${node.text}`, node.text]);
        ts.forEachChild(node, visit);
      };
      visit(source);
      return found;
    });
}

const units = [
  "a",
  "A-",
  "a.",
  "0",
  " ",
  "\t",
  "/",
  "//",
  "/a",
  "%",
  "%2",
  "%2e",
  "%00",
  ".",
  "..",
  "-",
  "_",
  ":",
  ":0",
  ",",
  "a,",
  ";",
  "&a=b",
];
const more = [
  "[",
  "]",
  "{",
  "}",
  "${",
  "${}",
  "*",
  "+",
  "a+",
  "\\",
  '"',
  "\r\n",
  "\xe9",
  "\u20ac",
  "=",
  "a=",
  "?",
  "#",
  "[0:",
  "ocid1.",
  "request.",
];
const starts = ["", "/", "https://a", "request.path[", "ocid1.fnfunc.", 'Signature a="'];
const length = 100_000;
const inputs = starts.flatMap((start) =>
  [...units, ...more]
    .map((unit) => `${start}${unit.repeat(Math.ceil(length / unit.length))}`)
    .flatMap((text) => [`${text}\0`, `${text}\n`]),
);

// Steps in proportion to the length take milliseconds here; steps in proportion to its square, minutes: the deadline
// is far from both.
const deadlineInMs = 15_000;

const expressions = rooms.flatMap(expressionsOf);

test("expressions are found", () => {
  expect(expressions.length).toBeGreaterThan(30);
});

test.each(expressions)("%s is done with 100 kB of anything", (_where, expression) => {
  const code = `for (const input of inputs) { const e = ${expression}; e.test(input); input.replace(e, ""); }`;
  runInNewContext(code, { inputs }, { timeout: deadlineInMs });
});
