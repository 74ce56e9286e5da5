import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";

export interface ProgramRun {
  project: string;
  stack: string;
  organization: string;
  /** Folder that the program runs in. */
  directory: string;
  /** Folder of `Pulumi.yaml`. */
  rootDirectory: string;
  entryPoint: string;
  args: readonly string[];
  nodeargs: readonly string[];
  config: Readonly<Record<string, string>>;
  secretKeys: readonly string[];
  isPreview: boolean;
  parallel: number;
  monitor: string;
  engine: string;
}

export interface RunOutcome {
  /** Why it failed; empty for success. */
  error: string;
  /** The program has told its error to the engine already. */
  isBail: boolean;
}

/** The exit code by which the SDK says that it has reported its errors itself. */
const bailCode = 32;

/** Where the SDK keeps the entry points that it offers to language hosts, as seen from the program. */
export function sdkEntry(directory: string, name: "run" | "run-policy-pack"): string {
  try {
    return createRequire(join(directory, "x.js")).resolve(`@pulumi/pulumi/cmd/${name}`);
  } catch {
    throw new Error(`${directory}: the package @pulumi/pulumi isn't installed here; run npm install`);
  }
}

/** Runs a program in a process of its own, whose output is this one's: the CLI shows it. */
export function runProgram(run: ProgramRun, started: (child: ChildProcess) => void): Promise<RunOutcome> {
  const values = {
    "--monitor": run.monitor,
    "--engine": run.engine,
    "--project": run.project,
    "--stack": run.stack,
    "--organization": run.organization,
    "--root-directory": run.rootDirectory,
    "--pwd": run.directory,
    "--parallel": String(run.parallel),
  };
  const flags = Object.entries(values).flatMap(([flag, value]) => (value === "" ? [] : [flag, value]));
  const child = spawn(
    process.execPath,
    [
      ...run.nodeargs,
      sdkEntry(run.directory, "run"),
      ...flags,
      ...(run.isPreview ? ["--dry-run"] : []),
      run.entryPoint,
      ...run.args,
    ],
    {
      cwd: run.directory,
      stdio: ["ignore", "inherit", "inherit"],
      env: {
        ...process.env,
        PULUMI_CONFIG: JSON.stringify(run.config),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(run.secretKeys),
      },
    },
  );
  started(child);
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ error: error.message, isBail: false }));
    child.once("exit", (code, signal) => resolve(outcomeOf(code, signal)));
  });
}

function outcomeOf(code: number | null, signal: NodeJS.Signals | null): RunOutcome {
  if (code === 0) return { error: "", isBail: false };
  if (code === bailCode) return { error: "", isBail: true };
  const end = code === null ? `was ended by ${signal}` : `exited with non-zero exit code: ${code}`;
  return { error: `Program ${end}`, isBail: false };
}
