import { rm } from "node:fs/promises";
import { join } from "node:path";
import { isInterrupted, restoreState } from "../../local/commands/backend.ts";
import { mendInterrupted } from "../../local/commands/interrupted.ts";
import { availableEngine, type EngineRun, type EngineStack, startEngine } from "../engine/harness.ts";
import { livingIds } from "../engine/state.ts";
import { type CountedCall, countCalls, type FaultCase, nameOf, withoutIds } from "./calls.ts";
import { killEngine } from "./engine-kill.ts";
import { counts } from "./tenancy.ts";

export interface Bench {
  stack: EngineStack;
  /** The calls of a fresh up. */
  calls: CountedCall[];
  /** How many resources of each kind there are before and after a fresh up. */
  before: Record<string, number>;
  after: Record<string, number>;
  /** What is to be killed at. */
  aim: { call: CountedCall; seen: number; killed: number } | undefined;
}

export interface CaseResult {
  fault: FaultCase;
  /** Whether the fault struck. */
  hasStruck: boolean;
  /** Runs of up until it had succeeded, the struck one included. */
  runs: number;
  /** What is wrong; empty when all is well. */
  problems: string[];
}

/** A stack whose fresh up was counted; nothing is up. */
export async function startBench(): Promise<Bench> {
  const bench: Partial<Bench> & { folder?: string } = { aim: undefined };
  const stack = await startEngine({
    emulator: {
      onEvent(event) {
        const { aim, folder } = bench;
        if (aim === undefined || folder === undefined || event.type !== "api") return;
        if (event.method !== aim.call.method || withoutIds(event.path) !== aim.call.path) return;
        aim.seen += 1;
        if (aim.seen === aim.call.nth) aim.killed = killEngine(folder);
      },
    },
  });
  bench.folder = stack.folder;
  const before = counts(await livingIds(stack));
  const start = stack.events.length;
  await expectSuccess(stack.up());
  const calls = countCalls(stack.events.slice(start));
  const after = counts(await livingIds(stack));
  await expectSuccess(stack.destroy());
  return Object.assign(bench, { stack, calls, before, after }) as Bench;
}

/** Up with the fault, up again until it succeeds, and a look at everything; then destroy. */
export async function strike(bench: Bench, fault: FaultCase): Promise<CaseResult> {
  const { stack } = bench;
  const { method, path, nth } = fault.call;
  const isKill = fault.fault === "kill";
  const kind = fault.fault === "kill" ? "lostAnswer" : fault.fault;
  await stack.call("PUT", "/_emulator/faults", [{ method, path, nth, kind }]);
  bench.aim = isKill ? { call: fault.call, seen: 0, killed: 0 } : undefined;
  const problems: string[] = [];
  let last = await stack.up();
  const { body } = await stack.call("GET", "/_emulator/faults");
  const hasStruck = (body as { struck: number }[])[0]?.struck === 1 && (!isKill || bench.aim?.killed === 1);
  bench.aim = undefined;
  let runs = 1;
  while (last.exitCode !== 0 && runs < 3) {
    await mend(stack).catch((error: unknown) => problems.push(String(error)));
    last = await stack.up();
    runs += 1;
  }
  if (last.exitCode !== 0) problems.push(`up fails after ${runs} runs: ${errorsOf(last)}`);
  else problems.push(...(await look(bench)));
  await stack.call("PUT", "/_emulator/faults", []);
  const destroy = await stack.destroy();
  if (destroy.exitCode !== 0) problems.push(`destroy fails: ${errorsOf(destroy)}`);
  problems.push(...differences("after destroy", bench.before, counts(await livingIds(stack))));
  if (problems.length > 0) await wipe(stack);
  return { fault, hasStruck, runs, problems };
}

/** What `up:local` does before it starts the engine. */
async function mend(stack: EngineStack): Promise<void> {
  const engine = await availableEngine();
  if (engine === undefined) throw new Error("the CLI is gone");
  const { workspace, environment, directory, emulator } = stack;
  const place = { workspace, project: "oci-serverless-api", stack: "local" };
  restoreState(place);
  if (!isInterrupted(place)) return;
  await mendInterrupted({ ...place, engine, environment, directory, url: emulator.url, say: () => {} });
}

async function look(bench: Bench): Promise<string[]> {
  const { stack, after } = bench;
  const problems: string[] = [];
  const living = await livingIds(stack);
  problems.push(...differences("after up", after, counts(living)));
  const all = new Set(Object.values(living).flat());
  const exported = await stack.export();
  const known = exported.deployment.resources.flatMap(({ id, type }) =>
    id !== undefined && type.startsWith("oci:") ? [id] : [],
  );
  problems.push(...known.filter((id) => !all.has(id)).map((id) => `${id} is in the state but doesn't live`));
  const preview = await stack.preview("--expect-no-changes");
  if (preview.exitCode !== 0) problems.push(`the second preview isn't empty: ${errorsOf(preview)}`);
  const { endpoint } = await stack.outputs();
  for (const path of ["/hello?name=Ada", "/echo/a/b", "/health"]) {
    const { status } = await fetch(`${endpoint}${path}`);
    if (status !== 200) problems.push(`GET ${path} answers ${status}`);
  }
  return problems;
}

function differences(
  when: string,
  wanted: Readonly<Record<string, number>>,
  found: Readonly<Record<string, number>>,
): string[] {
  return Object.entries(wanted).flatMap(([path, count]) =>
    found[path] === count ? [] : [`${when} there are ${found[path]} instead of ${count} of ${path}`],
  );
}

/** Back to nothing, so that the next case starts as this one did. */
async function wipe(stack: EngineStack): Promise<void> {
  await stack.call("POST", "/_emulator/reset");
  for (const name of ["stacks", "locks"]) {
    await rm(join(stack.workspace.backend, ".pulumi", name), { recursive: true, force: true });
  }
  await stack.configure({});
}

async function expectSuccess(running: Promise<EngineRun>): Promise<void> {
  const run = await running;
  if (run.exitCode !== 0) throw new Error(run.output);
}

function errorsOf({ output }: EngineRun): string {
  const lines = output.split("\n").filter((line) => /error|[+~-] +oci:/.test(line));
  return (lines.length === 0 ? output : [...new Set(lines.map((line) => line.trim()))].join("; ")).slice(
    -600,
  );
}

export function titleOf({ call, fault }: FaultCase): string {
  return `${fault} at ${nameOf(call)}`;
}
