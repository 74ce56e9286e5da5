import { type Page, pageText, table } from "./page.ts";

/** The `config:` block of Pulumi.yaml. */
export type DeclaredConfig = Readonly<Record<string, { description?: string; default?: unknown }>>;

/** The page of a stack's settings. */
export function settingsPage(config: DeclaredConfig): Page {
  const rows = Object.entries(config).map(([key, { description = "", default: byDefault }]) => [
    `\`${key}\``,
    description,
    byDefault === ""
      ? "(empty)"
      : `\`${typeof byDefault === "string" ? byDefault : JSON.stringify(byDefault)}\``,
  ]);
  const text = pageText(
    "Settings",
    "What a stack decides, in `Pulumi.<stack>.yaml` or by `pulumi config set`. All problems are reported together, each with the command that cures it; an unknown key is an error. A value in `<…>` is a placeholder to fill in.",
    "Routes and their policies (`routes`, `requestPolicies`, `loggingPolicies`) are the program's, the same in every stack: they stand in `index.ts`.",
    "Two keys are the provider's own and required: `oci:region` and `oci:tenancyOcid`.",
    table(["Key", "What it is", "Default"], rows),
    "Inside an object: `pulumi config set --path functions.hello.memoryInMBs 512 -s dev`, with `--secret` for a secret variable: `pulumi config set --secret --path functions.hello.config.API_KEY -s dev`. A stack's object replaces the default as a whole.",
  );
  const problems = Object.entries(config)
    .filter(([, declared]) => !declared.description || declared.default === undefined)
    .map(([key]) => `${key} needs a description and a default in Pulumi.yaml`);
  return { file: "docs/settings.md", text, problems };
}
