import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isAlive } from "../../tools/engine/lock.ts";
import { availableEngine } from "../engine/harness.ts";

const limitInMs = 120_000;

let folder: string;
let temporary: string;
/** What the developer has in `.local`. */
let own: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pull-request-test-"));
  temporary = join(folder, "tmp");
  own = join(folder, "own");
  for (const path of [temporary, join(own, "pulumi")]) mkdirSync(path, { recursive: true });
  writeFileSync(join(own, "pulumi/stack"), "mine");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  code: number | null;
  stdout: string;
}

/** Starts the command. @param pulumi - shell script in the place of the CLI, once it has told its version and made the stack */
function start(pulumi?: string): { child: ChildProcess; ended: Promise<Ended> } {
  const bin = join(folder, "bin");
  mkdirSync(bin);
  if (pulumi !== undefined) {
    const first = 'case "$1" in version) echo v3.300.0; exit ;; stack) exit ;; esac';
    writeFileSync(join(bin, "pulumi"), `#!/bin/sh\n${first}\n${pulumi}\n`, { mode: 0o755 });
  }
  const child = spawn(process.execPath, [resolve("tools/preview-on-pull-request.ts")], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...process.env,
      PATH: `${bin}:${process.env.PATH}`,
      TMPDIR: temporary,
      OCI_SERVERLESS_API_LOCAL: own,
      GITHUB_STEP_SUMMARY: join(folder, "summary.md"),
    },
  });
  let stdout = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  return { child, ended: once(child, "close").then(([code]) => ({ code: code as number | null, stdout })) };
}

async function until<T>(look: () => T | undefined): Promise<T> {
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The process of the local OCI that the command started. */
function emulatorPid(): number {
  const [name = ""] = readdirSync(temporary);
  return (JSON.parse(readFileSync(join(temporary, name, "emulator/process.json"), "utf8")) as { pid: number })
    .pid;
}

function expectNothingLeft(): void {
  expect(readdirSync(temporary)).toEqual([]);
  expect(readdirSync(own, { recursive: true }).sort()).toEqual(["pulumi", "pulumi/stack"]);
  expect(readFileSync(join(own, "pulumi/stack"), "utf8")).toBe("mine");
}

const summary = () => readFileSync(join(folder, "summary.md"), "utf8");

describe("what the developer has stays, and nothing is left", () => {
  it(
    "when a step fails",
    async () => {
      const { code, stdout } = await start('[ "$1" = destroy ] && exit; echo no plan today; exit 255').ended;
      expect(stdout.replace(/\d+\.\d s/g, "N s")).toContain("✖ plan (N s)\n");
      expect(stdout).toContain("no plan today");
      expect(stdout.replace(/\d+\.\d s/g, "N s")).toContain("✔ destroy (N s)\n");
      expect(code).toBe(1);
      expect(summary()).toContain("## ❌ The program fails on the local OCI");
      expectNothingLeft();
    },
    limitInMs,
  );

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)(
    "when %s interrupts it",
    async (signal, expected) => {
      const began = join(folder, "began");
      const script = `trap 'exit 1' INT\necho $$ > ${began}.new; mv ${began}.new ${began}\nwhile :; do sleep 0.05; done`;
      const { child, ended } = start(script);
      const engine = Number(await until(() => (existsSync(began) ? readFileSync(began, "utf8") : undefined)));
      const emulator = emulatorPid();
      expect(isAlive(emulator)).toBe(true);
      child.kill(signal);
      expect(await ended).toEqual({ code: expected, stdout: "" });
      expect([emulator, engine].filter(isAlive)).toEqual([]);
      expect(existsSync(join(folder, "summary.md"))).toBe(false);
      expectNothingLeft();
    },
    limitInMs,
  );
});

const engine = await availableEngine();

describe.skipIf(engine === undefined)("under the real engine", () => {
  it(
    "the default program passes, and the summary shows its calls",
    async () => {
      const { code, stdout } = await start().ended;
      expect(code, stdout).toBe(0);
      expect(stdout.replace(/\d+\.\d s/g, "N s")).toBe(
        ["plan", "up", "calls", "second preview is empty", "destroy"]
          .map((title) => `✔ ${title} (N s)\n`)
          .join(""),
      );
      expect(summary()).toContain('/v1/health → 200 {"status":"ok"}');
      expectNothingLeft();
    },
    limitInMs,
  );
});
