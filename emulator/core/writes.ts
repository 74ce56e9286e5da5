/** One write of the control plane, refused ones included. */
export interface Write {
  method: string;
  path: string;
  status: number;
  /** Absent when the write was refused. */
  resourceId: string | undefined;
}

const remembered = 10_000;

/** Every write since the start, the last 10,000 of them. */
export class Writes {
  #writes: Write[] = [];

  add(write: Write): void {
    this.#writes.push(write);
    if (this.#writes.length > remembered) this.#writes.shift();
  }

  list(): readonly Write[] {
    return this.#writes;
  }

  clear(): void {
    this.#writes = [];
  }
}
