import { connect } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { openPlane, readRaw, sendRaw } from "../harness.ts";

const badRequest = '{"code":400,"message":"Bad Request"}';

// Recorded answers of the gateway; RFC 9112, "HTTP/1.1", section 9.6
test("what isn't HTTP is answered like any other request, and nothing after it is read", async () => {
  const { port } = await openPlane();
  const { status, headers, body, text } = await sendRaw(
    port,
    "no HTTP\r\n\r\n",
    "GET /v1/a HTTP/1.1\r\n\r\n",
  );
  expect([status, body]).toEqual([400, badRequest]);
  expect(text.split("\r\n")[0]).toBe("HTTP/1.1 400 Bad Request");
  expect(headers).toEqual([
    ["Content-Type", "application/json"],
    ["Content-Length", String(badRequest.length)],
    ["Server", "Oracle API Gateway"],
    ["Strict-Transport-Security", "max-age=31536000"],
    ["X-Content-Type-Options", "nosniff"],
    ["X-Frame-Options", "sameorigin"],
    ["X-XSS-Protection", "1; mode=block"],
    ["opc-request-id", expect.stringMatching(/^\/[0-9A-F]{32}\/[0-9A-F]{32}$/)],
    ["Date", expect.stringMatching(/^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/)],
    ["Connection", "close"],
  ]);
});

test("a client that goes on sending is cut off in the end", async () => {
  const { port } = await openPlane({ settings: { lingerTimeoutInMs: 50 } });
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  onTestFinished(() => void socket.destroy());
  socket.write("no HTTP\r\n\r\n");
  const timer = setInterval(() => socket.write("more\r\n"), 5);
  onTestFinished(() => clearInterval(timer));
  expect((await readRaw(socket)).status).toBe(400);
});

// RFC 9112, section 3.2: what Node would refuse by itself is answered by the gateway
test.each([
  ["no Host", "GET /v1/a HTTP/1.1\r\nConnection: close\r\n\r\n", 400, badRequest],
  ["another expectation", "GET /v1/a HTTP/1.1\r\nHost: a\r\nExpect: more\r\n\r\n", 417, undefined],
])("%s", async (_, request, status, body = '{"code":417,"message":"Expectation Failed"}') => {
  const { port } = await openPlane({ settings: { stallTimeoutInMs: 100, keepAliveTimeoutInMs: 100 } });
  const answer = await sendRaw(port, request);
  expect([answer.status, answer.body]).toEqual([status, body]);
  expect(answer.headers).toContainEqual(["Server", "Oracle API Gateway"]);
});

test("HEAD has the length of a stock response and not its body", async () => {
  const backend = { type: "STOCK_RESPONSE_BACKEND", status: 200, body: "hello" };
  const { port, logged } = await openPlane({ routes: [{ path: "/a", backend }] });
  const answer = await sendRaw(port, "HEAD /v1/a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  expect([answer.status, answer.body]).toEqual([200, ""]);
  expect(answer.headers).toContainEqual(["Content-Length", "5"]);
  expect((await logged()).at(-1)).toMatchObject({ status: 200, bodyBytesSent: 0 });
});
