import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { openPlane, type RawAnswer, readRaw, sendRaw, startRawBackend } from "../emulator/gateway/harness.ts";
import { type BackendCase, backendCases, type Expected, gatewayTimeout } from "./backends.cases.ts";

const request = (method: string, path: string, more = "") =>
  `${method} /v1/${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${more}\r\n`;

/** A gateway before a back end that does `misbehave` for `/bad` and answers `/good` well. */
async function openBefore(misbehave: (socket: Socket) => void, more: object = {}) {
  const open = new Set<Socket>();
  const heads: string[] = [];
  const origin = await startRawBackend((socket) => {
    open.add(socket.on("close", () => open.delete(socket)));
    socket.on("data", (data) => {
      const [head = ""] = data.toString("latin1").split("\r\n");
      if (!head.endsWith("HTTP/1.1")) return;
      heads.push(head);
      if (head.includes("/good")) socket.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood");
      else misbehave(socket);
    });
  });
  const backend = {
    type: "HTTP_BACKEND",
    url: `${origin}/\${request.path[p]}`,
    readTimeoutInSeconds: 1,
    ...more,
  };
  const plane = await openPlane({ routes: [{ path: "/{p*}", backend }] });
  return { ...plane, open, heads };
}

/** Whether the body is whole, by its own framing. */
function isWhole({ headers, body }: RawAnswer): boolean {
  const header = (key: string) => headers.find(([name]) => name.toLowerCase() === key)?.[1];
  if (header("transfer-encoding") !== undefined) return body.endsWith("0\r\n\r\n");
  return header("content-length") === undefined || Number(header("content-length")) === body.length;
}

function got(answer: RawAnswer, method = "GET"): Expected {
  if (
    answer.status === 0 ||
    (method !== "HEAD" && answer.status !== 204 && answer.status !== 304 && !isWhole(answer))
  )
    return "cut";
  return { status: answer.status, body: answer.body.replace(/^3\r\nabc\r\n0\r\n\r\n$/, "abc") };
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}

const perform =
  ({ bytes, ends }: BackendCase) =>
  (socket: Socket) => {
    socket.write(Buffer.from(bytes, "latin1"), () => {
      if (ends === "close") socket.end();
      if (ends === "reset") socket.resetAndDestroy();
    });
  };

