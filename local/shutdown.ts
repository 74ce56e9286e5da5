/** Ends what was started, in reverse order, once. */
export interface Shutdown {
  /** Adds something that has to be ended. */
  add(end: () => Promise<void>): void;
  /** Ends everything; a second call waits for the first. */
  run(): Promise<void>;
  /** Whether it has begun. */
  readonly isRunning: boolean;
}

/** How long everything together may take to end. */
const limitInMs = 5000;

export function createShutdown(): Shutdown {
  const ends: (() => Promise<void>)[] = [];
  let running: Promise<void> | undefined;

  async function endAll(): Promise<void> {
    const all = Promise.allSettled(ends.reverse().map((end) => end()));
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([all, new Promise((resolve) => (timer = setTimeout(resolve, limitInMs)))]);
    clearTimeout(timer);
  }

  return {
    add(end) {
      // Started while everything ends: it has to end as well.
      if (running !== undefined) running = Promise.all([running, end()]).then(() => {});
      else ends.push(end);
    },
    run() {
      running ??= endAll();
      return running;
    },
    get isRunning() {
      return running !== undefined;
    },
  };
}

const parentPollInMs = 250;

/**
 * Calls `end` when the process that npm started this one by is gone. A signal to npm ends the shell between them, which
 * doesn't pass it on; without this the emulator would go on alone. Started by `node` itself, nothing is watched.
 */
export function endWithNpm(end: () => void): void {
  if (process.env.npm_lifecycle_event !== undefined) endWithParent(end);
}

/** Calls `end` when the process that started this one is gone; it may be killed without a word. */
export function endWithParent(end: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    end();
  }, parentPollInMs);
  timer.unref();
}
