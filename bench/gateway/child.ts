import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** A process of the benchmark that answers messages; it ends with this one. */
export interface Child {
  pid: number;
  ask<Answer>(message: object): Promise<Answer>;
  stop(): Promise<void>;
}

/** Processor time since the process began. */
export interface Usage {
  /** Of the thread that serves. */
  threadInMicroseconds: number;
  /** Of all threads. */
  processInMicroseconds: number;
}

/** @param execArgv - of Node, for example `--cpu-prof`. */
export function startChild(file: string, execArgv: readonly string[] = []): Child {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    execArgv: [...execArgv],
    serialization: "advanced",
  });
  const waiting: { resolve(answer: unknown): void; reject(error: Error): void }[] = [];
  child.on("message", (message: { answer?: unknown; error?: string }) => {
    const first = waiting.shift();
    if (message.error === undefined) first?.resolve(message.answer);
    else first?.reject(new Error(message.error));
  });
  child.on("exit", (code) => {
    for (const { reject } of waiting.splice(0)) reject(new Error(`${file} ended with ${code}`));
  });
  return {
    pid: child.pid ?? 0,
    ask: <Answer>(message: object) =>
      new Promise<Answer>((resolve, reject) => {
        waiting.push({ resolve: resolve as (answer: unknown) => void, reject });
        child.send(message);
      }),
    stop: () => stopped(child),
  };
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.disconnect();
  await exit;
}

/** The child's side: answers each message in turn; cleans up when the parent is gone. */
export function answerMessages(
  answer: (message: never) => Promise<unknown> | unknown,
  close: () => Promise<void> | void,
): void {
  process.on("message", async (message) => {
    try {
      process.send?.({ answer: await answer(message as never) });
    } catch (error) {
      process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  });
  process.once("disconnect", () => void Promise.resolve(close()).finally(() => process.exit(0)));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => {});
}

export function ownUsage(): Usage {
  const thread = process.threadCpuUsage();
  const whole = process.cpuUsage();
  return {
    threadInMicroseconds: thread.user + thread.system,
    processInMicroseconds: whole.user + whole.system,
  };
}

/** What another process has used, from Linux' /proc in hundredths of a second; undefined elsewhere. */
export function usageOfProcess(pid: number): (() => Promise<Usage>) | undefined {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return undefined;
  return async () => {
    const text = await readFile(file, "latin1");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const inMicroseconds = (Number(fields[11]) + Number(fields[12])) * 10_000;
    return { threadInMicroseconds: inMicroseconds, processInMicroseconds: inMicroseconds };
  };
}
