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

/** Why not every assumption about the gateway is a switch. */
const unswitched = `The gateway's other assumptions have no switch, for one of these reasons:

- They are bounds of the emulator's own (how large a remembered result, how many interim answers, how long a key set's request or a request's head may take, how often keys are loaded anew): without them a request could hold up the process, and no other number is likelier.
- Another behaviour would be a second implementation: the order of routes and policies, how requests are counted, how values are encoded in a query, introspection of tokens, tokens read on anonymous routes, what is asked of an authorizer function without its token.
- They decide what a specification may hold, or which keys are usable: the component's checks and the control plane say the same, and a line in both changes it.
- They keep a request's path, its headers or its connection from meaning different things to gateway and back end: turned the other way they would be holes.
- They are seen by nobody but the reader of a log, or are a text without meaning, such as a version.`;

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
    unswitched,
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
