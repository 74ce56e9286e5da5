import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { functionBackend, openPlane, readRaw, sendRaw, statuses } from "../emulator/gateway/harness.ts";

const routes = [
  { path: "/hello", backend: { type: "STOCK_RESPONSE_BACKEND", status: 200, body: "hi" } },
  { path: "/fn", backend: functionBackend },
];
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function open(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1").on("error", () => {});
  onTestFinished(() => void socket.destroy());
  await once(socket, "connect");
  return socket;
}

// "API Gateway Internal Limits": 15 seconds between two reads of the head or the body, and between two sends.
test.each<[name: string, bytes: string]>([
  ["a request line", "GET /v1/he"],
  ["a head", "GET /v1/hello HTTP/1.1\r\nHost: a\r\nX: "],
  ["a body", "POST /v1/fn HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc"],
  ["a chunk", "POST /v1/fn HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\na\r\nabc"],
  ["a chunk's size", "POST /v1/fn HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\na"],
  ["a trailer", "POST /v1/fn HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: "],
])(
  "two hundred clients stop in %s: all are answered 408, others are served meanwhile",
  async (_name, bytes) => {
    const { port, url, logged, calls } = await openPlane({ routes, settings: { stallTimeoutInMs: 1_000 } });
    const sockets = await Promise.all(Array.from({ length: 200 }, () => open(port)));
    const answers = sockets.map(readRaw);
    for (const socket of sockets) socket.write(bytes);
    for (let round = 0; round < 20; round++) expect(await (await fetch(`${url}/hello`)).text()).toBe("hi");
    expect(new Set((await Promise.all(answers)).map(({ status }) => status))).toEqual(new Set([408]));
    expect(calls).toEqual([]);
    expect(statuses(await logged(220)).filter((status) => status === 408)).toHaveLength(200);
  },
);

test("a head that comes byte by byte has its time, and no more", async () => {
  const { port, calls } = await openPlane({
    routes,
    settings: { stallTimeoutInMs: 5_000, headTimeoutInMs: 300 },
  });
  const socket = await open(port);
  const timer = setInterval(() => socket.write("x"), 20);
  onTestFinished(() => clearInterval(timer));
  socket.write("GET /v1/fn HTTP/1.1\r\nHost: a\r\nX: ");
  expect((await readRaw(socket)).status).toBe(408);
  expect(calls).toEqual([]);
});

test("a connection that is kept open doesn't count as a slow head", async () => {
  const { port } = await openPlane({ routes, settings: { headTimeoutInMs: 100 } });
  const socket = await open(port);
  const answer = readRaw(socket);
  socket.write("GET /v1/hello HTTP/1.1\r\nHost: a\r\n\r\n");
  await pause(500);
  socket.write("GET /v1/hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  expect((await answer).text.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 200", "HTTP/1.1 200"]);
});

test("a body that comes byte by byte is waited for", async () => {
  const { port, calls } = await openPlane({
    routes,
    settings: { stallTimeoutInMs: 1_000, headTimeoutInMs: 300 },
  });
  const socket = await open(port);
  const answer = readRaw(socket);
  socket.write("POST /v1/fn HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 20\r\n\r\n");
  for (let index = 0; index < 20; index++) {
    await pause(25);
    socket.write("x");
  }
  expect((await answer).body).toBe("x".repeat(20));
  expect(calls).toHaveLength(1);
});

test("clients that don't read are cut, others are served meanwhile", async () => {
  const { port, url, logged } = await openPlane({
    routes,
    settings: { stallTimeoutInMs: 500 },
    invoke: () => ({ kind: "answer", headers: [], body: Buffer.alloc(6 * 1024 * 1024) }),
  });
  const sockets = await Promise.all(Array.from({ length: 10 }, () => open(port)));
  const all = sockets.map((socket) => once(socket.pause(), "close"));
  for (const socket of sockets) socket.write("GET /v1/fn HTTP/1.1\r\nHost: a\r\n\r\n");
  for (let round = 0; round < 20; round++) expect(await (await fetch(`${url}/hello`)).text()).toBe("hi");
  await logged(30);
  for (const socket of sockets) socket.resume();
  await Promise.all(all);
});

test("a thousand requests in a row on one connection are served one by one, in their order", async () => {
  let atOnce = 0;
  let most = 0;
  const { port, calls } = await openPlane({
    routes,
    async invoke(call) {
      most = Math.max(most, ++atOnce);
      await new Promise((resolve) => setImmediate(resolve));
      atOnce--;
      return { kind: "answer", headers: [], body: call.body };
    },
  });
  const count = 1_000;
  const request = (index: number) =>
    `POST /v1/fn HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n${index === count - 1 ? "Connection: close\r\n" : ""}\r\n<${String(index).padStart(4, "0")}>`;
  const indices = Array.from({ length: count }, (_, index) => index);
  const { text } = await sendRaw(port, indices.map(request).join(""));
  const expected = indices.map((index) => `<${String(index).padStart(4, "0")}>`);
  expect(text.match(/<[0-9]{4}>/g)).toEqual(expected);
  expect(calls.map(({ body }) => body.toString())).toEqual(expected);
  expect(most).toBe(1);
});

test("of thousands of requests in a row no turn of the event loop serves more than a hundred of those that waited", async () => {
  const { port, events } = await openPlane({ routes });
  const served: number[] = [];
  let isOver = false;
  const count = () => {
    served.push(events.filter(({ type }) => type === "access").length);
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  const clients = 4;
  const inARow = 1_000;
  const requests = "GET /v1/hello HTTP/1.1\r\nHost: a\r\n\r\n".repeat(inARow);
  const last = "GET /v1/hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
  const answers = await Promise.all(Array.from({ length: clients }, () => sendRaw(port, requests + last)));
  isOver = true;
  for (const { text } of answers) expect(text.match(/HTTP\/1\.1 200/g)).toHaveLength(inARow + 1);
  const inATurn = served.map((sum, turn) => sum - (served[turn - 1] ?? 0));
  // Beside those that waited the first of each connection.
  expect(Math.max(...inATurn)).toBeLessThanOrEqual(100 + clients);
});

test("requests in a row whose client has gone are not begun", async () => {
  const { port, calls, logged } = await openPlane({
    routes,
    invoke: ({ signal }) =>
      new Promise((resolve) =>
        signal.addEventListener("abort", () =>
          resolve({ kind: "answer", headers: [], body: Buffer.alloc(0) }),
        ),
      ),
  });
  const socket = await open(port);
  socket.write("GET /v1/fn HTTP/1.1\r\nHost: a\r\n\r\n".repeat(10));
  while (calls.length === 0) await pause(5);
  socket.resetAndDestroy();
  await logged(1);
  await pause(20);
  expect(calls).toHaveLength(1);
});
