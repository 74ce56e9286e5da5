import type { VerificationKey } from "./public-key.ts";

/** A key that was found, and how long what it verifies may be remembered. */
export interface FoundKey {
  key: VerificationKey;
  /** The keys' state when it was found. */
  generation: number;
  /** When the keys have to be loaded anew. */
  untilInMs: number;
}

/** Where the keys of one authentication server come from. */
export interface KeySource {
  /** Counts on when a key that verified tokens is no longer there. */
  readonly generation: number;
  /** Why keys that are there can't be used, by their id. */
  readonly unusable?: ReadonlyMap<string, string>;
  /**
   * The key of an id, or nothing.
   *
   * @throws KeySetFault when the keys can't be loaded.
   */
  find(kid: string): FoundKey | undefined | Promise<FoundKey | undefined>;
}

/** The keys can't be loaded: nothing is known of the token. */
export class KeySetFault extends Error {
  /** Whether the key set was answered, but is none. */
  readonly isMalformed: boolean;

  constructor(message: string, isMalformed: boolean) {
    super(message);
    this.isMalformed = isMalformed;
  }
}

/** Keys that stand in the specification. */
export function staticKeys(
  keys: readonly VerificationKey[],
  unusable: ReadonlyMap<string, string> = new Map(),
): KeySource {
  const byId = byKid(keys);
  return {
    generation: 0,
    unusable,
    find(kid) {
      const key = byId.get(kid);
      return key && { key, generation: 0, untilInMs: Number.POSITIVE_INFINITY };
    },
  };
}

/** Keys by their id; of several with the same the first. */
export function byKid(keys: readonly VerificationKey[]): Map<string, VerificationKey> {
  return new Map(keys.toReversed().map((key) => [key.kid, key]));
}
