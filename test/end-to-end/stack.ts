import { resolve } from "node:path";
import { Writable } from "node:stream";
import { startEmulator } from "../../emulator/index.ts";
import type { Emulator, EmulatorEvent } from "../../emulator/types.ts";
import { bringUp } from "../../local/bring-up.ts";
import type { StackState } from "../../local/monitor/state.ts";
import type { EvaluationResult } from "../../local/program/messages.ts";
import { startProgramProcess } from "../../local/program/program-process.ts";
import { readProject } from "../../local/project.ts";

/** An emulator whose events are kept. */
export interface WatchedEmulator {
  emulator: Emulator;
  events: EmulatorEvent[];
  /** What the emulator's log shows of writes. */
  writes(): Promise<{ method: string; path: string }[]>;
  /** A call of the control plane. */
  call(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
}

export async function startWatchedEmulator(): Promise<WatchedEmulator> {
  const events: EmulatorEvent[] = [];
  const emulator = await startEmulator({ onEvent: (event) => events.push(event) });
  const call = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${emulator.url}${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    const text = await response.text();
    return { status: response.status, body: text === "" ? undefined : (JSON.parse(text) as unknown) };
  };
  const writes = async () =>
    (await call("GET", "/_emulator/writes")).body as { method: string; path: string }[];
  return { emulator, events, writes, call };
}

export interface StackOptions {
  /** @default "local" */
  stack?: string;
  /** Values over those of `Pulumi.local.yaml`, by full key. */
  config?: Readonly<Record<string, string>>;
  state?: StackState;
  /** Module of the program. @default - the repository's `index.ts` */
  main?: string;
}

/** Brings the repository's own program up, as `npm start` does. */
export async function bringStackUp(
  emulator: Emulator,
  { stack = "local", config = {}, state = [], main }: StackOptions = {},
): Promise<EvaluationResult> {
  const project = await readProject(resolve("."), "local");
  const processes = { preview: startProgramProcess(), up: startProgramProcess() };
  try {
    return await bringUp(
      {
        ...project,
        stack,
        config: { ...project.config, ...config },
        ...(main === undefined ? {} : { main }),
      },
      emulator.url,
      processes,
      state,
      silence(),
    );
  } finally {
    await Promise.all([processes.preview.stop(), processes.up.stop()]);
  }
}

function silence(): NodeJS.WriteStream {
  return new Writable({ write: (_chunk, _encoding, done) => done() }) as unknown as NodeJS.WriteStream;
}
