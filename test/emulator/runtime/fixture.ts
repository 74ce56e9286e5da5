import { existsSync, readFileSync } from "node:fs";
import { onTestFinished } from "vitest";
import { createFunctionRuntime, type FunctionRuntimeOptions } from "../../../emulator/runtime/index.ts";
import type {
  FunctionDefinition,
  FunctionResult,
  FunctionRuntime,
  RuntimeEvent,
} from "../../../emulator/runtime/types.ts";

export { define, folderOf } from "./definitions.ts";

export interface RuntimeFixture {
  runtime: FunctionRuntime;
  events: RuntimeEvent[];
  /** Calls a function with a JSON body. */
  call(definition: FunctionDefinition, input: unknown, options?: CallOptions): Promise<FunctionResult>;
  /** The same, for an answer with a JSON body. */
  ask(
    definition: FunctionDefinition,
    input: unknown,
    options?: CallOptions,
  ): Promise<Record<string, unknown>>;
  /** Lines of the log. */
  lines(): string[];
  stopReasons(): string[];
}

interface CallOptions {
  headers?: [string, string][];
  callId?: string;
  signal?: AbortSignal;
}

/** A runtime that ends with the test. */
export function startRuntime(options: Partial<FunctionRuntimeOptions> = {}): RuntimeFixture {
  const events: RuntimeEvent[] = [];
  const runtime = createFunctionRuntime({ onEvent: (event) => events.push(event), ...options });
  onTestFinished(() => runtime.close());
  const call: RuntimeFixture["call"] = (
    definition,
    input,
    { headers = [], callId = "call-1", signal } = {},
  ) => {
    const body = Buffer.isBuffer(input) ? input : Buffer.from(JSON.stringify(input));
    return runtime.call(definition, { callId, headers, body, ...(signal === undefined ? {} : { signal }) });
  };
  return {
    runtime,
    events,
    call,
    async ask(definition, input, callOptions) {
      const result = await call(definition, input, callOptions);
      if (result.kind !== "answer") throw new Error(`${result.status} ${result.code}: ${result.message}`);
      return JSON.parse(result.body.toString()) as Record<string, unknown>;
    },
    lines: () => events.flatMap((event) => (event.type === "function-log" ? [event.line] : [])),
    stopReasons: () => events.flatMap((event) => (event.type === "function-stopped" ? [event.reason] : [])),
  };
}

/** Whether a process runs; one that waits only for its parent to notice doesn't. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const stat = `/proc/${pid}/stat`;
  if (!existsSync("/proc/self")) return true;
  try {
    return !/\) Z /.test(readFileSync(stat, "latin1"));
  } catch {
    return false;
  }
}

/** Waits until something holds; the test's own time-out ends it. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}
