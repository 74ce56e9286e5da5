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
      const constants = new Map<string, string>();
      const visit = (node: ts.Node): void => {
        if (ts.isRegularExpressionLiteral(node)) found.push([`${path} ${node.text}`, node.text]);
        if (ts.isVariableDeclaration(node) && node.initializer !== undefined) {
          const text = constantText(node.initializer, constants);
          if (text !== undefined) constants.set(node.name.getText(), text);
        }
        if (ts.isNewExpression(node) && node.expression.getText() === "RegExp") {
          const text = constantText(node.arguments?.[0], constants);
          const made = `new RegExp(${JSON.stringify(text)})`;
          if (text !== undefined) found.push([`${path} ${made}`, made]);
        }
        ts.forEachChild(node, visit);
      };
      visit(source);
      return found;
    });
}

/** A text that is written out, or put together of such; undefined where it depends on something else. */
function constantText(node: ts.Node | undefined, constants: ReadonlyMap<string, string>): string | undefined {
  if (node === undefined) return undefined;
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isIdentifier(node)) return constants.get(node.text);
  if (!ts.isTemplateExpression(node)) return undefined;
  let whole = node.head.text;
  for (const { expression, literal } of node.templateSpans) {
    const part = constantText(expression, constants);
    if (part === undefined) return undefined;
    whole += part + literal.text;
  }
  return whole;
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
  expect(expressions.filter(([, expression]) => expression.startsWith("new RegExp("))).toHaveLength(2);
});

test.each(expressions)("%s is done with 100 kB of anything", (_where, expression) => {
  const code = `for (const input of inputs) { const e = ${expression}; e.test(input); input.replace(e, ""); }`;
  runInNewContext(code, { inputs }, { timeout: deadlineInMs });
});
