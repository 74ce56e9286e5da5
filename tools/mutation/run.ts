import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** `npm run mutation`: gets Stryker on first use, and runs it with what was typed behind `--`. */
const folder = import.meta.dirname;
const stryker = join(folder, "node_modules/@stryker-mutator/core/bin/stryker.js");
if (!existsSync(stryker)) run("npm", ["ci", "--no-audit", "--no-fund", "--prefix", folder]);
run(process.execPath, [stryker, "run", join(folder, "stryker.config.json"), ...process.argv.slice(2)]);

function run(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (error !== undefined) process.stderr.write(`${command}: ${error.message}\n`);
  if (status !== 0) process.exit(status ?? 1);
}
