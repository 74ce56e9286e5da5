import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { rules } from "../../policy/rules.ts";
import { unknownRules } from "../../tools/policy-config/unknown-rules.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "policy-config-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, content: string) => writeFileSync(join(folder, name), content);
const known = rules.map(({ name }) => name).sort();

it("names every misspelt rule of every file, and a file that isn't JSON", () => {
  write("policy-config.json", '{"rate-limits": {}, "rate-limit": "disabled", "logs": "advisory"}');
  write("policy-config.prod.json", '{"validation": {"routes": []}}');
  write("policy-config.wrong.json", "{");
  write("other.json", '{"no-rule": {}}');
  const there = `there are ${known.join(", ")}`;
  expect(unknownRules(folder)).toEqual([
    `policy-config.json: the policy pack has no rule "rate-limits"; ${there}`,
    `policy-config.json: the policy pack has no rule "logs"; ${there}`,
    `policy-config.prod.json: the policy pack has no rule "validation"; ${there}`,
    expect.stringMatching(/^policy-config\.wrong\.json isn't JSON: /),
  ]);
});

it("takes every rule, and what the CLI itself has beside them", () => {
  const settings = { all: "advisory", environments: ["prod"] };
  write(
    "policy-config.json",
    JSON.stringify({ ...settings, ...Object.fromEntries(known.map((name) => [name, "disabled"])) }),
  );
  expect(unknownRules(folder)).toEqual([]);
});
