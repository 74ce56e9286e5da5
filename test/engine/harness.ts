import { cp, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { startEmulator } from "../../emulator/index.ts";
import type { Emulator, EmulatorEvent, EmulatorOptions } from "../../emulator/types.ts";
import { installPlugins } from "../../local/commands/plugins.ts";
import { readProgram } from "../../local/commands/program.ts";
import { copyStackFile } from "../../local/commands/stack-file.ts";
import { engineEnvironment, openWorkspace, type Workspace } from "../../local/commands/workspace.ts";
import { type CommandResult, run } from "../../tools/engine/command.ts";
import { type Engine, findEngine, NoCliError } from "../../tools/engine/find.ts";

/** What one run of the engine came to. */
export interface EngineRun {
  exitCode: number | undefined;
  /** Both streams, without colours. */
  output: string;
}

export interface EngineStack {
  emulator: Emulator;
  /** Everything that the emulator told so far. */
  events: EmulatorEvent[];
  /** Folder of the program, which may be changed when it is the copy. */
  directory: string;
  /** Folder of home, backend and emulator's own; its content may be looked at. */
  folder: string;
  workspace: Workspace;
  environment: Record<string, string>;
  preview(...args: string[]): Promise<EngineRun>;
  up(...args: string[]): Promise<EngineRun>;
  refresh(...args: string[]): Promise<EngineRun>;
  destroy(...args: string[]): Promise<EngineRun>;
  /** Any other command of pulumi with the stack chosen. */
  pulumi(...args: string[]): Promise<EngineRun>;
  /** The stack's outputs, secrets shown. */
  outputs(): Promise<Record<string, unknown>>;
  /** The stack's state as `pulumi stack export` shows it: secrets encrypted. */
  export(): Promise<ExportedStack>;
  /** Settings over those of the stack file, by full key; objects as values. They hold until they are set again. */
  configure(config: Readonly<Record<string, unknown>>): Promise<void>;
  /** Sets a secret, by full key, until the next {@link configure}. */
  setSecret(key: string, value: string): Promise<void>;
  /** A call of the control plane. */
  call(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
  /** Writes of the control plane, without those of the emulator's own API. */
  writes(): Promise<string[]>;
  /** Another stack or program in the same tenancy and backend; it ends with this one. */
  sibling(options: EngineOptions): Promise<EngineStack>;
  close(): Promise<void>;
}

export interface ExportedStack {
  deployment: { resources: ExportedResource[] };
}

export interface ExportedResource {
  urn: string;
  type: string;
  id?: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  initErrors?: string[];
}

export interface EngineOptions {
  /** Folder of the program. @default - a copy of the repository's, for a sibling the first one's */
  cwd?: string;
  /** @default "local" */
  stack?: string;
  /** Settings over those of the stack file `Pulumi.local.yaml`, by full key. */
  config?: Readonly<Record<string, unknown>>;
  emulator?: EmulatorOptions;
  /** Further variables of the engine. */
  environment?: Readonly<Record<string, string>>;
}

let found: Promise<Engine | NoCliError> | undefined;

/**
 * The CLI that engine tests run, or `undefined`, with the reason printed, when none can be had. In CI a missing CLI is an
 * error: there the tests always run.
 */
export async function availableEngine(): Promise<Engine | undefined> {
  found ??= findEngine((line) => process.stderr.write(`${line}\n`)).catch((error: unknown) => {
    if (error instanceof NoCliError) return error;
    throw error;
  });
  const engine = await found;
  if (!(engine instanceof NoCliError)) return engine;
  if (process.env.CI) throw engine;
  process.stderr.write(`Engine tests are left out. ${engine.message}\n`);
  return undefined;
}

/** A stack under the real engine on an emulator of its own; nothing is up yet. */
export async function startEngine(options: EngineOptions = {}): Promise<EngineStack> {
  const engine = await availableEngine();
  if (engine === undefined) throw new Error("there is no CLI; ask availableEngine() first");
  const folder = await mkdtemp(join(tmpdir(), "engine-test-"));
  const events: EmulatorEvent[] = [];
  function onEvent(event: EmulatorEvent): void {
    events.push(event);
    options.emulator?.onEvent?.(event);
  }
  const emulator = await startEmulator({ ...options.emulator, onEvent });
  const workspace = await openWorkspace(join(folder, "pulumi"));
  await installPlugins(engine, workspace);
  const directory = options.cwd ?? (await copyProgram(join(folder, "program")));
  const ground = { engine, folder, events, emulator, workspace, directory };
  return openStack(ground, options, async () => {
    await emulator.close();
    await rm(folder, { recursive: true, force: true });
  });
}

interface Ground {
  engine: Engine;
  folder: string;
  events: EmulatorEvent[];
  emulator: Emulator;
  workspace: Workspace;
  directory: string;
}

/** The repository's program, so that nobody's edits and no other test's bundles come in between. */
async function copyProgram(directory: string): Promise<string> {
  const names = ["index.ts", "settings.ts", "settings", "components", "functions", "tools"];
  for (const name of [...names, "package.json", "Pulumi.yaml", "Pulumi.local.yaml"]) {
    await cp(resolve(name), join(directory, name), { recursive: true });
  }
  await symlink(resolve("node_modules"), join(directory, "node_modules"));
  return directory;
}

async function openStack(
  ground: Ground,
  options: EngineOptions,
  close: () => Promise<void>,
): Promise<EngineStack> {
  const { engine, workspace, emulator } = ground;
  const { cwd = ground.directory, stack = "local" } = options;
  const directory = resolve(cwd);
  const environment = {
    ...engineEnvironment(workspace, emulator.url),
    NO_COLOR: "1",
    ...options.environment,
  };
  const own = { region: emulator.tenancy.homeRegion, tenancyId: emulator.tenancy.id };
  const base = await readProgram(directory, "local", own);
  let file = "";
  async function configure(config: Readonly<Record<string, unknown>>): Promise<void> {
    const settings = { config: { ...(base.settings.config as object), ...config } };
    const { project } = base;
    file = await copyStackFile({
      engine,
      environment,
      workspace,
      project,
      stack,
      settings,
      omittedSecrets: [],
    });
  }
  await configure(options.config ?? {});

  async function pulumi(...args: string[]): Promise<EngineRun> {
    const all = [...args, "--stack", stack, "--non-interactive", "--color", "never"];
    const result: CommandResult = await run(engine.path, all, { environment, directory });
    return { exitCode: result.exitCode, output: `${result.stdout}${result.stderr}` };
  }

  async function json(...args: string[]): Promise<unknown> {
    const all = [...args, "--stack", stack, "--non-interactive"];
    const result = await run(engine.path, all, { environment, directory });
    if (result.exitCode !== 0) throw new Error(`pulumi ${args.join(" ")}: ${result.stderr}`);
    return JSON.parse(result.stdout);
  }

  async function call(method: string, path: string, body?: unknown) {
    const response = await fetch(`${emulator.url}${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    const text = await response.text();
    return { status: response.status, body: text === "" ? undefined : (JSON.parse(text) as unknown) };
  }

  return {
    emulator,
    events: ground.events,
    directory,
    folder: ground.folder,
    workspace,
    environment,
    preview: (...args) => pulumi("preview", "--config-file", file, ...args),
    up: (...args) => pulumi("up", "--config-file", file, "--yes", "--skip-preview", ...args),
    refresh: (...args) => pulumi("refresh", "--config-file", file, "--yes", "--skip-preview", ...args),
    destroy: (...args) => pulumi("destroy", "--config-file", file, "--yes", "--skip-preview", ...args),
    pulumi,
    outputs: async () =>
      (await json("stack", "output", "--json", "--show-secrets")) as Record<string, unknown>,
    export: async () => (await json("stack", "export")) as ExportedStack,
    configure,
    async setSecret(key, value) {
      const set = await pulumi("config", "set", "--secret", key, value, "--config-file", file);
      if (set.exitCode !== 0) throw new Error(set.output);
    },
    call,
    async writes() {
      const { body } = await call("GET", "/_emulator/writes");
      const lines = (body as { method: string; path: string }[]).map(
        ({ method, path }) => `${method} ${path}`,
      );
      return lines.filter((line) => !line.includes(" /_emulator/"));
    },
    sibling: (other) => openStack(ground, other, async () => {}),
    close,
  };
}
