import { connect, type Socket } from "node:net";

/** Requests over connections that stay open, one after the other on each. */
export interface LoadOptions {
  /** Port on loopback, or the path of a unix socket. */
  target: number | string;
  connections: number;
  durationInMs: number;
  /** Whole requests as they go over the wire, in turn. */
  requests: readonly string[];
  /** Client addresses, in turn by connection. @default - the system's */
  localAddresses?: readonly string[];
  /** Pause of a connection after each answer. @default 0 */
  pauseInMs?: number;
  /**
   * Whether the client looks for answers without ever going to sleep. Else a server pays for waking it, with the more of
   * its time the slower it is; for a machine with a core for each side.
   *
   * @default false
   */
  staysAwake?: boolean;
}

export interface LoadResult {
  inMs: number;
  /** Answers by status. */
  statuses: Record<string, number>;
  p50InMs: number;
  p99InMs: number;
}

/** Answers in each tenth of a second since the load's begin, by status. */
export type Timeline = Record<string, number[]>;

const bucketInMs = 0.02;
const buckets = 50_000;

/** Loads a server with as many requests as it answers. Rejects when it closes a connection or answers no HTTP. */
export async function load(options: LoadOptions): Promise<LoadResult & { timeline: Timeline }> {
  const { connections, durationInMs, localAddresses = [] } = options;
  const sockets = await Promise.all(
    Array.from({ length: connections }, (_, index) =>
      opened(options.target, localAddresses[index % localAddresses.length]),
    ),
  );
  const run = {
    options,
    next: 0,
    begin: performance.now(),
    histogram: new Uint32Array(buckets),
    timeline: {} as Timeline,
    isOver: false,
  };
  const timer = setTimeout(() => {
    run.isOver = true;
  }, durationInMs);
  const stayAwake = () => {
    if (!run.isOver) setImmediate(stayAwake);
  };
  if (options.staysAwake) stayAwake();
  try {
    await Promise.all(sockets.map((socket) => drive(socket, run)));
  } finally {
    run.isOver = true;
    clearTimeout(timer);
    for (const socket of sockets) socket.destroy();
  }
  const statuses = Object.fromEntries(
    Object.entries(run.timeline).map(([status, counts]) => [
      status,
      counts.reduce((sum, n) => sum + (n ?? 0), 0),
    ]),
  );
  return {
    inMs: performance.now() - run.begin,
    statuses,
    p50InMs: quantile(run.histogram, 0.5),
    p99InMs: quantile(run.histogram, 0.99),
    timeline: run.timeline,
  };
}

interface Run {
  options: LoadOptions;
  next: number;
  begin: number;
  histogram: Uint32Array;
  timeline: Timeline;
  isOver: boolean;
}

function opened(target: number | string, localAddress: string | undefined): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const where =
      typeof target === "string"
        ? { path: target }
        : { port: target, host: "127.0.0.1", ...(localAddress !== undefined && { localAddress }) };
    const socket = connect(where, () => resolve(socket));
    socket.setNoDelay(true);
    socket.once("error", reject);
  });
}

/** Sends and waits on one connection until the time is over. */
function drive(socket: Socket, run: Run): Promise<void> {
  const { requests, pauseInMs = 0 } = run.options;
  const reader = createAnswerReader();
  return new Promise((resolve, reject) => {
    let sentAt = 0;
    const send = () => {
      sentAt = performance.now();
      socket.write(requests[run.next++ % requests.length] ?? "", "latin1");
    };
    socket.on("data", (chunk: Buffer) => {
      let status: number | undefined;
      try {
        status = reader(chunk);
      } catch (error) {
        socket.destroy();
        reject(error);
        return;
      }
      if (status === undefined) return;
      const now = performance.now();
      const bucket = Math.min(buckets - 1, Math.floor((now - sentAt) / bucketInMs));
      run.histogram[bucket] = (run.histogram[bucket] ?? 0) + 1;
      const counts = run.timeline[status] ?? [];
      run.timeline[status] = counts;
      const tenth = Math.floor((sentAt - run.begin) / 100);
      counts[tenth] = (counts[tenth] ?? 0) + 1;
      if (run.isOver) resolve();
      else if (pauseInMs > 0) setTimeout(send, pauseInMs);
      else send();
    });
    socket.once("close", () => reject(new Error("the server closed a connection under load")));
    socket.once("error", reject);
    send();
  });
}

/**
 * Counts answers: gives the status with the last byte of one. An answer as long as the one before, in one piece and of
 * the same status, isn't looked through: the client must be cheaper than what it measures.
 */
export function createAnswerReader(): (chunk: Buffer) => number | undefined {
  let pending: Buffer | undefined;
  let known: { start: Buffer; length: number; status: number } | undefined;
  return (chunk) => {
    if (pending === undefined && known?.length === chunk.length && known.start.equals(chunk.subarray(0, 12)))
      return known.status;
    const all: Buffer = pending === undefined ? chunk : Buffer.concat([pending, chunk]);
    const read = readAnswer(all);
    pending = read === undefined ? all : undefined;
    if (read === undefined) return undefined;
    known = read.hasLength
      ? { start: all.subarray(0, 12), length: all.length, status: read.status }
      : undefined;
    return read.status;
  };
}

/** An answer's status when all of it is there. */
function readAnswer(bytes: Buffer): { status: number; hasLength: boolean } | undefined {
  const headEnd = bytes.indexOf("\r\n\r\n");
  if (headEnd === -1) return undefined;
  const head = bytes.toString("latin1", 0, headEnd);
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]);
  if (Number.isNaN(status)) throw new Error(`no answer in HTTP/1.1: ${head.slice(0, 80)}`);
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length !== undefined) {
    const end = headEnd + 4 + Number(length);
    if (bytes.length > end) throw new Error("more bytes than one answer");
    return bytes.length < end ? undefined : { status, hasLength: true };
  }
  if (!/\r\ntransfer-encoding: *chunked/i.test(head)) return { status, hasLength: false };
  return bytes.subarray(-5).equals(lastChunk) ? { status, hasLength: false } : undefined;
}

const lastChunk = Buffer.from("0\r\n\r\n");

function quantile(histogram: Uint32Array, share: number): number {
  const total = histogram.reduce((sum, count) => sum + count, 0);
  let seen = 0;
  for (const [bucket, count] of histogram.entries()) {
    seen += count;
    if (seen >= total * share) return (bucket + 0.5) * bucketInMs;
  }
  return Number.NaN;
}
