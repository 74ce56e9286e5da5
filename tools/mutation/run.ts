import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { figures } from "./figures.ts";
import { parts } from "./parts.ts";

/** `npm run mutation -- <part>`: gets Stryker on first use, and runs it with what was typed behind the part. */
const folder = import.meta.dirname;
const [name = "", ...options] = process.argv.slice(2);
if (!Object.hasOwn(parts, name)) {
  const known = Object.keys(parts).join(", ");
  process.stderr.write(`npm run mutation: which part (${known})? For example: npm run mutation -- model\n`);
  process.exit(2);
}
const stryker = join(folder, "node_modules/@stryker-mutator/core/bin/stryker.js");
if (!existsSync(stryker)) {
  const status = run("npm", ["ci", "--no-audit", "--no-fund", "--prefix", folder]);
  if (status !== 0) process.exit(status);
}
const report = `.local/mutation/${name}/report.json`;
rmSync(report, { force: true });
const startedAt = Date.now();
const status = run(process.execPath, [stryker, "run", join(folder, "stryker.config.ts"), ...options]);
const seconds = Math.round((Date.now() - startedAt) / 1000);
if (existsSync(report)) process.stdout.write(`\n${figures(report)}\n${seconds} seconds\n`);
process.exit(status);

function run(command: string, args: readonly string[]): number {
  const { status, error } = spawnSync(command, args, {
    stdio: "inherit",
    shell: process.platform === "win32",
    env: { ...process.env, MUTATION_PART: name },
  });
  if (error !== undefined) process.stderr.write(`${command}: ${error.message}\n`);
  return status ?? 1;
}
