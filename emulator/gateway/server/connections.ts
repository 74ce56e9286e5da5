import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { GatewayFault } from "./errors.ts";
import type { Exchange } from "./exchange.ts";
import { clientReading } from "./reading.ts";
import { Turns } from "./turns.ts";

/** Requests in a row on one connection that are read ahead, before the first of them is answered. */
const readAhead = 20;
/** Of requests that waited for the one before them on their connection, so many are begun in one turn. */
const waitingRequests = new Turns(100);

/** A request that has been read; nothing is known of it before its turn, when those before it are answered. */
// unverified: a request whose client goes away before its turn leaves no line in the access log
export interface WaitingRequest {
  readonly request: IncomingMessage;
  /** What was wrong with the body's bytes, where that was seen before the request's turn. */
  broken: GatewayFault | undefined;
  begin(broken: GatewayFault | undefined): void;
}

/** One client connection and the requests on it that aren't answered in full. */
export interface Connection {
  current: Exchange | undefined;
  readonly waiting: WaitingRequest[];
  /** Bytes read when the last answer ended: more of them mean that another request has begun. */
  bytesReadBefore: number;
  /** When the last answer ended; undefined before the first. */
  idleSinceInMs: number | undefined;
  /** Called once when the last request under way has ended. */
  onIdle: (() => void) | undefined;
}

/** Whether no request of it is under way or waits. */
export function isIdle({ current, waiting }: Connection): boolean {
  return current === undefined && waiting.length === 0;
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
      current: undefined,
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
   * Begins a request, when those before it on the connection are over: only requests without effect may be served at
   * once (RFC 9112, section 9.3.2).
   */
  begin(socket: Socket, connection: Connection, request: WaitingRequest): void {
    if (isIdle(connection)) {
      request.begin(undefined);
      return;
    }
    connection.waiting.push(request);
    if (connection.waiting.length === readAhead) clientReading.stop(socket);
    clientReading.count(socket, "request");
  }

  end(socket: Socket, connection: Connection, exchange: Exchange): void {
    exchange.finish();
    if (!this.#all.has(socket)) return;
    connection.current = undefined;
    connection.bytesReadBefore = socket.bytesRead;
    connection.idleSinceInMs = performance.now();
    if (exchange.isLast) connection.waiting.length = 0;
    if (connection.waiting.length > 0) {
      waitingRequests.run(() => this.#beginNext(socket, connection));
      return;
    }
    connection.onIdle?.();
    connection.onIdle = undefined;
  }

  #beginNext(socket: Socket, connection: Connection): void {
    const next = this.#all.has(socket) ? connection.waiting.shift() : undefined;
    if (connection.waiting.length === 0) clientReading.goOn(socket);
    next?.begin(next.broken);
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
    connection?.current?.finish();
  }
}
