import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { stopEmulator } from "../local/commands/emulator-process.ts";
import { localOutputs } from "../local/commands/outputs.ts";
import { localFolder } from "../local/commands/workspace.ts";
import { run } from "./engine/command.ts";
import { callUrl } from "./pull-request/calls.ts";
import { type LocalStack, tryProgram } from "./pull-request/steps.ts";
import { formatSummary } from "./pull-request/summary.ts";

/** `npm run pull-request`: tries the program on the local OCI and writes plan and calls as the job's summary. */
const local: LocalStack = {
  async run(verb, ...args) {
    const command = ["run", "--silent", `${verb}:local`, "--", ...args, "--color", "never"];
    const environment = { ...process.env, NO_COLOR: "1" };
    const { exitCode, stdout, stderr } = await run("npm", command, { environment });
    return { exitCode, output: `${stdout}${stderr}` };
  },
  async outputs() {
    return JSON.parse(await localOutputs("local", () => {})) as Record<string, unknown>;
  },
};

const report = await tryProgram(local, callUrl, ({ title, isOk, durationInSeconds, output }) => {
  process.stdout.write(`${isOk ? "✔" : "✖"} ${title} (${durationInSeconds.toFixed(1)} s)\n`);
  if (!isOk) process.stdout.write(`${output}\n`);
}).finally(() => stopEmulator(join(localFolder, "emulator")));
const summary = formatSummary(report);
const file = process.env.GITHUB_STEP_SUMMARY;
if (file === undefined || file === "") process.stdout.write(`\n${summary}\n`);
else await appendFile(file, `${summary}\n`);
process.exitCode = report.isOk ? 0 : 1;
