/** What is known of a nonce: `full` when this instance can't remember another one of the key. */
export type NonceState = "new" | "seen" | "full";

/** Where used nonces are kept; one that all instances share (a table, say) can take the place of the instance's own. */
export interface Nonces {
  /** Notes a nonce of a key until a moment, and says whether it was there. */
  use(keyId: string, nonce: string, untilInMs: number, nowInMs: number): NonceState | Promise<NonceState>;
}

/** How many nonces of one key an instance remembers: about 2 MB. */
const noncesPerKey = 20_000;

/**
 * The nonces that one instance of a function has seen. Instances don't know of each other's, and a new one knows none:
 * a copied request gets through once for each instance that hasn't seen it.
 *
 * Full means refused, never forgotten: else whoever has a key could make the instance forget.
 */
export class NonceMemory implements Nonces {
  readonly #noncesPerKey: number;
  readonly #keys = new Map<string, Map<string, number>>();

  constructor(limit = noncesPerKey) {
    this.#noncesPerKey = limit;
  }

  use(keyId: string, nonce: string, untilInMs: number, nowInMs: number): NonceState {
    const used = this.#keys.get(keyId) ?? new Map<string, number>();
    this.#keys.set(keyId, used);
    const until = used.get(nonce);
    if (until !== undefined && nowInMs <= until) return "seen";
    if (used.size >= this.#noncesPerKey) forgetOld(used, nowInMs);
    if (used.size >= this.#noncesPerKey) return "full";
    used.set(nonce, untilInMs);
    return "new";
  }
}

function forgetOld(used: Map<string, number>, nowInMs: number): void {
  for (const [nonce, until] of used) if (until < nowInMs) used.delete(nonce);
}
