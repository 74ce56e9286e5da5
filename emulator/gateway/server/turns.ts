/**
 * Shares the turns of the event loop: of what comes in thousands at once, each turn does a part, so that other clients
 * have theirs between.
 */
export class Turns {
  readonly #perTurn: number;
  #left: number;
  #isRefilled = false;
  readonly #waiting: (() => unknown)[] = [];

  constructor(perTurn: number) {
    this.#perTurn = perTurn;
    this.#left = perTurn;
  }

  /** Takes pieces of work; false when this turn has none left. */
  take(pieces = 1): boolean {
    this.#refillAfterTurn();
    if (this.#left <= 0) return false;
    this.#left -= pieces;
    return true;
  }

  /** Acts in this turn, or in a later one after those that wait already. */
  run(act: () => unknown): void {
    if (this.#waiting.length === 0 && this.take()) act();
    else this.#waiting.push(act);
  }

  #refillAfterTurn(): void {
    if (this.#isRefilled) return;
    this.#isRefilled = true;
    setImmediate(() => {
      this.#isRefilled = false;
      this.#left = this.#perTurn;
      while (this.#waiting.length > 0 && this.take()) this.#waiting.shift()?.();
    });
  }
}
