import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { functionBackend, gateway, openPlane, readRaw, sendRaw, statuses } from "./harness.ts";

const stock = { type: "STOCK_RESPONSE_BACKEND", status: 200, body: "hi" };
const routes = [
  { path: "/hello", methods: ["GET", "POST", "HEAD"], backend: stock },
  { path: "/fn", methods: ["ANY"], backend: functionBackend },
];
const head = "Host: a\r\nConnection: close\r\n";

describe("answers of the gateway itself", () => {
  // Recorded answers of real gateways
  test("every header, exactly", async () => {
    const { port } = await openPlane();
    const { headers, body } = await sendRaw(port, `GET /no HTTP/1.1\r\n${head}\r\n`);
    expect(headers.filter(([name]) => name !== "Date" && name !== "opc-request-id")).toEqual([
      ["Content-Type", "application/json"],
      ["Content-Length", "34"],
      ["Server", "Oracle API Gateway"],
      ["Strict-Transport-Security", "max-age=31536000"],
      ["X-Content-Type-Options", "nosniff"],
      ["X-Frame-Options", "sameorigin"],
      ["X-XSS-Protection", "1; mode=block"],
      ["Connection", "close"],
    ]);
    expect(body).toBe('{"code":404,"message":"Not Found"}');
    expect(Object.fromEntries(headers)["opc-request-id"]).toMatch(/^\/[0-9A-F]{32}\/[0-9A-F]{32}$/);
  });

  test.each([
    ["abc", /^abc\/[0-9A-F]{32}\/[0-9A-F]{32}$/],
    ["/ABC/DEF", /^ABC\/[0-9A-F]{32}\/[0-9A-F]{32}$/],
    ["<x>", /^\/[0-9A-F]{32}\/[0-9A-F]{32}$/],
    ["a".repeat(200), /^a{128}\/[0-9A-F]{32}\/[0-9A-F]{32}$/],
  ])("the client's opc-request-id %s becomes the first part", async (id, pattern) => {
    const { url } = await openPlane({ routes });
    const answer = await fetch(`${url}/hello`, { headers: { "opc-request-id": id } });
    expect(answer.headers.get("opc-request-id")).toMatch(pattern);
  });

  test.each([
    ["GET", "/v2", 404, "Not Found"],
    ["GET", "/v1", 404, "Not Found"],
    ["GET", "/v10/hello", 404, "Not Found"],
    ["DELETE", "/v1/hello", 405, "Method Not Allowed"],
    ["PROPFIND", "/v1/fn", 405, "Method Not Allowed"],
    ["TRACE", "/v1/fn", 405, "Method Not Allowed"],
    ["CONNECT", "a:80", 405, "Method Not Allowed"],
    ["GET", "/v1/x/../hello", 400, "Bad Request"],
    ["GET", "/v1/x/%2e%2E/hello", 400, "Bad Request"],
    ["GET", "/v1/./hello", 400, "Bad Request"],
    ["GET", "/v1\\hello", 400, "Bad Request"],
    ["GET", "/v1/hello#x", 400, "Bad Request"],
    ["GET", "/v1/h\xe4llo", 400, "Bad Request"],
    ["OPTIONS", "*", 400, "Bad Request"],
  ])("%s %s", async (method, target, code, message) => {
    const { port, logged } = await openPlane({ routes });
    const answer = await sendRaw(port, Buffer.from(`${method} ${target} HTTP/1.1\r\n${head}\r\n`, "latin1"));
    expect(answer.status).toBe(code);
    expect(JSON.parse(answer.body)).toEqual({ code, message });
    expect(answer.text).toContain("Server: Oracle API Gateway\r\n");
    expect(statuses(await logged())).toEqual([code]);
  });
});

