import { once } from "node:events";
import { connect } from "node:net";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { functionBackend, openPlane, readRaw, sendRaw, statuses } from "./harness.ts";

const stock = { type: "STOCK_RESPONSE_BACKEND", status: 200, body: "hi" };
const routes = [
  { path: "/hello", backend: stock },
  { path: "/fn", backend: functionBackend },
];
const badRequest = '{"code":400,"message":"Bad Request"}';

describe("requests that aren't HTTP are answered 400 and reach no back end", () => {
  // RFC 9112: what makes two readers of the same bytes see different requests is refused
  test.each<[name: string, bytes: string]>([
    [
      "both lengths",
      "POST /v1/fn HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
    [
      "both lengths, the other way round",
      "POST /v1/fn HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
    ],
    ["two lengths", "POST /v1/fn HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"],
    [
      "the same length twice",
      "POST /v1/fn HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
    ],
    ["a list of lengths", "POST /v1/fn HTTP/1.1\r\nHost: a\r\nContent-Length: 3, 3\r\n\r\nabc"],
    ["a length with a sign", "POST /v1/fn HTTP/1.1\r\nHost: a\r\nContent-Length: +3\r\n\r\nabc"],
    ["a negative length", "POST /v1/fn HTTP/1.1\r\nHost: a\r\nContent-Length: -3\r\n\r\nabc"],
    [
      "a length that overflows",
      "POST /v1/fn HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\nabc",
    ],
    [
      "an unknown transfer coding",
      "POST /v1/fn HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    ],
    [
      "chunked before another coding",
      "POST /v1/fn HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n",
    ],
    ["a folded header", "GET /v1/fn HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n"],
    ["a blank before the colon", "GET /v1/fn HTTP/1.1\r\nHost: a\r\nX : a\r\n\r\n"],
    ["lines that end with LF", "GET /v1/fn HTTP/1.1\nHost: a\n\n"],
    ["a CR inside a header", "GET /v1/fn HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n"],
    ["a NUL inside a header", "GET /v1/fn HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n"],
    ["a header without name", "GET /v1/fn HTTP/1.1\r\nHost: a\r\n: a\r\n\r\n"],
    ["a header without colon", "GET /v1/fn HTTP/1.1\r\nHost: a\r\nX\r\n\r\n"],
    ["no Host", "GET /v1/fn HTTP/1.1\r\n\r\n"],
    ["two Hosts", "GET /v1/fn HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"],
    ["an unknown method", "BREW /v1/fn HTTP/1.1\r\nHost: a\r\n\r\n"],
    ["a method in lower case", "get /v1/fn HTTP/1.1\r\nHost: a\r\n\r\n"],
    ["another version", "GET /v1/fn HTTP/3.0\r\nHost: a\r\n\r\n"],
    ["a blank in the target", "GET /v1/ fn HTTP/1.1\r\nHost: a\r\n\r\n"],
    ["TLS", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"],
    ["SSH", "SSH-2.0-OpenSSH\r\n"],
  ])("%s", async (_name, bytes) => {
    const { port, calls, logged } = await openPlane({ routes, settings: { stallTimeoutInMs: 500 } });
    const socket = connect(port, "127.0.0.1");
    onTestFinished(() => void socket.destroy());
    socket.write(Buffer.from(bytes, "latin1"));
    socket.end();
    const answer = await readRaw(socket);
    expect([answer.status, answer.body]).toEqual([400, badRequest]);
    expect(answer.text).toContain("Server: Oracle API Gateway\r\n");
    expect(statuses(await logged())).toEqual([400]);
    expect(calls).toEqual([]);
  });

  test.each<[name: string, chunks: string]>([
    ["a size that is no number", "zz\r\nabc\r\n0\r\n\r\n"],
    ["a size with 0x", "0x3\r\nabc\r\n0\r\n\r\n"],
    ["a negative size", "-3\r\nabc\r\n0\r\n\r\n"],
    ["a size that overflows", "fffffffffffffffff\r\nabc\r\n"],
    ["data longer than its size", "3\r\nabcd\r\n0\r\n\r\n"],
    ["lines that end with LF", "3\nabc\n0\n\n"],
  ])("chunks: %s", async (_name, chunks) => {
    const { port, calls } = await openPlane({ routes });
    const head = "POST /v1/fn HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    const answer = await sendRaw(port, head, chunks);
    expect([answer.status, answer.body]).toEqual([400, badRequest]);
    expect(calls).toEqual([]);
  });
});

test("rubbish after a request under way doesn't take its answer's place", async () => {
  let release: (() => void) | undefined;
  const { port, logged } = await openPlane({
    routes,
    invoke: () =>
      new Promise((resolve) => {
        release = () => resolve({ kind: "answer", headers: [], body: Buffer.from("first") });
        setTimeout(release, 50);
      }),
  });
  const { text } = await sendRaw(port, "GET /v1/fn HTTP/1.1\r\nHost: a\r\n\r\n", "rubbish\r\n\r\n");
  expect(text.indexOf("HTTP/1.1 200 OK")).toBe(0);
  expect(text.indexOf("HTTP/1.1 400 Bad Request")).toBeGreaterThan(text.indexOf("first"));
  expect(statuses(await logged(2))).toEqual([200, 400]);
});

test("requests in a row are answered in their order", async () => {
  const { port } = await openPlane({
    routes,
    invoke: () =>
      new Promise((resolve) =>
        setTimeout(resolve, 50, { kind: "answer", headers: [], body: Buffer.from("slow") }),
      ),
  });
  const { text } = await sendRaw(
    port,
    "GET /v1/fn HTTP/1.1\r\nHost: a\r\n\r\nGET /v1/hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
  );
  expect(text.indexOf("slow")).toBeGreaterThan(0);
  expect(text.indexOf("hi", text.indexOf("slow"))).toBeGreaterThan(text.indexOf("slow"));
});

test("a request hidden in another's body stays hidden", async () => {
  const { port, calls } = await openPlane({ routes });
  const hidden = "GET /v1/hello HTTP/1.1\r\nHost: a\r\n\r\n";
  const { text } = await sendRaw(
    port,
    `POST /v1/fn HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: ${hidden.length}\r\n\r\n${hidden}`,
  );
  expect(calls.map(({ body }) => body.toString())).toEqual([hidden]);
  expect(text.match(/HTTP\/1\.1 \d+ \w+/g)).toEqual(["HTTP/1.1 200 OK"]);
});

test("clients that go away at any point leave nothing behind", async () => {
  const { plane, port, logged, url } = await openPlane({
    routes,
    invoke: (call) =>
      new Promise((resolve) => setTimeout(resolve, 20, { kind: "answer", headers: [], body: call.body })),
  });
  const request = "POST /v1/fn HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n0123456789";
  for (let length = 1; length <= request.length; length += 7) {
    const socket = connect(port, "127.0.0.1");
    await once(socket, "connect");
    socket.write(request.slice(0, length));
    await new Promise((resolve) => setTimeout(resolve, 5));
    socket.resetAndDestroy();
  }
  expect(await (await fetch(`${url}/hello`)).text()).toBe("hi");
  const all = statuses(await logged(2));
  expect(all.filter((status) => status !== 200 && status !== 499)).toEqual([]);
  await plane.close();
});

test("a tunnel that is asked for and cut at once ends nobody", async () => {
  const { port, url } = await openPlane({ routes });
  const uncaught: unknown[] = [];
  const note = (error: unknown) => uncaught.push(error);
  process.on("uncaughtException", note);
  onTestFinished(() => void process.off("uncaughtException", note));
  for (let round = 0; round < 200; round++) {
    const socket = connect(port, "127.0.0.1").on("error", () => {});
    await once(socket, "connect");
    socket.write("CONNECT evil.example.com:443 HTTP/1.1\r\nHost: a\r\n\r\n");
    setImmediate(() => socket.resetAndDestroy());
  }
  expect(await (await fetch(`${url}/hello`)).text()).toBe("hi");
  expect(uncaught).toEqual([]);
});

test("whatever bytes come, the gateway answers the next client", async () => {
  const { port, url } = await openPlane({
    routes,
    settings: { stallTimeoutInMs: 100, lingerTimeoutInMs: 50 },
  });
  const seed =
    "POST /v1/fn?a=b HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
  const mutation = fc.record({
    at: fc.nat(seed.length),
    cut: fc.nat(5),
    put: fc.oneof(
      fc.string({ unit: "binary-ascii", maxLength: 6 }),
      fc.constantFrom("\r\n", "\0", "\n", "%00", ".."),
    ),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 4 }), async (mutations) => {
      let bytes = seed;
      for (const { at, cut, put } of mutations) bytes = bytes.slice(0, at) + put + bytes.slice(at + cut);
      const socket = connect(port, "127.0.0.1").on("error", () => {});
      socket.end(Buffer.from(bytes, "latin1"));
      await readRaw(socket);
    }),
    { numRuns: 100 },
  );
  expect(await (await fetch(`${url}/hello`)).text()).toBe("hi");
});

test("what an event's receiver throws ends nobody", async () => {
  const warned = once(process, "warning");
  const { plane, url, events } = await openPlane({ routes });
  events.push = () => {
    throw new Error("receiver is broken");
  };
  expect(await (await fetch(`${url}/hello`)).text()).toBe("hi");
  expect(String((await warned)[0])).toContain("onEvent threw: receiver is broken");
  await plane.close();
});
