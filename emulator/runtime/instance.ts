import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { Agent } from "node:http";
import path from "node:path";
import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import type { LaunchPlan } from "./code.ts";
import { CredentialFiles } from "./credentials.ts";
import { buildEnvironment } from "./environment.ts";
import { exchange, type Outcome } from "./exchange.ts";
import { failure } from "./failures.ts";
import type { Guardian } from "./guardian.ts";
import { MAX_LOG_LINE_LENGTH } from "./limits.ts";
import { LineSplitter } from "./lines.ts";
import { killGroup, killMarked, memoryInBytes } from "./processes.ts";
import type {
  CredentialSource,
  FunctionCall,
  FunctionDefinition,
  FunctionFailure,
  FunctionResult,
  RuntimeEvent,
} from "./types.ts";

/** What an instance shares with the others of its runtime. */
export interface InstanceSurroundings {
  onEvent(event: RuntimeEvent): void;
  guardian: Guardian;
  /** Folder of this instance alone, short; removed at the end. */
  directory: string;
  marker: string;
  initTimeoutInMs: number;
  /** Credentials of the function; those that are current are there when the instance is made. */
  credentials: CredentialSource | undefined;
}

/** One process of a function: the local counterpart of a container. Takes one call at a time. */
export class Instance {
  readonly pid: number | undefined;
  /** Resolves when the process and all that it started are gone, for whatever reason. */
  readonly gone: Promise<void>;
  readonly #child: ChildProcess;
  readonly #definition: FunctionDefinition;
  readonly #surroundings: InstanceSurroundings;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #socketPath: string;
  readonly #credentials: CredentialFiles;
  readonly #startedAt = performance.now();
  /** Resolves when the process is gone, with how it ended. */
  readonly #exited: Promise<string>;
  /** Resolves when all that the process wrote is read. */
  readonly #drained: Promise<unknown>;
  #exit: string | undefined;
  /** Called when the process ends, while there is a call. */
  #onExit: ((how: string) => void) | undefined;
  #phase: "before it listened" | "in a call" | "while idle" = "before it listened";
  #callId: string | undefined;
  #readCount = 0;
  #stopReason: string | undefined;
  #stopResult: FunctionFailure | undefined;

