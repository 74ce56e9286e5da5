interface Entry<Line> {
  line: Line;
  /** Place in the order of all lines. */
  order: number;
}

interface Queue<Line> {
  entries: (Entry<Line> | undefined)[];
  /** Index of the oldest. */
  first: number;
}

/** Lines that wait to be written, of each log at most as many as it keeps: writing more would drop the oldest anyway. */
export class WaitingLines<Line> {
  readonly #linesPerLog: number;
  readonly #queues = new Map<string, Queue<Line>>();
  #lastOrder = 0;
  #size = 0;

  constructor(linesPerLog: number) {
    this.#linesPerLog = linesPerLog;
  }

  get size(): number {
    return this.#size;
  }

  put(logId: string, line: Line): void {
    let queue = this.#queues.get(logId);
    if (queue === undefined) {
      queue = { entries: [], first: 0 };
      this.#queues.set(logId, queue);
    }
    this.#lastOrder++;
    this.#size++;
    queue.entries.push({ line, order: this.#lastOrder });
    if (queue.entries.length - queue.first > this.#linesPerLog) this.#shift(queue);
  }

  /** Takes out so many of the oldest lines of all logs, in their order. */
  take(count: number): Line[] {
    const lines: Line[] = [];
    while (lines.length < count) {
      const queue = this.#oldest();
      const line = queue && this.#shift(queue);
      if (line === undefined) break;
      lines.push(line);
    }
    return lines;
  }

  /** Drops the lines of a log. */
  forget(logId: string): void {
    const queue = this.#queues.get(logId);
    if (queue !== undefined) this.#size -= queue.entries.length - queue.first;
    this.#queues.delete(logId);
  }

  clear(): void {
    this.#queues.clear();
    this.#size = 0;
  }

  #oldest(): Queue<Line> | undefined {
    let oldest: Queue<Line> | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const queue of this.#queues.values()) {
      const order = queue.entries[queue.first]?.order;
      if (order === undefined || order > least) continue;
      least = order;
      oldest = queue;
    }
    return oldest;
  }

  #shift(queue: Queue<Line>): Line | undefined {
    const entry = queue.entries[queue.first];
    queue.entries[queue.first] = undefined;
    queue.first++;
    this.#size--;
    if (queue.first >= this.#linesPerLog || queue.first === queue.entries.length) {
      queue.entries.splice(0, queue.first);
      queue.first = 0;
    }
    return entry?.line;
  }
}
