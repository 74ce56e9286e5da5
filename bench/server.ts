import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { processTree } from "./processes.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** A started command. */
export interface Server {
  pid: number;
  /** Ends it and waits until it and all that it started are gone. */
  stop(): Promise<void>;
  /** What it has printed so far. */
  output(): string;
}

const running = new Set<ChildProcess>();

/** Starts a command in the repository's folder. A signal to this process ends it as well. */
export function startServer(command: string, args: readonly string[]): Server {
  if (running.size === 0) endOnSignals();
  const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => chunks.push(String(chunk)));
  if (child.pid === undefined) throw new Error(`${command} can't be started`);
  running.add(child);
  return { pid: child.pid, stop: () => stopped(child), output: () => chunks.join("") };
}

/** Milliseconds from now until a URL answers 200. */
export async function timeToOk(url: string, server: Server, limitInMs = 60_000): Promise<number> {
  const begin = performance.now();
  while (performance.now() - begin < limitInMs) {
    if (await isOk(url)) return performance.now() - begin;
    await sleep(10);
  }
  throw new Error(
    `${url} didn't answer 200 within ${limitInMs / 1000} s. The command printed:\n${server.output()}`,
  );
}

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}

async function isOk(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5000) });
    await answer.arrayBuffer();
    return answer.status === 200;
  } catch {
    return false;
  }
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

function endOnSignals(): void {
  for (const signal of signals) process.on(signal, endAll);
}

function endAll(): void {
  void Promise.all([...running].map(stopped)).then(() => process.exit(1));
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return;
  const pids = processTree(child.pid).map(({ pid }) => pid);
  child.kill("SIGTERM");
  for (let waited = 0; pids.some(isAlive); waited += 50) {
    if (waited >= 10_000) for (const pid of pids.filter(isAlive)) process.kill(pid, "SIGKILL");
    await sleep(50);
  }
  running.delete(child);
  if (running.size === 0) for (const signal of signals) process.off(signal, endAll);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
