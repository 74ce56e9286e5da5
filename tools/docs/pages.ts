import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { rules } from "../../components/model/rules.ts";
import { checksPage } from "./checks.ts";
import type { Page } from "./page.ts";
import { settingsPage } from "./settings.ts";
import { root, sourceFiles } from "./tree.ts";
import { unverifiedPage } from "./unverified.ts";

/** Every generated page as it should be now. */
export async function pages(): Promise<Page[]> {
  const tests = sourceFiles("test").filter(({ path }) => path.endsWith(".test.ts"));
  const { config } = parse(readFileSync(join(root, "Pulumi.yaml"), "utf8"));
  return [
    checksPage(rules, tests),
    unverifiedPage(sourceFiles("components", "emulator", "local", "test"), rules),
    settingsPage(config),
  ];
}
