import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";

/** How a function is started on this machine. */
export interface LaunchPlan {
  command: string;
  args: string[];
}

interface Launcher {
  /** File in the folder that is run. */
  findEntry(directory: string, entrypoint: string | undefined): string | undefined;
  entryNames: readonly string[];
  plan(entry: string, memoryInMBs: number): LaunchPlan;
}

/**
 * What `runtime:` of func.yaml means on this machine. An `entrypoint` names paths of a container image; only the
 * name of its last file means something here.
 */
const LAUNCHERS: Readonly<Record<string, Launcher>> = {
  node: {
    entryNames: ["func.js", "func.mjs", "func.cjs"],
    findEntry(directory, entrypoint) {
      const named = entrypoint
        ?.split(/\s+/)
        .filter((word) => /\.[cm]?js$/.test(word))
        .at(-1);
      const candidates = named === undefined ? this.entryNames : [path.basename(named), ...this.entryNames];
      return candidates.find((name) => existsSync(path.join(directory, name)));
    },
    plan: (entry, memoryInMBs) => ({
      command: process.execPath,
      // Stack traces speak of the sources that a bundle's map names.
      args: ["--enable-source-maps", `--max-old-space-size=${oldSpaceInMBs(memoryInMBs)}`, entry],
    }),
  },
};

/** V8's old generation, so that Node itself reports a full heap before the memory limit ends the process. */
function oldSpaceInMBs(memoryInMBs: number): number {
  return Math.max(32, Math.floor(memoryInMBs * 0.75));
}

/**
 * Problems of a function's folder; empty when the function can be started from it.
 *
 * @param directory - Folder with the bundle and `func.yaml`.
 */
export function checkFunctionCode(directory: string): string[] {
  const reading = readCode(directory);
  return "problems" in reading ? reading.problems : [];
}

/**
 * The command that starts the function of a folder.
 *
 * @returns the problems instead when the folder can't be started from.
 */
export function planLaunch(directory: string, memoryInMBs: number): LaunchPlan | { problems: string[] } {
  const reading = readCode(directory);
  if ("problems" in reading) return reading;
  return reading.launcher.plan(reading.entry, memoryInMBs);
}

function readCode(directory: string): { launcher: Launcher; entry: string } | { problems: string[] } {
  if (process.platform === "win32") {
    return { problems: ["functions answer on a unix socket, which Windows doesn't offer: run it under WSL"] };
  }
  if (!isDirectory(directory)) return { problems: [`${directory} is not a folder`] };
  const file = path.join(directory, "func.yaml");
  if (!existsSync(file)) {
    return { problems: [`${directory} has no func.yaml: add one, for example with "runtime: node"`] };
  }
  let settings: unknown;
  try {
    settings = parse(readFileSync(file, "utf8"));
  } catch (error) {
    return { problems: [`${file} is not YAML: ${firstLine(error)}`] };
  }
  if (typeof settings !== "object" || settings === null || Array.isArray(settings)) {
    return { problems: [`${file} must hold keys and values, for example "runtime: node"`] };
  }
  const { runtime, entrypoint } = settings as Record<string, unknown>;
  const supported = Object.keys(LAUNCHERS).join(", ");
  const launcher =
    typeof runtime === "string" && Object.hasOwn(LAUNCHERS, runtime) ? LAUNCHERS[runtime] : undefined;
  if (launcher === undefined) {
    const given = runtime === undefined ? "is missing" : `is ${JSON.stringify(runtime)}`;
    return { problems: [`${file}: runtime ${given}; on this machine functions run with: ${supported}`] };
  }
  if (entrypoint !== undefined && typeof entrypoint !== "string") {
    return { problems: [`${file}: entrypoint must be text, for example "node func.js"`] };
  }
  const entry = launcher.findEntry(directory, entrypoint);
  if (entry === undefined) {
    return { problems: [`${directory} has none of ${launcher.entryNames.join(", ")}: build the function`] };
  }
  return { launcher, entry: path.join(directory, entry) };
}

function isDirectory(directory: string): boolean {
  return statSync(directory, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n", 1)[0] ?? "";
}
