import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect, createServer, type Socket } from "node:net";
import { Worker } from "node:worker_threads";
import type { Figure } from "./figures.ts";

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
  "clients that reset": (port) => many(500, () => reset(port)),
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
 * Longest time that the gateway's event loop stood still under each attack. The gateway has a thread of its own; goals
 * are of a quiet machine.
 */
export async function measureHostile(runs: number, progress: (text: string) => void): Promise<Figure[]> {
  let next = 0;
  const backend = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => socket.end(answers[next++ % answers.length] ?? ""));
  }).listen(0, "127.0.0.1");
  await once(backend, "listening");
  const worker = new Worker(new URL("./hostile-gateway.ts", import.meta.url), {
    workerData: { routes: routes(`http://127.0.0.1:${(backend.address() as AddressInfo).port}`) },
  });
  const [{ port }] = await once(worker, "message");
  const figures: Figure[] = [];
  for (const [name, attack] of Object.entries(attacks)) {
    const values: number[] = [];
    for (let run = 0; run < runs; run++) {
      progress(`${name}, ${run + 1} of ${runs}`);
      worker.postMessage("begin");
      await once(worker, "message");
      await attack(port);
      worker.postMessage("end");
      const [{ longestInMs }] = await once(worker, "message");
      values.push(longestInMs);
    }
    figures.push({ name: `Longest stall: ${name}`, unit: "ms", values, goal: 50 });
  }
  await worker.terminate();
  backend.close();
  return figures;
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

async function reset(port: number): Promise<void> {
  const socket = await open(port);
  socket.write("POST /v1/fn HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc");
  await new Promise((resolve) => setTimeout(resolve, 5));
  socket.resetAndDestroy();
}

async function open(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1").on("error", () => {});
  await new Promise((resolve) => socket.once("connect", resolve).once("close", resolve));
  return socket;
}
