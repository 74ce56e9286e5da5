import type { EventEmitter } from "node:events";
import { limits } from "../limits.ts";
import { type GatewayErrorName, GatewayFault } from "./errors.ts";
import type { Exchange } from "./exchange.ts";
import { IncomingBody } from "./incoming-body.ts";
import { Turns } from "./turns.ts";

const empty = Buffer.alloc(0);
/** Bodies above this many bytes are handed on one in a turn: one of 6 MB takes milliseconds to copy and to hash. */
const largeBytes = 256 * 1024;
const largeBodies = new Turns(1);
/** So many chunks are put together before more are read: each of them takes far more memory than its bytes. */
const chunksApart = 1024;

/** Refuses a body whose declared length is over the limit, before any of it is read. */
export function refuseDeclaredLength(
  exchange: Exchange,
  limitInBytes: number = limits.requestBodyBytes,
  error: GatewayErrorName = "bodyTooLarge",
): void {
  const declared = exchange.head.body.lengthInBytes ?? 0;
  if (declared <= limitInBytes) return;
  throw new GatewayFault(error, `the request's body is ${declared} bytes long; allowed are ${limitInBytes}`);
}

/** The request's body as it comes in, up to a limit; throws a {@link GatewayFault}. */
export async function* bodyChunks(
  exchange: Exchange,
  limitInBytes: number = limits.requestBodyBytes,
  error: GatewayErrorName = "bodyTooLarge",
): AsyncGenerator<Buffer, void, void> {
  refuseDeclaredLength(exchange, limitInBytes, error);
  const ahead = exchange.bodyReadAhead;
  if (ahead !== undefined) {
    if (ahead.length > limitInBytes) {
      throw new GatewayFault(error, `the request's body is longer than ${limitInBytes} bytes`);
    }
    yield ahead;
    return;
  }
  exchange.continue();
  const body = new IncomingBody(exchange);
  let size = 0;
  try {
    for (let chunk = await body.next(); chunk !== undefined; chunk = await body.next()) {
      size += chunk.length;
      if (size > limitInBytes) {
        throw new GatewayFault(error, `the request's body is longer than ${limitInBytes} bytes`);
      }
      yield chunk;
    }
  } finally {
    body.stop();
  }
}

/** The whole body. */
export async function readBody(
  exchange: Exchange,
  limitInBytes: number,
  error: GatewayErrorName,
): Promise<Buffer> {
  if (!exchange.head.body.hasBody) return empty;
  let chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of bodyChunks(exchange, limitInBytes, error)) {
    chunks.push(chunk);
    size += chunk.length;
    if (chunks.length === chunksApart) chunks = [Buffer.concat(chunks)];
  }
  if (size > largeBytes) await new Promise<void>((resolve) => largeBodies.run(resolve));
  return chunks.length === 1 ? (chunks[0] ?? empty) : Buffer.concat(chunks);
}

/** Whether a body of unknown length has any bytes, found out without taking them: what reads the body gets them all. */
export async function hasBytes(exchange: Exchange): Promise<boolean> {
  const { request, bodyReadAhead } = exchange;
  if (bodyReadAhead !== undefined) return bodyReadAhead.length > 0;
  exchange.continue();
  exchange.awaitsClient = true;
  while (!request.readableEnded && !request.destroyed) {
    const chunk: Buffer | null = request.read();
    if (chunk !== null) {
      request.unshift(chunk);
      exchange.awaitsClient = false;
      return true;
    }
    await nextEvent(request, ["readable", "end", "close"]);
  }
  exchange.awaitsClient = false;
  if (!request.complete) throw new GatewayFault("clientEof", "the client went away while it sent the body");
  return false;
}

function nextEvent(emitter: EventEmitter, names: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      for (const name of names) emitter.off(name, done);
      resolve();
    };
    for (const name of names) emitter.on(name, done);
  });
}

/** The whole body, for a policy that needs it before the back end gets it. */
export async function readBodyAhead(
  exchange: Exchange,
  limitInBytes: number,
  error: GatewayErrorName,
): Promise<Buffer> {
  exchange.bodyReadAhead ??= await readBody(exchange, limitInBytes, error);
  return exchange.bodyReadAhead;
}

/** Reads the body and forgets it. */
export async function discardBody(exchange: Exchange): Promise<void> {
  for await (const _ of bodyChunks(exchange));
}