  constructor(definition: FunctionDefinition, plan: LaunchPlan, surroundings: InstanceSurroundings) {
    const { directory, marker, guardian } = surroundings;
    this.#definition = definition;
    this.#surroundings = surroundings;
    this.#socketPath = path.join(directory, "lsnr.sock");
    const temporaryDirectory = path.join(directory, "tmp");
    mkdirSync(temporaryDirectory, { recursive: true, mode: 0o700 });
    this.#credentials = new CredentialFiles(directory);
    this.#child = spawn(plan.command, plan.args, {
      cwd: definition.code?.directory,
      detached: true,
      env: buildEnvironment(
        definition,
        { marker, socketPath: this.#socketPath, temporaryDirectory },
        this.#resourcePrincipal(),
      ),
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.pid = this.#child.pid;
    if (this.pid !== undefined) guardian.add(this.pid);
    this.#exited = new Promise((resolve) => {
      const settle = (how: string) => {
        this.#exit ??= how;
        this.#onExit?.(how);
        resolve(how);
      };
      this.#child.once("error", (error) => settle(`could not be started (${error.message})`));
      this.#child.once("exit", (code, signal) =>
        settle(signal === null ? `exited with code ${code}` : `was ended by ${signal}`),
      );
    });
    this.#drained = Promise.all([this.#readLines("stdout"), this.#readLines("stderr")]);
    this.gone = this.#exited.then((how) => this.#cleanUp(how));
  }

  /** Whether it can take a call, now or when it is ready. */
  get isUsable(): boolean {
    return this.#exit === undefined && this.#stopReason === undefined;
  }

  /** Waits for the socket: `undefined` when it is there, else the failure that the caller gets. */
  async becomeReady(): Promise<FunctionFailure | undefined> {
    const { initTimeoutInMs } = this.#surroundings;
    while (this.isUsable) {
      if (existsSync(this.#socketPath)) {
        this.#phase = "while idle";
        const durationInMs = Math.round(performance.now() - this.#startedAt);
        this.#emit({ type: "function-started", ...this.#names(), durationInMs });
        return undefined;
      }
      if (performance.now() - this.#startedAt > initTimeoutInMs) {
        const detail = `no socket after ${initTimeoutInMs} ms`;
        await this.stop(detail, failure("FunctionInvokeContainerInitTimeout", detail));
        break;
      }
      await sleep(2);
    }
    await this.gone;
    return this.#stopResult ?? failure("FunctionInvokeContainerInitFail", `the process ${this.#exit}`);
  }

  /** One call. Afterwards `isUsable` tells whether the instance can take another one. Never rejects. */
  async call(call: FunctionCall, timeoutInMs: number): Promise<FunctionResult> {
    const timer = setTimeout(() => {
      const detail = `the function took longer than ${timeoutInMs / 1000} s`;
      void this.stop(detail, failure("FunctionInvokeTimeout", detail));
    }, timeoutInMs);
    const deadline = new Date(Date.now() + timeoutInMs);
    this.#callId = call.callId;
    this.#phase = "in a call";
    try {
      this.#renewCredentials();
      const outcome = await this.#unlessExited(
        exchange({ agent: this.#agent, socketPath: this.#socketPath, call, deadline }),
      );
      if (typeof outcome === "string") return await this.#failed();
      if (outcome.kind === "disconnected") return await this.#disconnected(outcome.detail);
      if (outcome.kind === "broken") await this.stop(outcome.reason);
      else await this.#logRead();
      return outcome.result;
    } finally {
      clearTimeout(timer);
      this.#onExit = undefined;
      this.#callId = undefined;
      this.#phase = "while idle";
    }
  }

  /** Kills the instance when it holds more memory than the function may. */
  checkMemory(): void {
    if (this.pid === undefined || !this.isUsable) return;
    const allowed = this.#definition.memoryInMBs;
    const usedInMBs = Math.ceil(memoryInBytes(this.pid) / (1024 * 1024));
    if (usedInMBs <= allowed) return;
    const detail = `it used ${usedInMBs} MB of memory, ${allowed} MB are allowed`;
    void this.stop(detail, failure("FunctionInvokeExecutionFailed", detail));
  }

  /**
   * Kills the process with all that it started, and resolves when nothing is left.
   *
   * @param result - What a call under way, or waited for, answers. @default - how the process ended
   */
  stop(reason: string, result?: FunctionFailure): Promise<void> {
    if (this.isUsable) {
      this.#stopReason = reason;
      this.#stopResult = result;
      if (this.pid !== undefined) killGroup(this.pid);
    }
    return this.gone;
  }

  /** Writes the session's files; returns the variables that lead to them. */
  #resourcePrincipal(): Record<string, string> {
    const { credentials } = this.#surroundings;
    const current = credentials?.current(this.#definition);
    if (credentials === undefined || current === undefined) return {};
    this.#credentials.write(current);
    return {
      ...this.#credentials.environment(this.#definition),
      ...credentials.environment(this.#definition),
    };
  }

  #renewCredentials(): void {
    const current = this.#surroundings.credentials?.current(this.#definition);
    if (current === undefined) return;
    try {
      this.#credentials.write(current);
    } catch {
      // The disk is full, or the instance ends: the files before may still serve.
    }
  }

  async #cleanUp(how: string): Promise<void> {
    const { guardian, directory, marker } = this.#surroundings;
    const { pid } = this;
    const reason = this.#stopReason ?? `it ${how} ${this.#phase}`;
    if (pid !== undefined) {
      killGroup(pid);
      killMarked(marker);
      // A process that could not be found may hold the pipes open.
      await Promise.race([this.#drained, sleep(250, undefined, { ref: false })]);
      guardian.remove(pid);
    }
    this.#agent.destroy();
    this.#child.stdout?.destroy();
    this.#child.stderr?.destroy();
    await rm(directory, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
    this.#emit({ type: "function-stopped", ...this.#names(), reason });
  }

  /** The outcome of a call, or how the process ended; an answer sent right before the end still counts. */
  #unlessExited(outcome: Promise<Outcome>): Promise<Outcome | string> {
    if (this.#exit !== undefined) return Promise.resolve(this.#exit);
    return new Promise((resolve) => {
      this.#onExit = (how) => setTimeout(resolve, 50, how);
      void outcome.then(resolve);
    });
  }

  /** The process ended, or was ended, under a call. */
  async #failed(): Promise<FunctionFailure> {
    await this.gone;
    return this.#stopResult ?? failure("FunctionInvokeExecutionFailed", `the process ${this.#exit}`);
  }

  async #disconnected(detail: string): Promise<FunctionFailure> {
    const how = await Promise.race([this.#exited, sleep(250)]);
    if (typeof how === "string") return this.#failed();
    await this.stop(`it closed the connection without an answer (${detail})`);
    return failure("FunctionInvokeInvalidResponse", detail);
  }

  /** Lets the lines through that the function wrote before it answered, still with this call's id. */
  async #logRead(): Promise<void> {
    for (let turn = 0, seen = -1; turn < 20 && seen !== this.#readCount; turn++) {
      seen = this.#readCount;
      await nextTurn();
    }
  }

  #readLines(stream: "stdout" | "stderr"): Promise<void> {
    const source = this.#child[stream];
    // There are no pipes when the machine has no file descriptors left.
    if (!source) return Promise.resolve();
    const lines = new LineSplitter(MAX_LOG_LINE_LENGTH, (line) => {
      const { id: functionId, displayName } = this.#definition;
      const callId = this.#callId;
      const tag = callId === undefined ? {} : { callId };
      this.#emit({ type: "function-log", functionId, displayName, ...tag, stream, line });
    });
    return new Promise((resolve) => {
      source.on("data", (chunk: Buffer) => {
        this.#readCount++;
        lines.write(chunk);
      });
      source.on("error", () => {});
      source.once("close", () => {
        lines.end();
        resolve();
      });
    });
  }

  #names(): { functionId: string; displayName: string; pid: number } {
    return { functionId: this.#definition.id, displayName: this.#definition.displayName, pid: this.pid ?? 0 };
  }

  #emit(event: RuntimeEvent): void {
    this.#surroundings.onEvent(event);
  }
}
