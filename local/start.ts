import { resolve } from "node:path";
import picocolors from "picocolors";
import type { EmulatorEvent } from "../emulator/types.ts";
import { adoptedTenancy, planAdoption } from "./adoption.ts";
import { adopt, BringUpError, bringUp } from "./bring-up.ts";
import { reporting } from "./command-line.ts";
import { recordStart } from "./commands/start-record.ts";
import { parseOptions, type StartOptions, usage } from "./options.ts";
import { firstGatewayPort, isPortFree, nextFreePort } from "./ports.ts";
import { startProgramProcess } from "./program/program-process.ts";
import { type Project, ProjectError, readProject } from "./project.ts";
import { formatOutputs } from "./show/outputs.ts";
import { formatEvent } from "./show/requests.ts";
import { createShutdown, endWithNpm, type Shutdown } from "./shutdown.ts";

/** What was asked for can't be done; the message says why and what to do. */
class StartError extends Error {
  override readonly name = "StartError";
}

const out = process.stdout;

async function main(typed: readonly string[]): Promise<void> {
  const options = parseOptions(typed);
  if (options === "help") {
    out.write(await usage());
    return;
  }
  const shutdown = createShutdown();
  let isServing = false;
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const) {
    process.on(signal, () => {
      if (!shutdown.isRunning)
        out.write(`\n${isServing ? "Stopping" : "Stopping before the stack is up"} …\n`);
      const exitCode = isServing ? 0 : code;
      void shutdown.run().then(() => process.exit(exitCode));
    });
  }
  endWithNpm(() => process.kill(process.pid, "SIGTERM"));
  try {
    await start(options, shutdown);
    isServing = !shutdown.isRunning;
  } catch (error) {
    // A signal came in between: what fails then fails because everything ends.
    if (shutdown.isRunning) return;
    await shutdown.run();
    throw error;
  }
}

async function start(options: StartOptions, shutdown: Shutdown): Promise<void> {
  const project = await readProject(resolve(options.cwd), options.stack);
  const processes = { preview: startProgramProcess(), up: startProgramProcess() };
  shutdown.add(processes.preview.stop);
  shutdown.add(processes.up.stop);
  const [{ startEmulator, localTenancy }, gatewayPort] = await Promise.all([
    import("../emulator/index.ts"),
    choosePort(options.port),
  ]);
  if (shutdown.isRunning) return;

  // Until the stack is up the steps speak for themselves; what a setting doesn't do here is kept for afterwards.
  const notices: EmulatorEvent[] = [];
  let onEvent = (event: EmulatorEvent): void => {
    if (event.type === "notice") notices.push(event);
  };
  const tenancy = adoptedTenancy(project.config, project.name, localTenancy);
  const region = project.config["oci:region"];
  const emulator = await startEmulator({
    ...(tenancy !== undefined && { tenancy }),
    ...(region && { region }),
    gatewayPort,
    isGatewayPortExact: options.port !== undefined && options.port !== 0,
    onEvent: (event) => onEvent(event),
  });
  shutdown.add(() => emulator.close());
  shutdown.add(await recordStart(emulator.url));
  out.write(
    `${picocolors.bold(project.name)}, stack ${project.stack}, on this machine's own OCI (${emulator.url})\n`,
  );
  if (tenancy !== undefined) {
    const adoption = planAdoption(project.config);
    await adopt(emulator, adoption);
    out.write(describeAdoption(tenancy.id, adoption, tenancy.compartments));
  }
  warnOfSecrets(project);
  const result = await bringUp(project, emulator.url, processes, [], out);
  if (shutdown.isRunning) return;
  out.write(
    `${formatOutputs(result.outputs, result.state)}\n${picocolors.dim("Ctrl-C ends it. Requests:")}\n`,
  );
  onEvent = (event) => {
    const line = formatEvent(event);
    if (line !== undefined) out.write(`${line}\n`);
  };
  notices.forEach(onEvent);
}

/** The port asked for, which must be free; else 8080 or the next free one. */
async function choosePort(asked: number | undefined): Promise<number> {
  if (asked === 0) return 0;
  if (asked !== undefined) {
    if (await isPortFree(asked)) return asked;
    const other = await nextFreePort(asked < 65_535 ? asked + 1 : firstGatewayPort);
    throw new StartError(
      `port ${asked} is in use or not allowed; end what listens there, or choose another one: npm start -- --port ${other}`,
    );
  }
  const port = await nextFreePort(firstGatewayPort);
  if (port !== firstGatewayPort)
    out.write(`Port ${firstGatewayPort} is in use: the gateway takes ${port}.\n`);
  return port;
}

function describeAdoption(
  tenancyId: string,
  { body, images, unknown }: ReturnType<typeof planAdoption>,
  compartments: readonly { id: string }[],
): string {
  const lines = [
    ["tenancy", tenancyId],
    ...compartments.map(({ id }) => ["compartment", id]),
    ...Object.entries(body).flatMap(([kind, ids]) => ids.map((id) => [kind.replace(/s$/, ""), id])),
    ...images.map(({ image, digest }) => ["image", `${image}@${digest}`]),
  ];
  const adopted = lines.map(([kind, id]) => `  ${kind} ${picocolors.dim(id ?? "")}`);
  const others = unknown.map(
    ({ type, ocid, key }) => `  ${picocolors.yellow("not")} ${type} ${ocid} (${key})`,
  );
  return `${["Adopted from the stack's settings:", ...adopted, ...others].join("\n")}\n`;
}

function warnOfSecrets({ omittedSecrets, stack }: Project): void {
  for (const key of omittedSecrets) {
    out.write(
      `The encrypted value of ${key} (Pulumi.${stack}.yaml) isn't read; a stand-in takes its place.\n`,
    );
  }
}

main(process.argv.slice(2)).catch(reporting(ProjectError, BringUpError, StartError));
