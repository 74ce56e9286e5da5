import type { Rule } from "../../components/model/rules.ts";
import { fileLink, type Page, pageText, table } from "./page.ts";
import type { SourceFile } from "./tree.ts";

/** Where the switches stand. */
const switchFile = "emulator/gateway/unverified.ts";

/** A conformance case, as far as it tells of switches. */
export interface SwitchCase {
  id: string;
  switches?: readonly string[];
}

/** The page of what no source confirms, collected from the code's own words. */
export function unverifiedPage(
  files: readonly SourceFile[],
  rules: Readonly<Record<string, Rule>>,
  cases: readonly SwitchCase[] = [],
): Page {
  const others = files.filter(({ path }) => path !== switchFile);
  const assumptions = others.flatMap(({ path, text }) =>
    assumptionsIn(text).map((assumed) => [assumed, fileLink(path)] as const),
  );
  const unverifiedRules = Object.entries(rules)
    .filter(([, rule]) => rule.isUnverified)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, rule]) => [`\`${id}\``, rule.checks, rule.source]);
  const switches = files.filter(({ path }) => path === switchFile).flatMap(({ text }) => switchesIn(text));
  const switchRows = switches.map(({ name, value, assumed }) => {
    const shownBy = cases.filter((one) => one.switches?.includes(name)).map(({ id }) => `\`${id}\``);
    return [`\`${name}\``, `\`${value}\``, assumed, shownBy.join(", ")];
  });
  const text = pageText(
    "Unverified",
    "What the code assumes of Oracle Cloud Infrastructure although no document or measurement at hand confirms it. Each line stands in the code as a comment `// unverified: …`. Who can confirm or refute one, please open an issue.",
    `## Assumptions (${assumptions.length})`,
    table(["Assumed", "Where"], assumptions),
    `## Switches (${switches.length})`,
    `What of it a line of ${fileLink(switchFile)} changes, and the [conformance cases](../test/cases/gateway) that show it.`,
    table(["Switch", "Is", "Assumed; and what else it could be", "Cases"], switchRows),
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

/** The switches of a file: each a comment and, below it, `name: value`. */
export function switchesIn(text: string): { name: string; value: string; assumed: string }[] {
  const entry = /^ *\/\/ unverified: (.+)\n *(\w+): (.+?)(?: as .+)?,$/gm;
  return [...text.matchAll(entry)].map(([, assumed = "", name = "", value = ""]) => ({
    name,
    value,
    assumed,
  }));
}
