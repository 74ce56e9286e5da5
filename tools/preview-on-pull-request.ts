import { appendFile } from "node:fs/promises";
import { constants } from "node:os";
import { isToRun, reporting } from "../local/command-line.ts";
import { EmulatorProcessError } from "../local/commands/emulator-process.ts";
import { endWithNpm } from "../local/shutdown.ts";
import { root } from "./docs/tree.ts";
import { unknownRules } from "./policy-config/unknown-rules.ts";
import { callUrl } from "./pull-request/calls.ts";
import { withOwnLocal } from "./pull-request/own-local.ts";
import { tryProgram } from "./pull-request/steps.ts";
import { formatSummary } from "./pull-request/summary.ts";

/**
 * `npm run pull-request`: tries the program on a local OCI of its own and writes plan and calls as the job's summary. What
 * lies in `.local` isn't touched.
 */
const interruption = new AbortController();
function interrupt(signal: "SIGINT" | "SIGTERM" | "SIGHUP"): void {
  process.exitCode = 128 + constants.signals[signal];
  interruption.abort();
}
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, interrupt);
endWithNpm(() => interrupt("SIGTERM"));

const command = {
  name: "npm run pull-request --",
  description:
    "Plans the program on a local OCI of its own, brings it up, calls it, previews again and destroys; nothing is left.",
};

async function main(typed: readonly string[]): Promise<void> {
  if (!(await isToRun(command, typed))) return;
  const misspelt = unknownRules(root);
  if (misspelt.length > 0) {
    process.stderr.write(`${misspelt.join("\n")}\n`);
    process.exitCode = 1;
    return;
  }
  const report = await withOwnLocal(interruption.signal, (local) =>
    tryProgram(local, callUrl, ({ title, isOk, durationInSeconds, output }) => {
      if (interruption.signal.aborted) return;
      process.stdout.write(`${isOk ? "✔" : "✖"} ${title} (${durationInSeconds.toFixed(1)} s)\n`);
      if (!isOk) process.stdout.write(`${output}\n`);
    }),
  );
  if (interruption.signal.aborted) return;
  const summary = formatSummary(report);
  const file = process.env.GITHUB_STEP_SUMMARY;
  if (file === undefined || file === "") process.stdout.write(`\n${summary}\n`);
  else await appendFile(file, `${summary}\n`);
  process.exitCode = report.isOk ? 0 : 1;
}

main(process.argv.slice(2)).catch(reporting(EmulatorProcessError));
