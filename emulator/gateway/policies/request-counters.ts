const windowInMs = 1000;

/** One key's window of a second. Its end is kept: what comes before it waits, be it for the smallest fraction. */
interface Counter {
  endInMs: number;
  count: number;
}

/**
 * Counts requests by key in windows of one second, which begin with a key's first request and follow on each other as
 * long as requests come. A key without requests for a second or two is forgotten: two generations of keys are kept, and
 * what isn't asked for again goes with the older one.
 */
// unverified: a rate is counted in windows of one second, not smoothed
export class RequestCounters {
  readonly #limit: number;
  #young = new Map<string, Counter>();
  #old = new Map<string, Counter>();
  #bornInMs = Number.NEGATIVE_INFINITY;

  /** @param limit - Requests of one key let through in each window. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Keys that are remembered. */
  get size(): number {
    let size = this.#young.size;
    for (const key of this.#old.keys()) if (!this.#young.has(key)) size++;
    return size;
  }

  /**
   * Counts a request.
   *
   * @param nowInMs - A clock that never goes back.
   * @returns 0 when it may go on, else the milliseconds until the next window.
   */
  count(key: string, nowInMs: number): number {
    const counter = this.#find(key, nowInMs);
    if (nowInMs >= counter.endInMs) {
      const isIdle = nowInMs >= counter.endInMs + windowInMs;
      counter.endInMs = (isIdle ? nowInMs : counter.endInMs) + windowInMs;
      counter.count = 0;
    }
    if (counter.count >= this.#limit) return counter.endInMs - nowInMs;
    counter.count++;
    return 0;
  }

  #find(key: string, nowInMs: number): Counter {
    const age = nowInMs - this.#bornInMs;
    if (age >= windowInMs) {
      this.#old = age >= 2 * windowInMs ? new Map() : this.#young;
      this.#young = new Map();
      this.#bornInMs = nowInMs;
    }
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const counter = this.#old.get(key) ?? { endInMs: nowInMs + windowInMs, count: 0 };
    this.#young.set(key, counter);
    return counter;
  }
}
