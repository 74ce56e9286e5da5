import { connect } from "node:net";
import { Readable } from "node:stream";
import { expect, onTestFinished, test } from "vitest";
import type { Exchange } from "../../../../emulator/gateway/server/exchange.ts";
import { IncomingBody } from "../../../../emulator/gateway/server/incoming-body.ts";
import { functionBackend, openPlane, sendRaw } from "../harness.ts";

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A body whose chunks the test pushes, of a request without a connection. */
function openBody(lengthInBytes?: number) {
  const request = new Readable({ read() {} });
  onTestFinished(() => void request.destroy());
  const exchange = { request, awaitsClient: false, head: { body: { hasBody: true, lengthInBytes } } };
  const body = new IncomingBody(exchange as unknown as Exchange);
  return { request, exchange, body };
}

test("a large chunk is handed on at once", async () => {
  const { request, body } = openBody();
  request.push(Buffer.alloc(1024, "a"));
  expect(await body.next()).toEqual(Buffer.alloc(1024, "a"));
});

test("a thousand small chunks of one turn are handed on in one piece", async () => {
  const { request, body } = openBody();
  const next = body.next();
  await nextTurn();
  for (let index = 0; index < 1_000; index++) request.push(Buffer.from("a"));
  expect(await next).toEqual(Buffer.alloc(1_000, "a"));
});

test("small chunks before the end don't wait for the turn", async () => {
  const { request, body } = openBody();
  const next = body.next();
  let turns = 0;
  setImmediate(() => turns++);
  request.push(Buffer.from("ab"));
  request.push(Buffer.from("c"));
  request.push(null);
  expect(await next).toEqual(Buffer.from("abc"));
  expect(turns).toBe(0);
  expect(await body.next()).toBeUndefined();
});

test("a body of a known length is handed on in one piece with its end", async () => {
  const { request, body } = openBody(5);
  const next = body.next();
  let turns = 0;
  setImmediate(() => turns++);
  request.push(Buffer.from("abc"));
  request.push(Buffer.from("de"));
  request.push(null);
  expect(await next).toEqual(Buffer.from("abcde"));
  expect(turns).toBe(0);
  expect(request.readableEnded).toBe(true);
  expect(await body.next()).toBeUndefined();
});

test("what nobody takes isn't read on beyond 64 KB", async () => {
  const { request, body } = openBody();
  for (let index = 0; index < 10; index++) request.push(Buffer.alloc(16 * 1024));
  await nextTurn();
  expect(request.isPaused()).toBe(true);
  expect((await body.next())?.length).toBe(64 * 1024);
  expect((await body.next())?.length).toBe(64 * 1024);
  expect((await body.next())?.length).toBe(32 * 1024);
  expect(request.isPaused()).toBe(false);
});

test("it awaits the client only while nothing is there", async () => {
  const { request, exchange, body } = openBody();
  const next = body.next();
  expect(exchange.awaitsClient).toBe(true);
  request.push(Buffer.alloc(2_000));
  await next;
  expect(exchange.awaitsClient).toBe(false);
});

test("throws when the client goes away, once what came is taken", async () => {
  const { request, body } = openBody();
  request.push(Buffer.alloc(2_000));
  await nextTurn();
  request.destroy(new Error("aborted"));
  await nextTurn();
  expect((await body.next())?.length).toBe(2_000);
  await expect(body.next()).rejects.toThrow("the client went away while it sent the body");
});

test("what is left when it stops stays in the request", async () => {
  const { request, body } = openBody();
  request.push(Buffer.alloc(2_000));
  await body.next();
  body.stop();
  request.push(Buffer.alloc(3_000));
  await nextTurn();
  expect(request.isPaused()).toBe(true);
  expect(request.readableLength).toBe(3_000);
});

test("thousands of chunks of one byte reach the function in their order", async () => {
  const { port, calls } = await openPlane({ routes: [{ path: "/fn", backend: functionBackend }] });
  const text = Array.from({ length: 30_000 }, (_, index) => String(index % 10)).join("");
  const chunks = [...text].map((digit) => `1\r\n${digit}\r\n`).join("");
  const head = "POST /v1/fn HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n";
  const answers = await Promise.all([1, 2, 3].map(() => sendRaw(port, `${head}${chunks}0\r\n\r\n`)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(calls.map(({ body }) => body.toString())).toEqual([text, text, text]);
});

test("a client that leaves within a flood of chunks calls nothing, and others are served", async () => {
  const { port, calls } = await openPlane({ routes: [{ path: "/fn", backend: functionBackend }] });
  const socket = connect(port, "127.0.0.1").on("error", () => {});
  onTestFinished(() => void socket.destroy());
  const head = "POST /v1/fn HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  await new Promise((resolve) => socket.write(`${head}${"1\r\na\r\n".repeat(30_000)}`, resolve));
  socket.resetAndDestroy();
  const answer = await sendRaw(port, "GET /v1/fn HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  expect(answer.status).toBe(200);
  expect(calls).toHaveLength(1);
});