describe("requests that are served", () => {
  test.each(["/v1/hello", "/v1/hello/", "/v1/hello?a=b", "/v1/hello?..%2f", "http://a/v1/hello"])(
    "%s",
    async (target) => {
      const { port } = await openPlane({ routes });
      const answer = await sendRaw(port, `GET ${target} HTTP/1.1\r\n${head}\r\n`);
      expect([answer.status, answer.body]).toEqual([200, "hi"]);
    },
  );

  test("one access event for each, matched or not", async () => {
    const { port, url, logged } = await openPlane({ routes });
    const answer = await fetch(`${url}/hello?a=b`);
    await answer.text();
    await (await fetch(`http://127.0.0.1:${port}/other`)).text();
    const [one, other] = (await logged(2)).filter(({ type }) => type === "access");
    const common = {
      type: "access",
      gatewayId: gateway.id,
      gatewayDisplayName: "shop",
      httpMethod: "GET",
      serverProtocol: "HTTP/1.1",
      httpUserAgent: "node",
      httpReferrer: undefined,
      requestDurationInMs: expect.any(Number),
      opcRequestId: expect.any(String),
      remoteAddr: "127.0.0.1",
    };
    expect(one).toEqual({
      ...common,
      deploymentId: "ocid1.apideployment.a",
      requestUri: "/v1/hello?a=b",
      status: 200,
      bodyBytesSent: 2,
      opcRequestId: answer.headers.get("opc-request-id"),
      route: "/hello",
      backendType: "STOCK_RESPONSE_BACKEND",
    });
    expect(other).toEqual({
      ...common,
      deploymentId: undefined,
      requestUri: "/other",
      status: 404,
      bodyBytesSent: 34,
      route: undefined,
      backendType: undefined,
    });
  });

  test("HEAD has the headers and no body", async () => {
    const { port } = await openPlane({ routes });
    const answer = await sendRaw(port, `HEAD /v1/hello HTTP/1.1\r\n${head}\r\n`);
    expect([answer.status, answer.body]).toEqual([200, ""]);
    expect(answer.headers).toContainEqual(["Content-Length", "2"]);
  });

  test("HTTP/1.0 without Host", async () => {
    const { port } = await openPlane({ routes });
    expect((await sendRaw(port, "GET /v1/hello HTTP/1.0\r\n\r\n")).body).toBe("hi");
  });

  test("requests in a row over one connection", async () => {
    const { port } = await openPlane({ routes });
    const one = "GET /v1/hello HTTP/1.1\r\nHost: a\r\n\r\n";
    const { text } = await sendRaw(port, one, one, `GET /v1/hello HTTP/1.1\r\n${head}\r\n`);
    expect(text.match(/HTTP\/1.1 200 OK/g)).toHaveLength(3);
  });

  test("a client that waits for 100 Continue gets it when the body is wanted", async () => {
    const { port } = await openPlane({ routes });
    const socket = connect(port, "127.0.0.1");
    onTestFinished(() => void socket.destroy());
    socket.write(`POST /v1/fn HTTP/1.1\r\n${head}Expect: 100-continue\r\nContent-Length: 3\r\n\r\n`);
    const [first] = await once(socket, "data");
    expect(String(first)).toBe("HTTP/1.1 100 Continue\r\n\r\n");
    socket.write("abc");
    expect(await readRaw(socket)).toMatchObject({ status: 200, body: "abc" });
  });

  test("another expectation answers 417", async () => {
    const { port } = await openPlane({ routes });
    const answer = await sendRaw(port, `GET /v1/hello HTTP/1.1\r\n${head}Expect: tea\r\n\r\n`);
    expect(answer).toMatchObject({ status: 417, body: '{"code":417,"message":"Expectation Failed"}' });
  });
});

