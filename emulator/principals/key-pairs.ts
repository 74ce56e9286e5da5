import { generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";

export interface KeyPair {
  publicKey: KeyObject;
  privateKey: KeyObject;
}

const modulusLength = 2048;

/** How long after a pair was taken the next one is made: the call that took it comes first. */
const restInMs = 1000;

/**
 * RSA key pairs, one ahead: making one takes a tenth of a second and more, off the main thread, so a function's
 * first call finds it made.
 */
export class KeyPairs {
  #ahead: Promise<KeyPair> | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** Begins to make the next pair, unless there is one. */
  warm(): void {
    this.#ahead ??= generate();
  }

  /** A pair that nobody else gets. */
  take(): Promise<KeyPair> {
    const pair = this.#ahead ?? generate();
    this.#ahead = undefined;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.warm();
    }, restInMs).unref();
    return pair;
  }

  close(): void {
    clearTimeout(this.#timer);
  }
}

function generate(): Promise<KeyPair> {
  return promisify(generateKeyPair)("rsa", { modulusLength });
}
