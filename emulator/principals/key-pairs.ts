import { generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";

export interface KeyPair {
  publicKey: KeyObject;
  privateKey: KeyObject;
}

const modulusLength = 2048;

/** Unused pairs at a time: enough for the first calls of an API's functions, and little work for a hundred APIs. */
const mostAhead = 4;

/** How long after a pair was taken another one is made: the call that took it comes first. */
const restInMs = 500;

/**
 * RSA key pairs, made ahead, one after the other and off the main thread: one takes some 60 ms, which a function's
 * first call needn't wait.
 */
export class KeyPairs {
  readonly #ahead: Promise<KeyPair>[] = [];
  #last: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  /** Begins to make one more pair, unless enough are unused. */
  warm(): void {
    if (this.#ahead.length >= mostAhead) return;
    const pair = this.#last.then(makeKeyPair);
    this.#last = pair.catch(() => undefined);
    this.#ahead.push(pair);
  }

  /** A pair that nobody else gets. */
  take(): Promise<KeyPair> {
    const pair = this.#ahead.shift() ?? makeKeyPair();
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (this.#ahead.length === 0) this.warm();
    }, restInMs).unref();
    return pair;
  }

  close(): void {
    clearTimeout(this.#timer);
  }
}

/** Off the main thread. */
export function makeKeyPair(): Promise<KeyPair> {
  return promisify(generateKeyPair)("rsa", { modulusLength });
}
