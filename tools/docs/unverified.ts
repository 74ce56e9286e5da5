import type { Rule } from "../../components/model/rules.ts";
import { fileLink, type Page, pageText, table } from "./page.ts";
import type { SourceFile } from "./tree.ts";

/** The page of what no source confirms, collected from the code's own words. */
export function unverifiedPage(files: readonly SourceFile[], rules: Readonly<Record<string, Rule>>): Page {
  const assumptions = files.flatMap(({ path, text }) =>
    assumptionsIn(text).map((assumed) => [assumed, fileLink(path)] as const),
  );
  const unverifiedRules = Object.entries(rules)
    .filter(([, rule]) => rule.isUnverified)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, rule]) => [`\`${id}\``, rule.checks, rule.source]);
  const text = pageText(
    "Unverified",
    "What the code assumes of Oracle Cloud Infrastructure although no document or measurement at hand confirms it. Each line stands in the code as a comment `// unverified: …`. Who can confirm or refute one, please open an issue.",
    `## Assumptions (${assumptions.length})`,
    table(["Assumed", "Where"], assumptions),
    `## Rules (${unverifiedRules.length})`,
    table(["Rule", "What it checks", "What it rests on"], unverifiedRules),
  );
  return { file: "docs/unverified.md", text, problems: [] };
}

/** The texts of `// unverified: …` comments, with the lines that continue them. */
export function assumptionsIn(text: string): string[] {
  return [...text.matchAll(/^(?:.*[\s;,{}()])?\/\/ unverified: (.+)$/gm)].map(([, assumed = ""]) =>
    assumed.trim(),
  );
}
