import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export const repository = resolve(import.meta.dirname, "../..");
export const stockProgram = join(repository, "test/fixtures/programs/stock");

export interface Started {
  process: ChildProcess;
  output(): string;
  /** Resolves when the output holds the text. */
  shows(text: string): Promise<void>;
  /** Exit code or signal. */
  ended: Promise<number | NodeJS.Signals | null>;
  /** Processes that it started, at this moment. */
  descendants(): number[];
  /** What lies in its temporary folder. */
  temporaryFiles(): string[];
  /** Ends it, whatever happened. */
  cleanUp(): Promise<void>;
}

/** Runs `npm start`'s command in a project's folder. */
export function start(directory: string, ...options: string[]): Started {
  const temporary = mkdtempSync(join(tmpdir(), "start-test-"));
  const child = spawn(process.execPath, [join(repository, "local/start.ts"), ...options], {
    cwd: directory,
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env.PATH, HOME: temporary, TMPDIR: temporary, NO_COLOR: "1" },
  });
  let output = "";
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      for (const check of waiting) check();
    });
  }
  const ended = new Promise<number | NodeJS.Signals | null>((done) => {
    child.once("close", (code, signal) => {
      done(code ?? signal);
      for (const check of waiting) check();
    });
  });
  return {
    process: child,
    output: () => output,
    shows: (text) =>
      new Promise((done, fail) => {
        const check = () => {
          if (output.includes(text)) done();
          else if (child.exitCode !== null)
            fail(new Error(`it ended without showing ${JSON.stringify(text)}:\n${output}`));
          else return;
          waiting.delete(check);
        };
        waiting.add(check);
        check();
      }),
    ended,
    descendants: () => descendantsOf(child.pid ?? 0),
    temporaryFiles: () => readdirSync(temporary),
    async cleanUp() {
      if (child.exitCode === null) child.kill("SIGTERM");
      await ended;
      rmSync(temporary, { recursive: true, force: true });
    },
  };
}

function descendantsOf(pid: number): number[] {
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  const rows = table
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const found = [pid];
  for (const parent of found) {
    found.push(...rows.filter(([, ppid]) => ppid === parent).map(([child]) => child ?? 0));
  }
  return found.slice(1);
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
