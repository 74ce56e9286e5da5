import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { rules } from "../../components/model/rules.ts";
import { coverage } from "../../emulator/coverage.ts";
import { rules as packRules } from "../../policy/rules.ts";
import { cases } from "../../test/cases/gateway/index.ts";
import { accessPage } from "./access.ts";
import { checksPage } from "./checks.ts";
import { coveragePage, type WireChecks } from "./coverage.ts";
import type { Page } from "./page.ts";
import { policyPackPage } from "./policy-pack.ts";
import { settingsPage } from "./settings.ts";
import { root, sourceFiles } from "./tree.ts";
import { unverifiedPage } from "./unverified.ts";

/** Every generated page as it should be now. */
export function pages(): Page[] {
  const tests = sourceFiles("test").filter(({ path }) => path.endsWith(".test.ts"));
  const { config } = parse(readFileSync(join(root, "Pulumi.yaml"), "utf8"));
  return [
    checksPage(rules, tests),
    unverifiedPage(
      sourceFiles("components", "emulator", "functions", "local", "policy", "test"),
      rules,
      cases,
    ),
    coveragePage(coverage(), tests, wireChecks()),
    settingsPage(config),
    accessPage(),
    policyPackPage(packRules, tests),
  ];
}

/** What the tests of the wire rest on: the paths that the SDK drives, and the recorded requests. */
function wireChecks(): WireChecks {
  const folder = join(root, "test/fixtures/provider");
  const files = readdirSync(folder).filter((name) => name.endsWith(".jsonl"));
  const lines = files.flatMap((name) => readFileSync(join(folder, name), "utf8").trimEnd().split("\n"));
  const requests = lines.map((line) => {
    const { method, path } = JSON.parse(line).request as { method: string; path: string };
    return `${method} ${path.split("?")[0]}`;
  });
  const sdk = ["rows.ts", "sdk.test.ts"].map((name) => readFileSync(join(root, "test/wire", name), "utf8"));
  return { sdk: sdk.join("\n"), replayed: [...new Set(requests)] };
}
