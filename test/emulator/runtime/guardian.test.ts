import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { define, isRunning, startRuntime, until } from "./fixture.ts";

test("functions and sockets don't survive a kill -9 of the emulator", async () => {
  const emulator = spawn(process.execPath, [path.resolve(import.meta.dirname, "host.ts")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const told = await new Promise<string>((resolve, reject) => {
    createInterface({ input: emulator.stdout }).once("line", resolve);
    emulator.once("exit", (code) => reject(new Error(`the host ended with code ${code}`)));
  });
  const { pids, directory } = JSON.parse(told) as { pids: number[]; directory: string };
  expect(pids.filter(isRunning)).toEqual(pids);
  expect(existsSync(directory)).toBe(true);
  emulator.removeAllListeners("exit");
  emulator.kill("SIGKILL");
  await until(() => !pids.some(isRunning) && !existsSync(directory));
});

test("the folder of the sockets is gone after close", async () => {
  const { ask, runtime } = startRuntime();
  const { env } = await ask(define("scripted"), { do: "echo" });
  const directory = path.dirname(path.dirname((env as Record<string, string>).HOME ?? ""));
  expect(existsSync(directory)).toBe(true);
  await runtime.close();
  expect(existsSync(directory)).toBe(false);
});
