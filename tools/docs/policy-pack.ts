import { configSchemaOf } from "../../policy/policy.ts";
import { isStackRule, type Rule } from "../../policy/rule.ts";
import { fileLink, type Page, pageText, table } from "./page.ts";
import type { SourceFile } from "./tree.ts";

const example = `{
  "anonymous-routes-declared": { "routes": ["GET /v1/health"] },
  "rate-limit": { "enforcementLevel": "mandatory", "maxRateInRequestsPerSecond": 100 },
  "gateway-private-endpoint": "disabled"
}`;

const use = `\`\`\`sh
pulumi preview --policy-pack ./policy --policy-pack-config policy-config.json
npm run preview:local -- --policy-pack ./policy --policy-pack-config policy-config.json   # without an account
\`\`\`

The pack is a folder, \`policy/\`; it knows resources by their Pulumi types, so it judges programs with and without this project's components
alike. \`mandatory\` fails the preview or the update before the resource is made, \`advisory\` is shown; a rule that judges the whole stack
speaks at the end, of an update when all is made. The folder needs Node 22.18 or newer on the PATH. Another project takes the packed
form, one file without dependencies but Pulumi's, which runs on Node 20 too: \`npm run policy:pack -- <folder>\`.

Settings stand in a JSON file, by rule; those of this repository's program are in [policy-config.json](../policy-config.json), of its stack prod in
[policy-config.prod.json](../policy-config.prod.json):

\`\`\`json
${example}
\`\`\`

A rule's settings are checked, and one that it doesn't have is an error; but a rule's name that the pack doesn't have is passed over by
Pulumi's CLI without a word: \`npm run check:policy\` refuses it, in this repository's files \`policy-config*.json\`. What isn't known before \`pulumi up\` is reported at preview as
advisory, whatever the rule's level is ("can't be judged yet: …"), and judged when it is known. Values are shown with the key they stand at;
those that may be secret are not.`;

/** The page of the policy pack. A rule without a reference or a test is a problem. */
export function policyPackPage(rules: readonly Rule[], tests: readonly SourceFile[]): Page {
  const testsOf = (rule: Rule) => tests.filter(({ path, text }) => isTestOf(rule, path, text));
  const rows = rules.map((rule) => [
    `[\`${rule.name}\`](#${rule.name})`,
    rule.checks.replace(/^Checks that /, "").replace(/^./, (letter) => letter.toUpperCase()),
    rule.severity,
    rule.enforcement,
  ]);
  const text = pageText(
    "Policy pack",
    `${rules.length} rules for APIs on OCI API Gateway and Functions, for Pulumi's engine ([CrossGuard](https://www.pulumi.com/docs/insights/policy/)). What the components check themselves stands in [checks.md](checks.md), what a gateway does with requests in [policies.md](policies.md).`,
    use,
    table(["Rule", "What it checks", "Severity", "Level"], rows),
    ...rules.map((rule) => sectionOf(rule, testsOf(rule))),
  );
  const problems = rules.flatMap((rule) => [
    ...(rule.references.length === 0 ? [`rule ${rule.name} has no reference`] : []),
    ...(testsOf(rule).length === 0
      ? [`rule ${rule.name} has no test: a table in test/policy under its name`]
      : []),
    ...(/^Checks that .*\.$/.test(rule.checks)
      ? []
      : [`rule ${rule.name} must say "Checks that ….": ${rule.checks}`]),
  ]);
  return { file: "docs/policy-pack.md", text, problems };
}

function isTestOf({ name }: Rule, path: string, text: string): boolean {
  return path.startsWith("test/policy/") && (text.includes(`"${name}"`) || text.includes(`${name}: [`));
}

function sectionOf(rule: Rule, tests: readonly SourceFile[]): string {
  const settings = Object.entries(configSchemaOf(rule).properties).map(([name, schema]) => [
    `\`${name}\``,
    String(schema.description ?? ""),
    schema.default === undefined ? "-" : `\`${JSON.stringify(schema.default)}\``,
  ]);
  const what = isStackRule(rule) ? "the whole stack" : rule.types.map((type) => `\`${type}\``).join(", ");
  return [
    `## ${rule.name}`,
    `${rule.checks} ${rule.why}`,
    [
      `- Judges: ${what}`,
      `- ${rule.severity}, ${rule.enforcement}`,
      `- Rests on: ${rule.references.join("; ")}`,
      `- Tests: ${tests.map(({ path }) => fileLink(path, path.replace(/^test\//, ""))).join(", ")}`,
    ].join("\n"),
    ...(settings.length === 0 ? [] : [table(["Setting", "What it is", "Default"], settings)]),
  ].join("\n\n");
}
