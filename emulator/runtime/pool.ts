import { failure } from "./failures.ts";
import type { Instance } from "./instance.ts";
import type { FunctionCall, FunctionDefinition, FunctionFailure, FunctionResult } from "./types.ts";

export interface PoolOptions {
  maxInstances: number;
  idleTimeoutInMs: number;
  /** Starts a process, which isn't ready yet. */
  spawn(definition: FunctionDefinition): Instance | FunctionFailure;
}

/** The instances of one version of a function: its code, configuration and memory. */
export class Pool {
  readonly #definition: FunctionDefinition;
  readonly #options: PoolOptions;
  /** Every process alive, also those that start or end. */
  readonly #alive = new Set<Instance>();
  /** The one used last is at the end and is taken first, so that the others become idle for good. */
  readonly #idle = new Map<Instance, NodeJS.Timeout>();
  /** Calls without an instance; never more than there are starts. */
  readonly #waiters: ((instance: Instance | FunctionFailure) => void)[] = [];
  readonly #underWay = new Set<Promise<unknown>>();
  #callCount = 0;
  /** Called when no call is under way any more. */
  readonly #onQuiet: (() => void)[] = [];
  #startCount = 0;
  #isRetired = false;

  constructor(definition: FunctionDefinition, options: PoolOptions) {
    this.#definition = definition;
    this.#options = options;
  }

  get processCount(): number {
    return this.#alive.size;
  }

  /** Never rejects. */
  async call(call: FunctionCall, timeoutInMs: number): Promise<FunctionResult> {
    this.#callCount++;
    try {
      const taken = this.#take();
      const instance = taken instanceof Promise ? await taken : taken;
      return "kind" in instance ? instance : await this.#callOf(instance, call, timeoutInMs);
    } finally {
      this.#callCount--;
      if (this.#callCount === 0) for (const act of this.#onQuiet.splice(0)) act();
    }
  }

  /** No new calls; processes end after those under way. Resolves when all are gone. */
  async retire(): Promise<void> {
    this.#isRetired = true;
    for (const instance of this.#idle.keys()) this.#stop(instance, "the function was changed or deleted");
    await this.#settled();
  }

  /** Ends all processes now; calls under way answer FunctionInvokeServiceUnavailable. */
  async close(): Promise<void> {
    this.#isRetired = true;
    const reason = "the emulator is being stopped";
    const result = failure("FunctionInvokeServiceUnavailable", reason);
    for (const instance of this.#alive) this.#stop(instance, reason, result);
    await this.#settled();
  }

  /** @param isThorough - Whether idle instances are looked at too. */
  checkMemory(isThorough: boolean): void {
    for (const instance of this.#alive) {
      if (isThorough || !this.#idle.has(instance)) instance.checkMemory();
    }
  }

  async #callOf(instance: Instance, call: FunctionCall, timeoutInMs: number): Promise<FunctionResult> {
    try {
      if (call.signal?.aborted) return failure("ClientClosedRequest");
      return await instance.call(call, timeoutInMs);
    } finally {
      this.#giveBack(instance);
    }
  }

  #take(): Promise<Instance | FunctionFailure> | Instance | FunctionFailure {
    const idle = [...this.#idle.keys()].filter((instance) => instance.isUsable).at(-1);
    if (idle !== undefined) {
      this.#unlist(idle);
      return idle;
    }
    const usable = [...this.#alive].filter((instance) => instance.isUsable);
    if (usable.length >= this.#options.maxInstances) {
      const noun = usable.length === 1 ? "instance" : "instances";
      return failure(
        "TooManyRequests",
        `"${this.#definition.displayName}" has ${usable.length} ${noun}, all busy`,
      );
    }
    const spawned = this.#options.spawn(this.#definition);
    if ("kind" in spawned) return spawned;
    this.#alive.add(spawned);
    void spawned.gone.then(() => {
      this.#alive.delete(spawned);
      this.#unlist(spawned);
    });
    this.#startCount++;
    void this.#track(spawned.becomeReady().then((problem) => this.#started(spawned, problem)));
    return new Promise((resolve) => this.#waiters.push(resolve));
  }

  /** Each start was made for one call, but whichever instance is free first takes the first of them. */
  #started(instance: Instance, problem: FunctionFailure | undefined): void {
    this.#startCount--;
    if (problem === undefined && instance.isUsable) this.#giveBack(instance);
    else if (this.#waiters.length > this.#startCount) {
      this.#waiters.shift()?.(problem ?? failure("FunctionInvokeContainerInitFail"));
    }
  }

  #giveBack(instance: Instance): void {
    if (!instance.isUsable) return;
    const waiter = this.#waiters.shift();
    if (waiter !== undefined) waiter(instance);
    else if (this.#isRetired) this.#stop(instance, "the function was changed or deleted");
    else this.#idle.set(instance, this.#idleTimer(instance));
  }

  #idleTimer(instance: Instance): NodeJS.Timeout {
    const { idleTimeoutInMs } = this.#options;
    return setTimeout(() => this.#stop(instance, `idle for ${idleTimeoutInMs} ms`), idleTimeoutInMs).unref();
  }

  #stop(instance: Instance, reason: string, result?: FunctionFailure): void {
    this.#unlist(instance);
    void this.#track(instance.stop(reason, result));
  }

  #unlist(instance: Instance): void {
    clearTimeout(this.#idle.get(instance));
    this.#idle.delete(instance);
  }

  #track<T>(work: Promise<T>): Promise<T> {
    this.#underWay.add(work);
    void work.finally(() => this.#underWay.delete(work));
    return work;
  }

  async #settled(): Promise<void> {
    while (this.#underWay.size > 0 || this.#callCount > 0) {
      const quiet = new Promise<void>((resolve) => {
        if (this.#callCount === 0) resolve();
        else this.#onQuiet.push(resolve);
      });
      await Promise.allSettled([...this.#underWay, quiet]);
    }
    await Promise.all([...this.#alive].map((instance) => instance.gone));
  }
}
