import { randomBytes } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { planLaunch } from "./code.ts";
import { type FailureCode, failure } from "./failures.ts";
import { Guardian } from "./guardian.ts";
import { Instance } from "./instance.ts";
import {
  IDLE_TIMEOUT_IN_MS,
  INIT_TIMEOUT_IN_MS,
  MAX_BODY_IN_BYTES,
  MAX_INSTANCES_PER_FUNCTION,
  MAX_SOCKET_PATH_IN_BYTES,
} from "./limits.ts";
import { Pool } from "./pool.ts";
import type {
  CallerSignal,
  CredentialSource,
  FunctionCall,
  FunctionDefinition,
  FunctionFailure,
  FunctionResult,
  FunctionRuntime,
  RuntimeEvent,
} from "./types.ts";

export { checkFunctionCode } from "./code.ts";
export type { FailureCode };

export interface FunctionRuntimeOptions {
  /** Called for every line of a function's log and every process that starts or ends. Must not throw. */
  onEvent(event: RuntimeEvent): void;
  /** Where functions get the session from that they sign calls of OCI with. @default - none: they have no session */
  credentials?: CredentialSource;
  /** Time after which an unused process ends. @default 30000 */
  idleTimeoutInMs?: number;
  /** Processes of one function at a time; a call that would need one more answers 429. @default 32 */
  maxInstancesPerFunction?: number;
  /** Time in which a process must open its socket ("Fn container contract"). @default 5000 */
  initTimeoutInMs?: number;
}

/**
 * Runs functions as processes of this machine over the Fn FDK contract: `POST /call` on a unix socket.
 *
 * Answers errors as the Functions service does; its own reasons follow the service's text. Memory limits are an
 * approximation (see `memoryInBytes`), and file systems and networks are not kept apart.
 */
export function createFunctionRuntime(options: FunctionRuntimeOptions): FunctionRuntime {
  return new Runtime(options);
}

const MEMORY_CHECK_INTERVAL_IN_MS = process.platform === "linux" ? 100 : 500;