describe("deployments", () => {
  const deployment = (id: string, pathPrefix: string, body: string) => ({
    id,
    gatewayId: gateway.id,
    displayName: id,
    pathPrefix,
    specification: { routes: [{ path: "/{p*}", backend: { ...stock, body } }] },
  });

  test("the longest prefix serves, updates and removals take effect at once", async () => {
    const { plane, port, put } = await openPlane();
    const get = async (path: string) => {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`);
      return `${answer.status} ${await answer.text()}`;
    };
    const notFound = '404 {"code":404,"message":"Not Found"}';
    plane.putDeployment(deployment("b", "/v1/b", "b"));
    put([{ path: "/{p*}", backend: { ...stock, body: "a" } }]);
    expect([await get("/v1/x"), await get("/v1/b/x"), await get("/v1/bc")]).toEqual([
      "200 a",
      "200 b",
      "200 a",
    ]);
    plane.putDeployment(deployment("b", "/v1/b", "c"));
    expect(await get("/v1/b")).toBe("200 c");
    plane.removeDeployment("b");
    expect(await get("/v1/b")).toBe("200 a");
    plane.removeDeployment("ocid1.apideployment.a");
    plane.removeDeployment("unknown");
    expect(await get("/v1/b")).toBe(notFound);
    plane.putDeployment(deployment("root", "/", "r"));
    expect([await get("/"), await get("/x")]).toEqual(["200 r", "200 r"]);
  });

  test("throws when a specification has problems, and keeps the one before", async () => {
    const { put, url } = await openPlane({ routes });
    expect(() => put([{ path: "x", backend: stock }])).toThrow(
      'deployment ocid1.apideployment.a: specification.routes[0].path must begin with "/", but is "x"; for example "/users/{id}"',
    );
    expect(await (await fetch(`${url}/hello`)).text()).toBe("hi");
  });

  test("throws when a path prefix has problems", async () => {
    const { plane } = await openPlane();
    expect(() => plane.putDeployment(deployment("b", "b", ""))).toThrow(
      'deployment b: pathPrefix must begin with "/", but is "b"; for example "/v1"',
    );
  });

  test("a gateway's new name and compartment hold from the next request on", async () => {
    const { plane, url, calls, logged } = await openPlane({
      routes: [{ path: "/f", backend: functionBackend }],
    });
    await fetch(`${url}/f`);
    plane.updateGateway({ ...gateway, displayName: "renamed", compartmentId: "ocid1.compartment.b" });
    plane.updateGateway({ ...gateway, id: "unknown" });
    await fetch(`${url}/f`);
    const names = (await logged(2)).flatMap((event) =>
      event.type === "access" ? [event.gatewayDisplayName] : [],
    );
    const compartments = calls.map((call) => [
      call.gateway.compartmentId,
      call.headers.find(([name]) => name === "Oci-Subject-Compartment-Id")?.[1],
    ]);
    expect([names, compartments]).toEqual([
      ["shop", "renamed"],
      [
        ["ocid1.compartment.a", "ocid1.compartment.a"],
        ["ocid1.compartment.b", "ocid1.compartment.b"],
      ],
    ]);
  });

  test("gateways are told apart, open once, and close", async () => {
    const { plane, port } = await openPlane({ routes });
    const other = await plane.openGateway({ ...gateway, id: "other" }, 0);
    expect((await fetch(`http://127.0.0.1:${other.port}/v1/hello`)).status).toBe(404);
    await expect(plane.openGateway({ ...gateway, id: "other" }, 0)).rejects.toThrow(
      "gateway other is open already; close it before",
    );
    await expect(plane.openGateway({ ...gateway, id: "third" }, port)).rejects.toMatchObject({
      code: "EADDRINUSE",
    });
    await plane.closeGateway("other");
    await expect(fetch(`http://127.0.0.1:${other.port}/v1/hello`)).rejects.toThrow("fetch failed");
    const again = await plane.openGateway({ ...gateway, id: "other" }, other.port);
    expect(again.port).toBe(other.port);
  });
});

describe("limits", () => {
  // "API Gateway Internal Limits"
  const megabyte = 1024 * 1024;
  const line = "GET /v1/hello HTTP/1.1\r\n";
  const filled = (bytes: number) => {
    const rest = bytes - line.length - head.length - "X: \r\n".length - "\r\n".length;
    return `${line}${head}X: ${"a".repeat(rest)}\r\n\r\n`;
  };

  test("request line and headers of 8 KB pass, a byte more is 431", async () => {
    const { port } = await openPlane({ routes });
    expect((await sendRaw(port, filled(8192))).status).toBe(200);
    const answer = await sendRaw(port, filled(8193));
    expect([answer.status, answer.body]).toEqual([
      431,
      '{"code":431,"message":"Request Header Fields Too Large"}',
    ]);
    expect((await sendRaw(port, filled(20_000))).status).toBe(431);
  });

  const tooLarge = '{"code":413,"message":"Request Entity Too Large"}';
  const declared = (path: string, bytes: number) =>
    `POST ${path} HTTP/1.1\r\n${head}Content-Length: ${bytes}\r\n\r\n`;
  const chunked = (path: string) => `POST ${path} HTTP/1.1\r\n${head}Transfer-Encoding: chunked\r\n\r\n`;
  const chunk = (bytes: number) =>
    Buffer.concat([Buffer.from(`${bytes.toString(16)}\r\n`), Buffer.alloc(bytes), Buffer.from("\r\n")]);

  test("the reason phrase of the status line is the message of the body", async () => {
    const { url } = await openPlane({ routes });
    const body = Buffer.alloc(6 * megabyte + 1);
    const answer = await fetch(`${url}/fn`, { method: "POST", body });
    expect([answer.status, answer.statusText, await answer.text()]).toEqual([
      413,
      "Request Entity Too Large",
      tooLarge,
    ]);
  });

  test("a body to a function may have 6 MB", async () => {
    const { port, calls, logged } = await openPlane({
      routes,
      invoke: () => ({ kind: "answer", headers: [], body: Buffer.from("ok") }),
    });
    expect(await sendRaw(port, declared("/v1/fn", 6 * megabyte), Buffer.alloc(6 * megabyte))).toMatchObject({
      status: 200,
      body: "ok",
    });
    expect(await sendRaw(port, chunked("/v1/fn"), chunk(6 * megabyte), "0\r\n\r\n")).toMatchObject({
      status: 200,
    });
    expect(
      await sendRaw(port, declared("/v1/fn", 6 * megabyte + 1), Buffer.alloc(6 * megabyte + 1)),
    ).toMatchObject({ status: 413, body: tooLarge });
    expect(await sendRaw(port, chunked("/v1/fn"), chunk(6 * megabyte + 1), "0\r\n\r\n")).toMatchObject({
      status: 413,
      body: tooLarge,
    });
    expect(calls.map(({ body }) => body.length)).toEqual([6 * megabyte, 6 * megabyte]);
    const problems = (await logged(4)).filter(
      (event) => event.type === "execution" && event.level === "WARN",
    );
    expect(problems.map((event) => event.type === "execution" && [event.code, event.message])).toEqual([
      ["request.bodyTooLarge", "the request's body is 6291457 bytes long; allowed are 6291456"],
      ["request.bodyTooLarge", "the request's body is longer than 6291456 bytes"],
    ]);
  });

  test("a body to a stock response may have 20 MB", async () => {
    const { port } = await openPlane({ routes });
    expect(await sendRaw(port, chunked("/v1/hello"), chunk(20 * megabyte), "0\r\n\r\n")).toMatchObject({
      status: 200,
    });
    expect(await sendRaw(port, chunked("/v1/hello"), chunk(20 * megabyte + 1), "0\r\n\r\n")).toMatchObject({
      status: 413,
      body: tooLarge,
    });
    expect(await sendRaw(port, declared("/v1/hello", 20 * megabyte + 1))).toMatchObject({
      status: 413,
      body: tooLarge,
    });
  });

  test("a client that stalls is answered 408", async () => {
    const { port, logged } = await openPlane({ routes, settings: { stallTimeoutInMs: 100 } });
    const timedOut = { status: 408, body: '{"code":408,"message":"Request Timeout"}' };
    expect(await sendRaw(port, "GET /v1/hello HTTP/1.1\r\nHost")).toMatchObject(timedOut);
    expect(await sendRaw(port, declared("/v1/fn", 10), "abc")).toMatchObject(timedOut);
    expect((await sendRaw(port, "")).text).toBe("");
    const events = await logged(2);
    expect(statuses(events)).toEqual([408, 408]);
    expect(events.flatMap((event) => (event.type === "execution" ? [event.code] : []))).toEqual([
      "request.clientTimeout",
    ]);
  });

  test("what has come while nobody could read it is no stall", async () => {
    const { port, url } = await openPlane({
      routes,
      settings: { stallTimeoutInMs: 100 },
      invoke() {
        socket.write("defghij");
        const until = performance.now() + 200;
        while (performance.now() < until);
        return { kind: "answer", headers: [], body: Buffer.from("") };
      },
    });
    const socket = connect(port, "127.0.0.1");
    onTestFinished(() => void socket.destroy());
    socket.write(`${declared("/v1/hello", 10)}abc`);
    const answer = once(socket, "data");
    await fetch(`${url}/fn`);
    expect(String((await answer)[0])).toMatch(/^HTTP\/1\.1 200 /);
  });

  test("a kept connection: a second request that stalls is answered 408", async () => {
    const { port, logged } = await openPlane({ routes, settings: { stallTimeoutInMs: 100 } });
    const socket = connect(port, "127.0.0.1");
    onTestFinished(() => void socket.destroy());
    socket.write("GET /v1/hello HTTP/1.1\r\nHost: a\r\n\r\n");
    await once(socket, "data");
    socket.write("GET /v1/hello HTTP/1.1\r\nHo");
    expect(await readRaw(socket)).toMatchObject({ status: 408 });
    expect(statuses(await logged(2))).toEqual([200, 408]);
  });

  test("a kept connection stays for its time and is closed without a word", async () => {
    const settings = { stallTimeoutInMs: 50, keepAliveTimeoutInMs: 300 };
    const { port, logged } = await openPlane({ routes, settings });
    const socket = connect(port, "127.0.0.1");
    onTestFinished(() => void socket.destroy());
    socket.write("GET /v1/hello HTTP/1.1\r\nHost: a\r\n\r\n");
    await once(socket, "data");
    await new Promise((resolve) => setTimeout(resolve, 120));
    socket.write("GET /v1/hello HTTP/1.1\r\nHost: a\r\n\r\n");
    expect((await readRaw(socket)).text.match(/HTTP\/1.1 \d+/g)).toEqual(["HTTP/1.1 200"]);
    expect(statuses(await logged(2))).toEqual([200, 200]);
  });

  test("a slow function is not a stalled client", async () => {
    const { url } = await openPlane({
      routes,
      settings: { stallTimeoutInMs: 200 },
      invoke: () =>
        new Promise((resolve) =>
          setTimeout(resolve, 700, { kind: "answer", headers: [], body: Buffer.from("late") }),
        ),
    });
    expect(await (await fetch(`${url}/fn`)).text()).toBe("late");
  });

  test("a client over its number of connections is answered 503", async () => {
    const { port } = await openPlane({ routes, settings: { connectionsPerClient: 1 } });
    const first = connect(port, "127.0.0.1");
    onTestFinished(() => void first.destroy());
    await once(first, "connect");
    expect(await sendRaw(port, "")).toMatchObject({
      status: 503,
      body: '{"code":503,"message":"Service Unavailable"}',
    });
    first.write(`GET /v1/hello HTTP/1.1\r\n${head}\r\n`);
    expect(await readRaw(first)).toMatchObject({ status: 200 });
    expect(await sendRaw(port, `GET /v1/hello HTTP/1.1\r\n${head}\r\n`)).toMatchObject({ status: 200 });
  });
});
