import type { Rule } from "../../components/model/rules.ts";
import { fileLink, type Page, pageText, table } from "./page.ts";
import type { SourceFile } from "./tree.ts";

/** The page of preview-time rules. A rule without a source or a test is a problem, so is a test of an unknown rule. */
export function checksPage(rules: Readonly<Record<string, Rule>>, tests: readonly SourceFile[]): Page {
  const testsOf = new Map<string, string[]>();
  for (const file of tests) {
    for (const id of ruleIdsInTitles(file.text)) testsOf.set(id, [...(testsOf.get(id) ?? []), file.path]);
  }
  const ids = Object.keys(rules).sort();
  const rows = ids.map((id) => {
    const rule = rules[id];
    const files = (testsOf.get(id) ?? []).map((path) => fileLink(path, path.replace(/^test\//, "")));
    const source = rule?.isUnverified ? `${rule.source} (unverified)` : (rule?.source ?? "");
    return [`\`${id}\``, rule?.checks ?? "", rule?.level ?? "", source, files.join(", ")];
  });
  const problems = [
    ...ids
      .filter((id) => !testsOf.has(id))
      .map((id) => `rule ${id} has no test: put [${id}] into a test's title`),
    ...ids.filter((id) => rules[id]?.source.trim() === "").map((id) => `rule ${id} has no source`),
  ];
  const text = pageText(
    "Checks at preview",
    "What is checked before anything is created. An error stops the run, a warning is logged at the resource. Several problems come out together; each ends with its rule's id. Settings of a stack are checked before these ([settings](settings.md)).",
    table(["Rule", "What it checks", "Level", "Source (title of Oracle's document)", "Tests"], rows),
  );
  return { file: "docs/checks.md", text, problems };
}

/** Rule ids that stand in brackets at the start of titles: `it("[path-prefix] refuses …")`, also of table-driven tests. */
export function ruleIdsInTitles(text: string): string[] {
  const titles = text.matchAll(/(?:\b(?:it|test|describe)(?:\.\w+)*|\))\(\s*["'`]((?:\[[a-z0-9-]+\]\s*)+)/g);
  const ids = [...titles].flatMap(([, brackets = ""]) =>
    [...brackets.matchAll(/\[([a-z0-9-]+)\]/g)].map(([, id = ""]) => id),
  );
  return [...new Set(ids)].sort();
}
