// `node tools/docs.ts` writes the generated pages under docs/; `--check` compares them and changes nothing.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pages } from "./docs/pages.ts";
import { root } from "./docs/tree.ts";

const isCheck = process.argv.includes("--check");
const unknown = process.argv.slice(2).filter((argument) => argument !== "--check");
if (unknown.length > 0) fail([`unknown argument ${unknown.join(" ")}; known: --check`]);

const problems: string[] = [];
const stale: string[] = [];
for (const page of pages()) {
  problems.push(...page.problems.map((problem) => `${page.file}: ${problem}`));
  if (page.text === contentOf(page.file)) continue;
  stale.push(page.file);
  if (!isCheck) writeFileSync(join(root, page.file), page.text);
}
if (isCheck) problems.push(...stale.map((file) => `${file} is out of date; run: npm run docs`));
if (problems.length > 0) fail(problems);
else if (isCheck || stale.length === 0) console.log("The generated pages are up to date.");
else console.log(`Wrote ${stale.join(", ")}`);

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(join(root, file), "utf8");
  } catch {
    return undefined;
  }
}

function fail(lines: readonly string[]): void {
  for (const line of lines) console.error(`✖ ${line}`);
  process.exitCode = 1;
}
