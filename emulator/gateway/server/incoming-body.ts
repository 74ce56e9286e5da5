import { GatewayFault } from "./errors.ts";
import type { Exchange } from "./exchange.ts";
import { clientReading } from "./reading.ts";

/** Chunks below this many bytes are handed on together, once in a turn: thousands of them come in one read. */
const smallBytes = 1024;
/** Bytes that may wait for whoever takes them before nothing more is read. */
const waitingBytes = 64 * 1024;

/** A request's body as it comes in. */
export class IncomingBody {
  readonly #exchange: Exchange;
  #parts: Buffer[] = [];
  /** Bytes that are still to come, where the head tells their number. */
  #bytesLeft: number;
  #partsInBytes = 0;
  #isOver = false;
  #isWakeDue = false;
  #wake: (() => void) | undefined;

  /** Begins to read. Listening costs a fraction of what a stream's own iterator does, which acts on each chunk. */
  constructor(exchange: Exchange) {
    this.#exchange = exchange;
    this.#bytesLeft = exchange.head.body.lengthInBytes ?? Number.NaN;
    const { request } = exchange;
    if (request.readableEnded || request.destroyed) this.#isOver = true;
    // A listener stays, so that an error nobody waits for any more ends nothing.
    request.on("error", () => {}).on("data", this.#onData);
    request.once("end", this.#onEnd).once("close", this.#onEnd);
    request.resume();
  }

  /** What has come since, in one piece; undefined at the end. */
  async next(): Promise<Buffer | undefined> {
    const { request } = this.#exchange;
    if (request.isPaused()) request.resume();
    if (this.#parts.length === 0 && !this.#isOver) {
      this.#exchange.awaitsClient = true;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#exchange.awaitsClient = false;
    }
    const parts = this.#parts;
    if (parts.length > 0) {
      this.#parts = [];
      this.#partsInBytes = 0;
      return parts.length === 1 ? parts[0] : Buffer.concat(parts);
    }
    if (request.readableEnded) return undefined;
    throw new GatewayFault("clientEof", "the client went away while it sent the body");
  }

  /** Reads no more; what is left stays in the request. */
  stop(): void {
    const { request } = this.#exchange;
    request.off("data", this.#onData).off("end", this.#onEnd).off("close", this.#onEnd);
    if (!request.readableEnded) request.pause();
  }

  readonly #onData = (chunk: Buffer) => {
    this.#parts.push(chunk);
    this.#partsInBytes += chunk.length;
    this.#bytesLeft -= chunk.length;
    if (this.#partsInBytes >= waitingBytes && this.#wake === undefined) this.#exchange.request.pause();
    // Who waits gets a complete body with the end, which comes next.
    if (this.#bytesLeft === 0) return;
    if (chunk.length >= smallBytes) {
      this.#wakeUp();
      return;
    }
    clientReading.count(this.#exchange.request.socket, "chunk");
    if (this.#isWakeDue) return;
    this.#isWakeDue = true;
    setImmediate(() => {
      this.#isWakeDue = false;
      this.#wakeUp();
    });
  };

  readonly #onEnd = () => {
    this.#isOver = true;
    this.#wakeUp();
  };

  #wakeUp(): void {
    this.#wake?.();
    this.#wake = undefined;
  }
}
