/** A line that waits. There are thousands of them under load: each is one object. */
export interface Waiting {
  /** Place in the order of all lines; set when it is put. */
  order: number;
}

interface Queue<Line> {
  lines: (Line | undefined)[];
  /** Index of the oldest. */
  first: number;
}

/** Lines that wait to be written, of each log at most as many as it keeps: writing more would drop the oldest anyway. */
export class WaitingLines<Line extends Waiting> {
  readonly #linesPerLog: number;
  readonly #queues = new Map<string, Queue<Line>>();
  #lastOrder = 0;
  #size = 0;

  constructor(linesPerLog: number) {
    this.#linesPerLog = linesPerLog;
  }

  /** Lines ever put. */
  get count(): number {
    return this.#lastOrder;
  }

  get size(): number {
    return this.#size;
  }

  put(logId: string, line: Line): void {
    let queue = this.#queues.get(logId);
    if (queue === undefined) {
      queue = { lines: [], first: 0 };
      this.#queues.set(logId, queue);
    }
    this.#lastOrder++;
    this.#size++;
    line.order = this.#lastOrder;
    queue.lines.push(line);
    if (queue.lines.length - queue.first > this.#linesPerLog) this.#shift(queue);
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
    if (queue !== undefined) this.#size -= queue.lines.length - queue.first;
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
      const order = queue.lines[queue.first]?.order;
      if (order === undefined || order > least) continue;
      least = order;
      oldest = queue;
    }
    return oldest;
  }

  #shift(queue: Queue<Line>): Line | undefined {
    const line = queue.lines[queue.first];
    queue.lines[queue.first] = undefined;
    queue.first++;
    this.#size--;
    if (queue.first >= this.#linesPerLog || queue.first === queue.lines.length) {
      queue.lines.splice(0, queue.first);
      queue.first = 0;
    }
    return line;
  }
}
