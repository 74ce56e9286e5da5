import { join } from "node:path";
import picocolors from "picocolors";
import { localTenancy } from "../../emulator/core/tenancy.ts";
import { findEngine, NoCliError } from "../../tools/engine/find.ts";
import { reporting } from "../command-line.ts";
import { ProjectError } from "../project.ts";
import { adoptInto, emulatorName } from "./adopting.ts";
import { isInterrupted, restoreState } from "./backend.ts";
import { EmulatorProcessError, ensureEmulator } from "./emulator-process.ts";
import { engineArguments, runEngine } from "./engine-run.ts";
import { mendInterrupted } from "./interrupted.ts";
import { parseCommand, usage } from "./options.ts";
import { installPlugins } from "./plugins.ts";
import { readProgram } from "./program.ts";
import { copyStackFile, StackError } from "./stack-file.ts";
import { engineEnvironment, localFolder, openWorkspace } from "./workspace.ts";

function say(line: string): void {
  process.stderr.write(`${picocolors.dim(line)}\n`);
}

async function main(typed: readonly string[]): Promise<number> {
  const options = parseCommand(typed);
  if (options === "help") {
    process.stdout.write(await usage());
    return 0;
  }
  const own = { region: localTenancy.homeRegion, tenancyId: localTenancy.id };
  const program = await readProgram(options.directory, options.stack, own);
  const name = emulatorName(program, options.isAdopting);
  const engine = await findEngine(say);
  const emulator = await ensureEmulator(join(localFolder, name));
  if (emulator.isNew)
    say(`Local OCI at ${emulator.url}, process ${emulator.pid}; npm run local:stop ends it.`);
  if (options.isAdopting) await adoptInto(emulator.url, program);
  const workspace = await openWorkspace(join(localFolder, "pulumi"));
  await installPlugins(engine, workspace);
  const environment = engineEnvironment(workspace, emulator.url, process.env, options);
  restoreState({ ...program, workspace });
  const file = await copyStackFile({ ...program, engine, environment, workspace });
  const { directory, project, stack } = program;
  const interrupted = { engine, environment, workspace, directory, project, stack, url: emulator.url, say };
  if (isInterrupted(interrupted)) {
    if (options.verb === "preview")
      say("The last run was killed; npm run up:local puts the state right first.");
    else await mendInterrupted(interrupted);
  }
  const args = engineArguments(options, file, process.stdin.isTTY === true && process.stdout.isTTY === true);
  return runEngine(engine, args, { directory, environment });
}

main(process.argv.slice(2)).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  reporting(ProjectError, NoCliError, EmulatorProcessError, StackError),
);
