import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { rules } from "../../components/model/rules.ts";
import { coverage } from "../../emulator/coverage.ts";
import { checksPage } from "./checks.ts";
import { coveragePage } from "./coverage.ts";
import type { Page } from "./page.ts";
import { settingsPage } from "./settings.ts";
import { root, sourceFiles } from "./tree.ts";
import { unverifiedPage } from "./unverified.ts";

/** Every generated page as it should be now. */
export function pages(): Page[] {
  const tests = sourceFiles("test").filter(({ path }) => path.endsWith(".test.ts"));
  const { config } = parse(readFileSync(join(root, "Pulumi.yaml"), "utf8"));
  return [
    checksPage(rules, tests),
    unverifiedPage(sourceFiles("components", "emulator", "local", "test"), rules),
    coveragePage(coverage(), tests),
    settingsPage(config),
  ];
}