describe("a back end that", () => {
  test.each(backendCases.map((each) => [each.name, each] as const))("%s", async (_name, each) => {
    const { port, open, heads } = await openBefore(perform(each));
    const answer = await sendRaw(port, request(each.method ?? "GET", "bad"));
    expect(got(answer, each.method)).toEqual(each.expected);
    // What is left of a bad answer may not become the next one's, and what failed isn't asked a second time.
    expect((await sendRaw(port, request("GET", "good"))).body).toBe("good");
    expect(heads.map((head) => head.split(" ")[1])).toEqual(["/bad", "/good"]);
    await until(() => open.size <= 1);
  });

  test("refuses: 502", async () => {
    const { port } = await openPlane({
      routes: [{ path: "/bad", backend: { type: "HTTP_BACKEND", url: "http://127.0.0.1:9" } }],
    });
    expect((await sendRaw(port, request("GET", "bad"))).status).toBe(502);
  });

  test.each<[name: string, misbehave: (socket: Socket) => void, expected: Expected]>([
    ["hangs", () => {}, gatewayTimeout],
    ["hangs in the head", (socket) => void socket.write("HTTP/1.1 200 OK\r\nX: "), gatewayTimeout],
    [
      "trickles its head",
      (socket) => trickle(socket, `HTTP/1.1 200 OK\r\nX: ${"y".repeat(1_000)}`),
      gatewayTimeout,
    ],
    [
      "hangs in the body",
      (socket) => void socket.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"),
      "cut",
    ],
    [
      "trickles its body",
      (socket) => trickle(socket, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n", "a", "b", "c"),
      { status: 200, body: "abc" },
    ],
  ])("%s, with a read time-out of 1 s", async (_name, misbehave, expected) => {
    const { port, open, logged } = await openBefore(misbehave);
    expect(got(await sendRaw(port, request("GET", "bad")))).toEqual(expected);
    if (expected !== gatewayTimeout && expected !== "cut") return;
    await until(() => open.size === 0);
    expect((await logged()).some((event) => event.type === "execution" && event.level === "ERROR")).toBe(
      true,
    );
  });

  test("takes nothing of the body, with a send time-out of 1 s: 504", async () => {
    const { port, open } = await openBefore((socket) => void socket.pause(), {
      sendTimeoutInSeconds: 1,
      readTimeoutInSeconds: 20,
    });
    const length = 16 * 1024 * 1024;
    const answer = await sendRaw(
      port,
      request("POST", "bad", `Content-Length: ${length}\r\n`),
      Buffer.alloc(length),
    );
    expect(got(answer)).toEqual(gatewayTimeout);
    for (const socket of open) socket.resume();
    await until(() => open.size === 0);
  });

  test("answers before it has read the body: the answer counts, the rest is glued to nothing", async () => {
    const { port, heads } = await openBefore(
      (socket) => void socket.write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc"),
    );
    const length = 4 * 1024 * 1024;
    const early = await sendRaw(
      port,
      request("POST", "bad", `Content-Length: ${length}\r\n`),
      Buffer.alloc(length, "x"),
    );
    expect(got(early)).toEqual({ status: 200, body: "abc" });
    expect((await sendRaw(port, request("GET", "good"))).body).toBe("good");
    expect(heads).toEqual(["POST /bad HTTP/1.1", "GET /good HTTP/1.1"]);
  });
});

test("a client that leaves in the body takes the back end's connection with it", async () => {
  const { port, open, heads } = await openBefore(() => {});
  const socket = connect(port, "127.0.0.1").on("error", () => {});
  onTestFinished(() => void socket.destroy());
  await once(socket, "connect");
  socket.write("POST /v1/bad HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc");
  await until(() => heads.length === 1);
  socket.resetAndDestroy();
  await until(() => open.size === 0);
  expect((await sendRaw(port, request("GET", "good"))).body).toBe("good");
  expect(heads.map((head) => head.split(" ")[1])).toEqual(["/bad", "/good"]);
});

test("no socket is left of a hundred requests to bad back ends", async () => {
  const before = sockets();
  const cases = backendCases.filter(({ ends }) => ends !== undefined);
  let next = 0;
  const { plane, port, open } = await openBefore((socket) => {
    const each = cases[next++ % cases.length];
    if (each !== undefined) perform(each)(socket);
  });
  for (let round = 0; round < 10; round++) {
    await Promise.all(Array.from({ length: 10 }, () => sendRaw(port, request("GET", "bad"))));
  }
  await until(() => open.size === 0);
  await plane.close();
  await until(() => sockets() <= before);
});

/** How often a channel is published to in each turn of the event loop, until the test ends. */
function countInTurns(channel: string): number[] {
  const counts = [0];
  let isOver = false;
  const onMessage = () => {
    counts[counts.length - 1] = (counts.at(-1) ?? 0) + 1;
  };
  const onTurn = () => {
    counts.push(0);
    if (!isOver) setImmediate(onTurn);
  };
  subscribe(channel, onMessage);
  setImmediate(onTurn);
  onTestFinished(() => {
    isOver = true;
    unsubscribe(channel, onMessage);
  });
  return counts;
}

test("of back ends that answer in chunks of one byte no turn of the event loop takes more than 2,000, and all arrive", async () => {
  const bytes = 30_000;
  const { port } = await openBefore((socket) => {
    const chunks = "1\r\nx\r\n".repeat(bytes);
    socket.write(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}0\r\n\r\n`);
  });
  const backEnds = 5;
  const counts = countInTurns("undici:request:bodyChunkReceived");
  const answers = await Promise.all(
    Array.from({ length: backEnds }, () => sendRaw(port, request("GET", "bad"))),
  );
  for (const { status, body } of answers) {
    expect(status).toBe(200);
    expect(body.match(/x/g)).toHaveLength(bytes);
  }
  expect(counts.reduce((sum, count) => sum + count)).toBe(backEnds * bytes);
  // The first part of an answer in a turn isn't counted.
  expect(Math.max(...counts)).toBeLessThanOrEqual(2_000 + 2 * backEnds);
});

test("of two hundred requests at once no turn of the event loop connects more than 20 with their back end", async () => {
  const { port } = await openBefore((socket) => socket.end());
  const clients = await Promise.all(
    Array.from({ length: 200 }, async () => {
      const socket = connect(port, "127.0.0.1").on("error", () => {});
      onTestFinished(() => void socket.destroy());
      await once(socket, "connect");
      return socket;
    }),
  );
  const counts = countInTurns("net.client.socket");
  const answers = clients.map(readRaw);
  for (const client of clients) client.write(request("GET", "bad"));
  expect(new Set((await Promise.all(answers)).map(({ status }) => status))).toEqual(new Set([502]));
  expect(counts.reduce((sum, count) => sum + count)).toBe(200);
  expect(Math.max(...counts)).toBeLessThanOrEqual(20);
});

function sockets(): number {
  return process.getActiveResourcesInfo().filter((name) => name === "TCPSocketWrap").length;
}

/** Sends one character, or one of several texts, each 50 ms, until the socket closes. */
function trickle(socket: Socket, ...texts: string[]): void {
  const parts = texts.length === 1 ? [...(texts[0] ?? "")] : texts;
  const timer = setInterval(() => {
    const part = parts.shift();
    if (part === undefined || socket.destroyed) clearInterval(timer);
    else socket.write(part);
  }, 50);
  socket.once("close", () => clearInterval(timer));
}