class Runtime implements FunctionRuntime {
  readonly #options: FunctionRuntimeOptions;
  readonly #pools = new Map<string, { definition: FunctionDefinition; version: string; pool: Pool }>();
  /** Pools of former versions, whose calls end. */
  readonly #retiring = new Map<Pool, { functionId: string; ended: Promise<void> }>();
  readonly #markerPrefix = `${process.pid}-${randomBytes(6).toString("hex")}`;
  #home: { directory: string; guardian: Guardian } | undefined;
  #instanceCount = 0;
  #memoryTimer: NodeJS.Timeout | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: FunctionRuntimeOptions) {
    this.#options = options;
  }

  async call(definition: FunctionDefinition, call: FunctionCall): Promise<FunctionResult> {
    if (this.#closing !== undefined)
      return failure("FunctionInvokeServiceUnavailable", "the emulator is being stopped");
    if (call.signal?.aborted) return failure("ClientClosedRequest");
    if (call.body.length > MAX_BODY_IN_BYTES) {
      const detail = `${call.body.length} bytes, ${MAX_BODY_IN_BYTES} are allowed`;
      return failure("FunctionInvokeRequestContentTooLarge", detail);
    }
    if (definition.code === undefined) {
      const detail = `"${definition.displayName}" is known by its image only; to run it here, give its source`;
      return failure("FunctionInvokeImageNotAvailable", detail);
    }
    const { credentials } = this.#options;
    if (credentials !== undefined && credentials.current(definition) === undefined) {
      const problem = await this.#issueCredentials(credentials, definition);
      if (problem !== undefined) return problem;
    }
    const result = this.#poolOf(definition).call(call, definition.timeoutInSeconds * 1000);
    return unlessAborted(call.signal, result);
  }

  async release(functionId: string): Promise<void> {
    this.#retire(functionId);
    const ended = [...this.#retiring.values()].filter((entry) => entry.functionId === functionId);
    await Promise.all(ended.map((entry) => entry.ended));
  }

  processCount(): number {
    return this.#allPools().reduce((sum, pool) => sum + pool.processCount, 0);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    clearInterval(this.#memoryTimer);
    await Promise.all(this.#allPools().map((pool) => pool.close()));
    await this.#home?.guardian.close();
  }

  /** Makes the session that the call will find. */
  async #issueCredentials(
    credentials: CredentialSource,
    definition: FunctionDefinition,
  ): Promise<FunctionFailure | undefined> {
    try {
      await credentials.issue(definition);
    } catch (error) {
      const detail = `no resource principal could be made (${(error as Error).message})`;
      return failure("FunctionInvokeContainerInitFail", detail);
    }
    return this.#closing === undefined
      ? undefined
      : failure("FunctionInvokeServiceUnavailable", "the emulator is being stopped");
  }

  /** A changed definition gets processes of its own; those of the former one end after their calls. */
  #poolOf(definition: FunctionDefinition): Pool {
    const current = this.#pools.get(definition.id);
    if (current?.definition === definition) return current.pool;
    const version = versionOf(definition);
    if (current?.version === version) {
      current.definition = definition;
      return current.pool;
    }
    this.#retire(definition.id);
    const pool = new Pool(definition, {
      maxInstances: this.#options.maxInstancesPerFunction ?? MAX_INSTANCES_PER_FUNCTION,
      idleTimeoutInMs: this.#options.idleTimeoutInMs ?? IDLE_TIMEOUT_IN_MS,
      spawn: (spawned) => this.#spawn(spawned),
    });
    this.#pools.set(definition.id, { definition, version, pool });
    return pool;
  }

  #retire(functionId: string): void {
    const pool = this.#pools.get(functionId)?.pool;
    if (pool === undefined) return;
    this.#pools.delete(functionId);
    const ended = pool.retire().finally(() => this.#retiring.delete(pool));
    this.#retiring.set(pool, { functionId, ended });
  }

  #spawn(definition: FunctionDefinition): Instance | FunctionFailure {
    const plan = planLaunch(definition.code?.directory ?? "", definition.memoryInMBs);
    if ("problems" in plan) return failure("FunctionInvokeImageNotAvailable", plan.problems.join("; "));
    try {
      this.#home ??= makeHome(this.#markerPrefix);
      const number = ++this.#instanceCount;
      this.#watchMemory();
      return new Instance(definition, plan, {
        onEvent: this.#options.onEvent,
        guardian: this.#home.guardian,
        directory: path.join(this.#home.directory, String(number)),
        marker: `${this.#markerPrefix}-${number}`,
        initTimeoutInMs: this.#options.initTimeoutInMs ?? INIT_TIMEOUT_IN_MS,
        credentials: this.#options.credentials,
      });
    } catch (error) {
      // Node's message shows the setting's value.
      const { code = "unknown" } = error as NodeJS.ErrnoException;
      return failure("FunctionInvokeContainerInitFail", `the process could not be started (${code})`);
    }
  }

  /** Looks at busy processes at every turn and at idle ones at every tenth; rests while there are none. */
  #watchMemory(): void {
    if (this.#memoryTimer !== undefined) return;
    let turn = 0;
    const timer = setInterval(() => {
      turn++;
      if (this.processCount() === 0) {
        clearInterval(timer);
        this.#memoryTimer = undefined;
      }
      for (const pool of this.#allPools()) pool.checkMemory(turn % 10 === 0);
    }, MEMORY_CHECK_INTERVAL_IN_MS).unref();
    this.#memoryTimer = timer;
  }

  #allPools(): Pool[] {
    return [...[...this.#pools.values()].map(({ pool }) => pool), ...this.#retiring.keys()];
  }
}

/** What a process is started with; the time-out is not part of it. */
function versionOf(definition: FunctionDefinition): string {
  const { timeoutInSeconds: _, ...version } = definition;
  return JSON.stringify(version);
}

/** A folder for sockets, short enough for their names, and the guardian that removes it. */
function makeHome(markerPrefix: string): { directory: string; guardian: Guardian } {
  const longest = path.join(tmpdir(), "fn-XXXXXX", "1000000", "lsnr.sock");
  const parent = Buffer.byteLength(longest) <= MAX_SOCKET_PATH_IN_BYTES ? tmpdir() : "/tmp";
  const directory = mkdtempSync(path.join(parent, "fn-"));
  return { directory, guardian: new Guardian(directory, markerPrefix) };
}

/**
 * The caller gets its answer at once when it went away; the function works on, up to its time-out.
 */
// unverified: a function whose caller went away runs on; Oracle documents only the 444 of the log
function unlessAborted(
  signal: CallerSignal | undefined,
  result: Promise<FunctionResult>,
): Promise<FunctionResult> {
  if (signal === undefined) return result;
  return new Promise((resolve) => {
    const onAbort = () => resolve(failure("ClientClosedRequest"));
    signal.addEventListener("abort", onAbort, { once: true });
    void result.then((value) => {
      signal.removeEventListener("abort", onAbort);
      resolve(value);
    });
  });
}
