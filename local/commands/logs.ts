import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { KeptLine } from "../../emulator/logs/types.ts";
import { reporting } from "../command-line.ts";
import { formatLogLine } from "../show/log-lines.ts";
import { findEmulator } from "./emulator-process.ts";
import { logUsage, parseLogOptions, severalRun } from "./log-options.ts";
import { localFolder } from "./workspace.ts";

const pollInMs = 300;

/** No local OCI answers; the message says what to do. */
class LogsError extends Error {
  override readonly name = "LogsError";
}

async function main(typed: readonly string[]): Promise<void> {
  const options = parseLogOptions(typed);
  if (options === "help") {
    process.stdout.write(await logUsage());
    return;
  }
  const url = options.url ?? (await runningUrl());
  const show = (line: KeptLine) =>
    process.stdout.write(`${options.isJson ? JSON.stringify(line.entry) : formatLogLine(line)}\n`);
  let lines = await linesOf(url, options.query);
  lines.forEach(show);
  if (lines.length === 0 && !options.isFollowing) {
    process.stderr.write("No lines are kept: call a route, and see that its API has logs.\n");
  }
  let position = lines.at(-1)?.position ?? 0;
  while (options.isFollowing) {
    await sleep(pollInMs);
    lines = await linesOf(url, { ...options.query, after: String(position) });
    lines.forEach(show);
    position = lines.at(-1)?.position ?? position;
  }
}

/** Address of the one local OCI that runs, by `npm start` or `npm run up:local`. */
async function runningUrl(): Promise<string> {
  const entries = await readdir(localFolder, { withFileTypes: true }).catch(() => []);
  const folders = entries.filter((entry) => entry.isDirectory() && /^(emulator|start)(-|$)/.test(entry.name));
  const answers = await Promise.all(
    folders.map(async ({ name }) => {
      const running = await findEmulator(join(localFolder, name));
      return running === undefined ? [] : [{ folder: name, url: running.url }];
    }),
  );
  const found = answers.flat();
  const [first, ...others] = found;
  if (first === undefined) {
    throw new LogsError("No local OCI runs; start one: npm start, or npm run up:local");
  }
  if (others.length === 0) return first.url;
  throw new LogsError(severalRun(found));
}

async function linesOf(url: string, query: Record<string, string>): Promise<KeptLine[]> {
  const response = await fetch(`${url}/_emulator/logs?${new URLSearchParams(query)}`).catch(() => {
    throw new LogsError(`No local OCI answers at ${url}; start one: npm start, or npm run up:local`);
  });
  const body: unknown = await response.json();
  if (!response.ok) throw new LogsError((body as { message: string }).message);
  return body as KeptLine[];
}

main(process.argv.slice(2)).catch(reporting(LogsError));
