import { limits } from "../limits.ts";
import { byKid, type FoundKey, KeySetFault, type KeySource } from "./keys.ts";
import { readJsonWebKey, type VerificationKey } from "./public-key.ts";

/**
 * Keys that are loaded when they are needed, kept for a time, and loaded again for an unknown id; all requests share
 * one load. When a load fails, keys that are there go on until their time is over.
 */
export class RemoteKeys implements KeySource {
  generation = 0;
  readonly #load: () => Promise<Readonly<Record<string, unknown>>>;
  readonly #keptForInMs: number;
  #keys: ReadonlyMap<string, VerificationKey> = new Map();
  #untilInMs = 0;
  #nextLoadAtInMs = 0;
  #loading: Promise<void> | undefined;
  #failure: KeySetFault | undefined;

  /** @param load - Answers the key set: `{"keys": […]}`. */
  constructor(load: () => Promise<Readonly<Record<string, unknown>>>, keptForInMs: number) {
    this.#load = load;
    this.#keptForInMs = keptForInMs;
  }

  find(kid: string): FoundKey | undefined | Promise<FoundKey | undefined> {
    const now = Date.now();
    if (now < this.#untilInMs) {
      const found = this.#found(kid);
      if (found !== undefined) return found;
    }
    if (this.#loading === undefined && now < this.#nextLoadAtInMs) {
      if (this.#failure !== undefined && now >= this.#untilInMs) throw this.#failure;
      return undefined;
    }
    return this.#reload().then(() => this.#found(kid));
  }

  #found(kid: string): FoundKey | undefined {
    const key = this.#keys.get(kid);
    return key && { key, generation: this.generation, untilInMs: this.#untilInMs };
  }

  #reload(): Promise<void> {
    this.#loading ??= this.#reloadOnce().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  async #reloadOnce(): Promise<void> {
    try {
      const keys = byKid(readKeySet(await this.#load()));
      if ([...this.#keys].some(([kid, key]) => !isSame(key, keys.get(kid)))) this.generation++;
      this.#keys = keys;
      this.#untilInMs = Date.now() + this.#keptForInMs;
      // A set that is kept for a shorter time than the pause would block its own reload.
      this.#nextLoadAtInMs = Math.min(this.#untilInMs, Date.now() + limits.keySetPauseInMs);
      this.#failure = undefined;
    } catch (error) {
      this.#failure = error instanceof KeySetFault ? error : new KeySetFault(String(error), true);
      const hasKeys = Date.now() < this.#untilInMs;
      const pause = hasKeys ? limits.keySetPauseInMs : limits.keySetRetryInMs;
      this.#nextLoadAtInMs = Math.min(
        hasKeys ? this.#untilInMs : Number.POSITIVE_INFINITY,
        Date.now() + pause,
      );
      throw this.#failure;
    }
  }
}

function isSame(key: VerificationKey, other: VerificationKey | undefined): boolean {
  return other !== undefined && key.alg === other.alg && key.key.equals(other.key);
}

/** The keys of a set that tokens can be verified with; others, of other kinds, weak or broken, don't count. */
// unverified: of a remote key set, keys that aren't RSA signing keys of 2048 to 4096 bits are passed over, and a set of more than ten is refused
function readKeySet(set: Readonly<Record<string, unknown>>): VerificationKey[] {
  const { keys } = set;
  if (!Array.isArray(keys)) throw new KeySetFault("the key set has no list of keys", true);
  if (keys.length > limits.jwtKeys) {
    throw new KeySetFault(`the key set has ${keys.length} keys; allowed are ${limits.jwtKeys}`, true);
  }
  return keys.flatMap((key: unknown) => {
    if (typeof key !== "object" || key === null) return [];
    const read = readJsonWebKey({ ...key });
    return "fault" in read ? [] : [read];
  });
}
