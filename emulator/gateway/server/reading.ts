import type { Socket } from "node:net";
import { Turns } from "./turns.ts";

/** What of many small parts is read in one turn; a piece is about a microsecond's work. */
const smallParts = new Turns(2_000);
const pieces = { request: 10, chunk: 2 } as const;

interface State {
  /** Whether requests that have been read are to be served first. */
  isStopped: boolean;
  /** Whether reading goes on in another turn. */
  isHeld: boolean;
  /** Whether it would be read but for the two. */
  isWanted: boolean;
}

/**
 * What is read from clients when. One read may bring thousands of requests or chunks, and Node takes it apart in one
 * piece: who has sent one that used up a turn is read again when its turn comes, everybody else in the next one.
 */
export class ClientReading {
  readonly #states = new Map<Socket, State>();
  /** Whose parts used up a turn, in the order in which they are read again, one in a turn. */
  readonly #greedy = new Set<Socket>();
  #usedUpBy: Socket | undefined;
  #isReleaseDue = false;

  add(socket: Socket): void {
    const state: State = { isStopped: false, isHeld: false, isWanted: true };
    this.#states.set(socket, state);
    // Node resumes a connection after each request that it has taken from it.
    socket.on("resume", () => {
      if (!state.isStopped && !state.isHeld) return;
      socket.pause();
      state.isWanted = true;
    });
    socket.once("close", () => {
      this.#states.delete(socket);
      this.#greedy.delete(socket);
    });
  }

  /** Reads nothing of a connection until `goOn`. */
  stop(socket: Socket): void {
    const state = this.#states.get(socket);
    if (state === undefined) return;
    pause(socket, state);
    state.isStopped = true;
  }

  goOn(socket: Socket): void {
    const state = this.#states.get(socket);
    if (state === undefined || !state.isStopped) return;
    state.isStopped = false;
    resume(socket, state);
  }

  /** Counts a small part that was read: a request behind another one, or a chunk of a few bytes. */
  count(socket: Socket, part: keyof typeof pieces): void {
    if (smallParts.take(pieces[part]) || this.#usedUpBy !== undefined) return;
    this.#usedUpBy = socket;
    for (const [each, state] of this.#states) {
      pause(each, state);
      state.isHeld = true;
    }
    this.#releaseAfterTurn();
  }

  #releaseAfterTurn(): void {
    if (this.#isReleaseDue) return;
    this.#isReleaseDue = true;
    setImmediate(() => {
      this.#isReleaseDue = false;
      this.#release();
    });
  }

  #release(): void {
    const [first] = this.#greedy;
    if (first !== undefined) this.#greedy.delete(first);
    // The others have a turn without it.
    if (this.#usedUpBy !== undefined && this.#states.has(this.#usedUpBy)) this.#greedy.add(this.#usedUpBy);
    this.#usedUpBy = undefined;
    for (const [socket, state] of this.#states) {
      if (!state.isHeld || this.#greedy.has(socket)) continue;
      state.isHeld = false;
      resume(socket, state);
    }
    if (this.#greedy.size > 0) this.#releaseAfterTurn();
  }
}

function pause(socket: Socket, state: State): void {
  if (state.isStopped || state.isHeld) return;
  state.isWanted = !socket.isPaused();
  socket.pause();
}

function resume(socket: Socket, state: State): void {
  if (!state.isStopped && !state.isHeld && state.isWanted) socket.resume();
}

/** Of all gateways: they share one event loop. */
export const clientReading = new ClientReading();
