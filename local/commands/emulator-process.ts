import { spawn } from "node:child_process";
import { mkdir, open, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isAlive, withLock } from "../../tools/engine/lock.ts";
import { health } from "../plugin/configuration.ts";
import { firstGatewayPort, nextFreePort } from "../ports.ts";

/** A local OCI that runs as a process of its own. */
export interface RunningEmulator {
  url: string;
  pid: number;
}

/** 0 lets the system choose. */
export interface EmulatorPorts {
  control: number;
  /** Of the first gateway. */
  gateways: number;
}

/** The local OCI didn't start or end; the message says why. */
export class EmulatorProcessError extends Error {
  override readonly name = "EmulatorProcessError";
}

const firstPort = 4910;
const limitInMs = 15_000;
const pollInMs = 20;
const main = join(import.meta.dirname, "../../emulator/main.ts");

/**
 * The local OCI of a folder: the one that runs, or a new one that takes up the state which the last one left.
 *
 * @param folder - holds `process.json`, `state.sqlite` and `log.jsonl`
 * @param ports - of a new one. Default: the control plane's of last time or the first free one from 4910 on, gateways from
 * 8080 on
 */
export async function ensureEmulator(
  folder: string,
  ports: Partial<EmulatorPorts> = {},
): Promise<RunningEmulator & { isNew: boolean }> {
  await mkdir(folder, { recursive: true });
  return withLock(join(folder, "lock"), async () => {
    const running = await findEmulator(folder);
    if (running !== undefined) return { ...running, isNew: false };
    const { control = await choosePort(folder), gateways = firstGatewayPort } = ports;
    const started = await startEmulatorProcess(folder, { control, gateways });
    await writeFile(recordOf(folder), `${JSON.stringify(started)}\n`);
    return { ...started, isNew: true };
  });
}

/** The local OCI that runs, by its own word: a process id alone may be another process by now. */
export async function findEmulator(folder: string): Promise<RunningEmulator | undefined> {
  const record = await readRecord(folder);
  if (record === undefined || !isAlive(record.pid)) return undefined;
  const answer = await health(record.url).catch(() => undefined);
  return answer?.pid === record.pid ? record : undefined;
}

/** Ends the local OCI with all gateways and functions; its state stays. Answers whether one ran. */
export async function stopEmulator(folder: string): Promise<boolean> {
  const running = await findEmulator(folder);
  if (running !== undefined) {
    process.kill(running.pid, "SIGTERM");
    await until(() => !isAlive(running.pid), `the local OCI (process ${running.pid}) doesn't end`);
  }
  return running !== undefined;
}

function recordOf(folder: string): string {
  return join(folder, "process.json");
}

async function readRecord(folder: string): Promise<RunningEmulator | undefined> {
  try {
    const { url, pid } = JSON.parse(await readFile(recordOf(folder), "utf8")) as RunningEmulator;
    return { url, pid };
  } catch {
    return undefined;
  }
}

/** The port of last time, when it is free: what was printed then goes on being true. */
async function choosePort(folder: string): Promise<number> {
  const last = await readRecord(folder);
  return nextFreePort(last === undefined ? firstPort : Number(new URL(last.url).port));
}

async function startEmulatorProcess(folder: string, ports: EmulatorPorts): Promise<RunningEmulator> {
  const logFile = join(folder, "log.jsonl");
  const log = await open(logFile, "w");
  const child = spawn(
    process.execPath,
    [
      main,
      "--log",
      ...["--port", String(ports.control)],
      ...["--gateway-port", String(ports.gateways)],
      ...["--state", join(folder, "state.sqlite")],
    ],
    // From nothing: what the user's shell knows never reaches the functions.
    {
      cwd: folder,
      detached: true,
      stdio: ["ignore", log.fd, log.fd],
      env: { PATH: process.env.PATH, HOME: process.env.HOME, TMPDIR: process.env.TMPDIR },
    },
  );
  await log.close();
  let ended = false;
  child.once("error", () => {
    ended = true;
  });
  child.once("exit", () => {
    ended = true;
  });
  let text = "";
  await until(async () => {
    text = await readFile(logFile, "utf8");
    return ended || text.includes('"type":"ready"');
  }, `the local OCI doesn't become ready; its log is ${logFile}`);
  child.unref();
  const ready = text.split("\n").find((line) => line.includes('"type":"ready"'));
  if (ready === undefined) {
    throw new EmulatorProcessError(`the local OCI didn't start:\n${text.trim() || `see ${logFile}`}`);
  }
  const { url, pid } = JSON.parse(ready) as RunningEmulator;
  return { url, pid };
}

async function until(isTrue: () => boolean | Promise<boolean>, otherwise: string): Promise<void> {
  const end = Date.now() + limitInMs;
  while (!(await isTrue())) {
    if (Date.now() > end) throw new EmulatorProcessError(otherwise);
    await new Promise((resolve) => setTimeout(resolve, pollInMs));
  }
}
