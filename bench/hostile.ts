import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect, createServer, type Socket } from "node:net";
import { Worker } from "node:worker_threads";
import type { Figure } from "./figures.ts";
import type { Stalls } from "./hostile-gateway.ts";

const routes = (origin: string) => [
  { path: "/hello", backend: { type: "STOCK_RESPONSE_BACKEND", status: 200, body: "hi" } },
  { path: "/http", backend: { type: "HTTP_BACKEND", url: origin, readTimeoutInSeconds: 1 } },
  { path: "/fn", backend: { type: "ORACLE_FUNCTIONS_BACKEND", functionId: "ocid1.fnfunc.oc1.iad.a" } },
];
const megabyte = 1024 * 1024;
const close = "Host: a\r\nConnection: close\r\n";

/** What the gateway is under; each sends once and ends when the gateway has closed all connections. */
const attacks: Record<string, (port: number) => Promise<unknown>> = {
  "malformed requests": (port) => many(500, () => send(port, "GET /v1/hello HTTP/1.1\nHost: a\n\n")),
  "heads of 1 MB": (port) => many(50, () => send(port, `GET /${"a".repeat(megabyte)} HTTP/1.1\r\n`)),
  "a thousand requests in a row, twenty times": (port) =>
    many(20, () =>
      send(
        port,
        `${"GET /v1/hello HTTP/1.1\r\nHost: a\r\n\r\n".repeat(1_000)}GET /v1/hello HTTP/1.1\r\n${close}\r\n`,
      ),
    ),
  "ten thousand requests in a row, five times": (port) =>
    many(5, () =>
      send(port, `${"GET / HTTP/1.1\r\n\r\n".repeat(10_000)}GET /v1/hello HTTP/1.1\r\n${close}\r\n`),
    ),
  "a thousand requests in a row and a reset, twenty times": (port) =>
    many(20, () => reset(port, "GET /v1/http HTTP/1.1\r\nHost: a\r\n\r\n".repeat(1_000))),
  "bodies of 6 MB to a function": (port) =>
    many(8, () =>
      send(port, `POST /v1/fn HTTP/1.1\r\n${close}Content-Length: ${6 * megabyte}\r\n\r\n`, 6 * megabyte),
    ),
  "bodies in chunks of one byte": (port) =>
    many(8, () =>
      send(
        port,
        `POST /v1/fn HTTP/1.1\r\n${close}Transfer-Encoding: chunked\r\n\r\n${"1\r\na\r\n".repeat(50_000)}0\r\n\r\n`,
      ),
    ),
  "bad back ends": (port) => many(500, () => send(port, `GET /v1/http HTTP/1.1\r\n${close}\r\n`)),
  "clients that reset": (port) =>
    many(500, () => reset(port, "POST /v1/fn HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc")),
};

const answers = [
  "",
  "\0\x01\x02\r\n\r\n",
  "HTTP/1.1 103 Early Hints\r\n\r\n".repeat(10_000),
  `HTTP/1.1 200 OK\r\nX: ${"y".repeat(megabyte)}\r\n\r\n`,
  `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${"1\r\na\r\n".repeat(20_000)}zz\r\n`,
  "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc",
];

/**
 * Longest time that the gateway's event loop stood still under each attack. The gateway has a thread of its own, which
 * has served ordinary requests before; goals are of a quiet machine.
 */
export async function measureHostile(runs: number, progress: (text: string) => void): Promise<Figure[]> {
  let next = 0;
  let isHostile = false;
  const backend = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () =>
      socket.end(isHostile ? (answers[next++ % answers.length] ?? "") : "HTTP/1.1 200 OK\r\n\r\nok"),
    );
  }).listen(0, "127.0.0.1");
  await once(backend, "listening");
  const worker = new Worker(new URL("./hostile-gateway.ts", import.meta.url), {
    workerData: { routes: routes(`http://127.0.0.1:${(backend.address() as AddressInfo).port}`) },
  });
  const [{ port }] = await once(worker, "message");
  progress("ordinary requests, so that what they need is compiled");
  await serveOrdinary(`http://127.0.0.1:${port}/v1`);
  isHostile = true;
  const figures: Figure[] = [];
  for (const [name, attack] of Object.entries(attacks)) {
    const all: Stalls[] = [];
    for (let run = 0; run < runs; run++) {
      progress(`${name}, ${run + 1} of ${runs}`);
      worker.postMessage("begin");
      await once(worker, "message");
      await attack(port);
      worker.postMessage("end");
      const [stalls] = await once(worker, "message");
      all.push(stalls);
    }
    const longest = all.map(({ longestInMs }) => longestInMs);
    const work = all.map(({ longestWorkInMs }) => longestWorkInMs);
    figures.push(
      { name: `Longest stall: ${name}`, unit: "ms", values: longest, goal: 50 },
      { name: "… by the thread's processor time", unit: "ms", values: work },
    );
  }
  await worker.terminate();
  backend.close();
  return figures;
}

async function serveOrdinary(url: string): Promise<void> {
  const requests: [path: string, init: RequestInit][] = [
    ["/hello", {}],
    ["/http", {}],
    ["/fn", { method: "POST", body: "x".repeat(2_000) }],
    ["/nowhere", {}],
  ];
  for (const [path, init] of requests) {
    await many(10, async () => {
      for (let round = 0; round < 100; round++) await (await fetch(`${url}${path}`, init)).text();
    });
  }
}

function many(count: number, act: () => Promise<unknown>): Promise<unknown> {
  return Promise.all(Array.from({ length: count }, act));
}

async function send(port: number, head: string, bodyBytes = 0): Promise<void> {
  const socket = await open(port);
  const isClosed = new Promise((resolve) => socket.once("close", resolve));
  socket.resume().write(head, "latin1");
  if (bodyBytes > 0) socket.write(Buffer.alloc(bodyBytes));
  await isClosed;
}

async function reset(port: number, bytes: string): Promise<void> {
  const socket = await open(port);
  socket.write(bytes);
  await new Promise((resolve) => setTimeout(resolve, 5));
  socket.resetAndDestroy();
}

async function open(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1").on("error", () => {});
  await new Promise((resolve) => socket.once("connect", resolve).once("close", resolve));
  return socket;
}
