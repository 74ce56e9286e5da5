import { expect } from "vitest";
import { startWatchedEmulator, type WatchedEmulator } from "../end-to-end/stack.ts";
import { type ProgramRun, runProgram } from "../readiness/program.ts";

/** An example on a local OCI of its own. */
export interface RunningExample {
  local: WatchedEmulator;
  run: ProgramRun;
  endpoint: string;
}

/** Brings `examples/<name>` up; whoever calls it closes `local.emulator`. */
export async function runExample(name: string): Promise<RunningExample> {
  const local = await startWatchedEmulator();
  try {
    const run = await runProgram(local.emulator.url, { directory: `examples/${name}` });
    expect(run.problems).toEqual([]);
    // No warnings: what people copy is as it should be.
    expect(run.text).toBe("");
    return { local, run, endpoint: String(run.outputs.endpoint) };
  } catch (error) {
    await local.emulator.close();
    throw error;
  }
}
