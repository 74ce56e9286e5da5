import type { Socket } from "node:net";
import type { Exchange } from "./exchange.ts";
import { clientReading } from "./reading.ts";
import { Turns } from "./turns.ts";

/** Requests in a row on one connection that are read ahead, before the first of them is answered. */
const readAhead = 20;
/** Of requests that waited for the one before them on their connection, so many are begun in one turn. */
const waitingRequests = new Turns(100);

/** One client connection and the requests on it that aren't answered in full. */
export interface Connection {
  readonly active: Set<Exchange>;
  latest: Exchange | undefined;
  /** Starts the requests that wait for the one before them, each in its turn. */
  readonly waiting: (() => void)[];
  /** Bytes read when the last answer ended: more of them mean that another request has begun. */
  bytesReadBefore: number;
  /** When the last answer ended; undefined before the first. */
  idleSinceInMs: number | undefined;
  /** Called once when the last request under way has ended. */
  onIdle: (() => void) | undefined;
}

/** The client connections of one gateway. */
export class Connections {
  readonly #all = new Map<Socket, Connection>();
  readonly #countByClient = new Map<string, number>();

  /** Takes a connection in; returns how many its client has now. */
  add(socket: Socket): number {
    const client = socket.remoteAddress ?? "";
    const count = (this.#countByClient.get(client) ?? 0) + 1;
    this.#countByClient.set(client, count);
    this.#all.set(socket, {
      active: new Set(),
      latest: undefined,
      waiting: [],
      bytesReadBefore: 0,
      idleSinceInMs: undefined,
      onIdle: undefined,
    });
    clientReading.add(socket);
    socket.once("close", () => this.#remove(socket, client));
    return count;
  }

  of(socket: Socket): Connection | undefined {
    return this.#all.get(socket);
  }

  /**
   * Starts an exchange, when those before it on the connection are over: only requests without effect may be served at
   * once (RFC 9112, section 9.3.2).
   */
  begin(socket: Socket, connection: Connection, exchange: Exchange, start: () => void): void {
    connection.active.add(exchange);
    connection.latest = exchange;
    if (connection.active.size === 1) {
      start();
      return;
    }
    connection.waiting.push(start);
    if (connection.waiting.length === readAhead) clientReading.stop(socket);
    clientReading.count(socket, "request");
  }

  end(socket: Socket, connection: Connection, exchange: Exchange): void {
    exchange.finish();
    if (!this.#all.has(socket)) return;
    connection.active.delete(exchange);
    connection.bytesReadBefore = socket.bytesRead;
    connection.idleSinceInMs = performance.now();
    const next = connection.waiting.shift();
    if (next !== undefined) waitingRequests.run(() => this.#all.has(socket) && next());
    if (connection.waiting.length === 0) clientReading.goOn(socket);
    if (connection.active.size > 0) return;
    connection.onIdle?.();
    connection.onIdle = undefined;
  }

  /** Cuts all connections. */
  destroy(): void {
    for (const socket of this.#all.keys()) socket.destroy();
  }

  #remove(socket: Socket, client: string): void {
    const connection = this.#all.get(socket);
    this.#all.delete(socket);
    const count = (this.#countByClient.get(client) ?? 1) - 1;
    if (count > 0) this.#countByClient.set(client, count);
    else this.#countByClient.delete(client);
    for (const exchange of connection?.active ?? []) exchange.finish();
  }
}
