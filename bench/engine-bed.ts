import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { localTenancy } from "../emulator/core/tenancy.ts";
import { installPlugins } from "../local/commands/plugins.ts";
import { readProgram } from "../local/commands/program.ts";
import { copyStackFile } from "../local/commands/stack-file.ts";
import { engineEnvironment, openWorkspace } from "../local/commands/workspace.ts";
import type { Engine } from "../tools/engine/find.ts";
import { processTree, residentMegabytes } from "./processes.ts";
import { freePort, startServer, timeToOk } from "./server.ts";

/** One run of the engine. */
export interface EngineRun {
  inMs: number;
  /** Highest sum over CLI, language host, program, plugins and the local OCI. */
  peakMegabytes: number;
}

/**
 * A local OCI in a process of its own, with a file as `npm run up:local` has it, and an empty backend.
 *
 * @param choice - as `npm run up:local -- --no-checkpoints` has it, or without
 */
export async function openBed(engine: Engine, choice: { isWithoutCheckpoints: boolean }) {
  const folder = await mkdtemp(join(tmpdir(), "bench-bed-"));
  const port = await freePort();
  const state = ["--state", join(folder, "state.sqlite")];
  const server = startServer(process.execPath, ["emulator/main.ts", "--port", String(port), ...state]);
  const url = `http://127.0.0.1:${port}`;
  const workspace = await openWorkspace(join(folder, "pulumi"));
  await installPlugins(engine, workspace);
  const environment = { ...engineEnvironment(workspace, url, process.env, choice), NO_COLOR: "1" };

  /** Makes the stack, which a user has once and for all. */
  async function openStack(directory: string): Promise<string> {
    const own = { region: localTenancy.homeRegion, tenancyId: localTenancy.id };
    const program = await readProgram(directory, "local", own);
    return copyStackFile({ ...program, engine, environment, workspace });
  }

  return {
    url,
    ready: () => timeToOk(`${url}/_emulator/health`, server),
    openStack,
    run: (directory: string, file: string, verb: readonly string[]) =>
      measuredRun(engine.path, [...verb, "--stack", "local", "--config-file", file, "--non-interactive"], {
        directory,
        environment,
        beside: server.pid,
      }),
    async close() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const sampleEveryMs = 500;

/** Runs a command to its end. @param options.beside - process that counts as well. @throws when it fails. */
export async function measuredRun(
  command: string,
  args: readonly string[],
  options: { directory: string; environment: NodeJS.ProcessEnv; beside?: number },
): Promise<EngineRun> {
  const begin = performance.now();
  const child = spawn(command, args, {
    cwd: options.directory,
    env: options.environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => chunks.push(String(chunk)));
  const { pid = 0 } = child;
  let peakMegabytes = 0;
  const sampling = setInterval(() => {
    const trees = [pid, ...(options.beside === undefined ? [] : [options.beside])].flatMap(processTree);
    peakMegabytes = Math.max(peakMegabytes, residentMegabytes(trees));
  }, sampleEveryMs);
  try {
    const [code] = await once(child, "close");
    const inMs = performance.now() - begin;
    if (code !== 0)
      throw new Error(`${[command, ...args].join(" ")} ended with ${code}:\n${chunks.join("")}`);
    return { inMs, peakMegabytes };
  } finally {
    clearInterval(sampling);
  }
}
