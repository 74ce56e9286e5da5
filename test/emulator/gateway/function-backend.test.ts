import { connect } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import type { FunctionFailure, HeaderList } from "../../../emulator/runtime/types.ts";
import { codes, functionBackend, functionId, gateway, openPlane, sendRaw, statuses } from "./harness.ts";

const routes = [{ path: "/{p*}", backend: functionBackend }];
const answer = (headers: HeaderList, body = "") =>
  ({ kind: "answer", headers, body: Buffer.from(body) }) as const;

describe("what the function gets", () => {
  // Fn project, "Fn format"; recorded requests of real gateways
  test("every header, exactly", async () => {
    const { port, calls } = await openPlane({ routes });
    const received = await sendRaw(
      port,
      [
        "POST /v1/thing/?k=v&k=%20 HTTP/1.1",
        "host: api.example.com",
        "content-type: application/json",
        "content-length: 2",
        "x-CUSTOM: 1",
        "x-custom: 2",
        "cookie: a=b",
        "fn-intent: fake",
        "oci-subject-id: fake",
        "x-named: dropped",
        "te: trailers",
        "connection: close, X-Named",
        "keep-alive: 5",
        "proxy-authorization: secret",
        "upgrade: websocket",
        "opc-request-id: mine",
        "",
        "{}",
      ].join("\r\n"),
    );
    const [call] = calls;
    expect(call?.body.toString()).toBe("{}");
    expect(call?.gateway).toEqual(gateway);
    expect(call?.functionId).toBe(functionId);
    expect(call?.opcRequestId).toBe(Object.fromEntries(received.headers)["opc-request-id"]);
    const changing = new Set(["Date", "X-B3-SpanId", "X-B3-TraceId", "Fn-Http-H-Cdn-Loop"]);
    expect(call?.headers.filter(([name]) => !changing.has(name))).toEqual([
      ["Accept-Encoding", "gzip"],
      ["Content-Type", "application/json"],
      ["Fn-Http-H-Host", "api.example.com"],
      ["Fn-Http-H-Content-Type", "application/json"],
      ["Fn-Http-H-Content-Length", "2"],
      ["Fn-Http-H-X-Custom", "1"],
      ["Fn-Http-H-X-Custom", "2"],
      ["Fn-Http-H-Cookie", "a=b"],
      ["Fn-Http-H-Fn-Intent", "fake"],
      ["Fn-Http-H-Oci-Subject-Id", "fake"],
      ["Fn-Http-H-Te", "trailers"],
      ["Fn-Http-H-Opc-Request-Id", "mine"],
      ["Fn-Http-H-Forwarded", "for=127.0.0.1"],
      ["Fn-Http-H-X-Forwarded-For", "127.0.0.1"],
      ["Fn-Http-H-X-Real-Ip", "127.0.0.1"],
      ["Fn-Http-Method", "POST"],
      ["Fn-Http-Request-Url", "/v1/thing/?k=v&k=%20"],
      ["Fn-Intent", "httprequest"],
      ["Fn-Invoke-Type", "sync"],
      ["Oci-Subject-Compartment-Id", gateway.compartmentId],
      ["Oci-Subject-Id", gateway.id],
      ["Oci-Subject-Tenancy-Id", "ocid1.tenancy.a"],
      ["Oci-Subject-Type", "resource"],
      ["Opc-Request-Id", call?.opcRequestId],
      ["User-Agent", "lua-resty-http/0.17.1 (Lua) ngx_lua/10026"],
      ["X-Content-Sha256", "RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o="],
    ]);
    const { Date: date, ...others } = Object.fromEntries(
      call?.headers.filter(([name]) => changing.has(name)) ?? [],
    );
    expect(new Date(date ?? "").toUTCString()).toBe(date);
    expect(others).toEqual({
      "X-B3-SpanId": expect.stringMatching(/^[0-9a-f]{16}$/),
      "X-B3-TraceId": expect.stringMatching(/^[0-9a-f]{16}$/),
      "Fn-Http-H-Cdn-Loop": expect.stringMatching(/^[0-9a-f]{16}-[0-9a-f]{16}$/),
    });
  });

  test("without a content type it is application/octet-stream", async () => {
    const { url, calls } = await openPlane({ routes });
    await fetch(`${url}/a`);
    expect(Object.fromEntries(calls[0]?.headers ?? [])).toMatchObject({
      "Content-Type": "application/octet-stream",
      "Fn-Http-Method": "GET",
    });
    expect(calls[0]?.headers.some(([name]) => name === "Fn-Http-H-Content-Type")).toBe(false);
  });

  test("a client's forwarding headers are added to", async () => {
    const { url, calls } = await openPlane({ routes });
    const headers = { forwarded: "for=1.1.1.1", "x-forwarded-for": "1.1.1.1", "x-real-ip": "1.1.1.1" };
    await fetch(`${url}/a`, { headers });
    expect(Object.fromEntries(calls[0]?.headers ?? [])).toMatchObject({
      "Fn-Http-H-Forwarded": "for=1.1.1.1, for=127.0.0.1",
      "Fn-Http-H-X-Forwarded-For": "1.1.1.1, 127.0.0.1",
      "Fn-Http-H-X-Real-Ip": "127.0.0.1",
    });
  });

  test("a binary body, whole and in chunks", async () => {
    const { url } = await openPlane({ routes });
    const body = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
    const whole = await fetch(`${url}/a`, { method: "POST", body });
    expect(Buffer.from(await whole.arrayBuffer())).toEqual(body);
    const parts = new ReadableStream({
      start(controller) {
        for (const byte of body) controller.enqueue(new Uint8Array([byte]));
        controller.close();
      },
    });
    const chunked = await fetch(`${url}/a`, { method: "PUT", body: parts, duplex: "half" } as RequestInit);
    expect(Buffer.from(await chunked.arrayBuffer())).toEqual(body);
  });

  test("its signal is aborted when the client goes away", async () => {
    let aborted: (() => void) | undefined;
    const isAborted = new Promise<void>((resolve) => {
      aborted = resolve;
    });
    const { port, logged } = await openPlane({
      routes,
      invoke: (call) =>
        new Promise((_resolve, reject) => {
          call.signal.addEventListener("abort", () => {
            aborted?.();
            reject(new Error("aborted"));
          });
          socket.destroy();
        }),
    });
    const socket = connect(port, "127.0.0.1");
    onTestFinished(() => void socket.destroy());
    socket.write("GET /v1/a HTTP/1.1\r\nHost: a\r\n\r\n");
    await isAborted;
    const events = await logged();
    expect(statuses(events)).toEqual([499]);
    expect(codes(events)).toEqual(["WARN request.clientEof"]);
  });
});

describe("what the client gets", () => {
  const gatewayOnly = new Set([
    "Server",
    "Strict-Transport-Security",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "X-XSS-Protection",
    "opc-request-id",
    "Connection",
    "Date",
  ]);
  // Fn project, "Fn format" and `runner_httptrigger.go`
  test.each<[name: string, headers: HeaderList, status: number, expected: [string, string][]]>([
    ["nothing set", [], 200, []],
    ["a status", [["Fn-Http-Status", "404"]], 404, []],
    ["a status that is no number", [["Fn-Http-Status", "teapot"]], 200, []],
    ["a content type", [["content-type", "text/plain"]], 200, [["Content-Type", "text/plain"]]],
    [
      "a content type twice",
      [
        ["Content-Type", "application/json"],
        ["Fn-Http-H-Content-Type", "text/html"],
        ["Fn-Http-H-Content-Type", "text/html"],
      ],
      200,
      [["Content-Type", "text/html"]],
    ],
    [
      "several values",
      [
        ["Fn-Http-H-Set-Cookie", "a=1"],
        ["fn-http-h-set-cookie", "b=2"],
      ],
      200,
      [
        ["Set-Cookie", "a=1"],
        ["set-cookie", "b=2"],
      ],
    ],
    [
      "headers that are dropped",
      [
        ["X-Plain", "1"],
        ["Fn-Call-Id", "1"],
        ["Fn-Http-H-Connection", "X-Named"],
        ["Fn-Http-H-X-Named", "1"],
        ["Fn-Http-H-Transfer-Encoding", "chunked"],
        ["Fn-Http-H-Keep-Alive", "1"],
        ["Fn-Http-H-Content-Length", "999"],
        ["Fn-Http-H-Server", "mine"],
        ["Fn-Http-H-Opc-Request-Id", "mine"],
        ["Fn-Http-H-X-Frame-Options", "deny"],
      ],
      200,
      [],
    ],
  ])("%s", async (_name, headers, status, expected) => {
    const { port } = await openPlane({ routes, invoke: () => answer(headers, "body") });
    const received = await sendRaw(port, "GET /v1/a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    expect([received.status, received.body]).toEqual([status, "body"]);
    expect(received.headers.filter(([name]) => !gatewayOnly.has(name))).toEqual([
      ...expected,
      ["Content-Length", "4"],
    ]);
    expect(received.headers.filter(([name]) => gatewayOnly.has(name))).toHaveLength(gatewayOnly.size);
  });

  test.each([204, 304])("%i has no body", async (status) => {
    const { port } = await openPlane({
      routes,
      invoke: () => answer([["Fn-Http-Status", `${status}`]], "body"),
    });
    const received = await sendRaw(port, "GET /v1/a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    expect([received.status, received.body]).toEqual([status, ""]);
  });

  test.each<[headers: HeaderList]>([
    [[["Fn-Http-Status", "0"]]],
    [[["Fn-Http-Status", "101"]]],
    [[["Fn-Http-Status", "600"]]],
    [[["Fn-Http-Status", "99999999999999999999"]]],
    [[["Fn-Http-H-X", "a\r\nb: c"]]],
    [[["Fn-Http-H-", "a"]]],
    [[["Fn-Http-H-a b", "a"]]],
  ])("502 for what HTTP can't carry: %j", async (headers) => {
    const { url, logged } = await openPlane({ routes, invoke: () => answer(headers) });
    const received = await fetch(`${url}/a`);
    expect([received.status, await received.text()]).toEqual([502, '{"code":502,"message":"Bad Gateway"}']);
    expect(codes(await logged())).toEqual(["ERROR functionBackend.badResponse"]);
  });
});

describe("failures of OCI Functions", () => {
  // "Troubleshooting OCI Functions", "Troubleshooting API Gateway"; 404 → 500 measured
  test.each<[failure: FunctionFailure["status"], code: string, status: number, reason: string, log: string]>([
    [
      404,
      "NotAuthorizedOrNotFound",
      500,
      "Internal Server Error",
      "ERROR functionBackend.notFoundOrNotAuthorized",
    ],
    [
      413,
      "FunctionInvokeRequestContentTooLarge",
      413,
      "Request Entity Too Large",
      "WARN request.bodyTooLarge",
    ],
    [429, "TooManyRequests", 429, "Too Many Requests", "WARN functionBackend.rateLimited"],
    [502, "FunctionInvokeExecutionFailed", 502, "Bad Gateway", "ERROR functionBackend.badGateway"],
    [502, "FunctionInvokeContainerInitFail", 502, "Bad Gateway", "ERROR functionBackend.badGateway"],
    [502, "FunctionInvokeInvalidResponse", 502, "Bad Gateway", "ERROR functionBackend.badResponse"],
    [502, "FunctionInvokeResponseBodyTooLarge", 502, "Bad Gateway", "ERROR functionBackend.badResponse"],
    [502, "FunctionInvokeResponseHeaderTooLarge", 502, "Bad Gateway", "ERROR functionBackend.badResponse"],
    [
      503,
      "FunctionInvokeServiceUnavailable",
      503,
      "Service Unavailable",
      "ERROR functionBackend.serviceUnavailable",
    ],
    [504, "FunctionInvokeTimeout", 504, "Gateway Timeout", "ERROR functionBackend.timeout"],
  ])("%i %s answers %i", async (failure, code, status, message, log) => {
    const { url, logged } = await openPlane({
      routes,
      invoke: () => ({ kind: "failure", status: failure, code, message: "why" }),
    });
    const received = await fetch(`${url}/a`);
    expect([received.status, await received.json()]).toEqual([status, { code: status, message }]);
    const events = await logged();
    expect(codes(events)).toEqual([log]);
    expect(events[0]).toMatchObject({
      message: `${functionId}: ${code}: why`,
      deploymentId: "ocid1.apideployment.a",
    });
  });

  test("a fault of the emulator itself answers 500", async () => {
    const { url, logged } = await openPlane({ routes, invoke: () => Promise.reject(new Error("broken")) });
    expect((await fetch(`${url}/a`)).status).toBe(500);
    expect(codes(await logged())).toEqual(["ERROR request.internalServiceError"]);
  });
});

describe("the execution log's level", () => {
  // "Adding Logging to API Deployments"
  const executionLog = (logLevel: string) => ({
    loggingPolicies: { executionLog: { isEnabled: true, logLevel } },
  });
  const success = "INFO functionBackend.successfulRequest";
  test.each<[deployment: string | undefined, route: string | undefined, expected: string[]]>([
    [undefined, undefined, [success]],
    ["WARN", undefined, []],
    ["ERROR", "INFO", [success]],
    ["INFO", "WARN", []],
  ])("deployment %s, route %s", async (deployment, route, expected) => {
    const { url, logged } = await openPlane({
      routes: [{ ...routes[0], ...(route && executionLog(route)) }],
      specification: deployment === undefined ? {} : executionLog(deployment),
    });
    await (await fetch(`${url}/a`)).text();
    expect(codes(await logged())).toEqual(expected);
  });
});

describe("loops", () => {
  const twoRoutes = ["/a", "/b"].map((path) => ({ path, backend: functionBackend }));
  const tokenOf = (headers: HeaderList | undefined) =>
    Object.fromEntries(headers ?? [])["Fn-Http-H-Cdn-Loop"] ?? "";

  test("the same route again is refused, the same gateway is let through", async () => {
    const { url, calls, logged } = await openPlane({ routes: twoRoutes });
    await fetch(`${url}/a`, { headers: { "cdn-loop": "other" } });
    const first = tokenOf(calls[0]?.headers);
    expect(first).toMatch(/^other, [0-9a-f]{16}-[0-9a-f]{16}$/);
    const headers = { "cdn-loop": first };
    expect((await fetch(`${url}/b`, { headers })).status).toBe(200);
    const looped = await fetch(`${url}/a`, { headers });
    expect([looped.status, await looped.text()]).toEqual([508, '{"code":508,"message":"Loop Detected"}']);
    const warnings = codes(await logged(3)).filter((code) => !code.startsWith("INFO"));
    expect(warnings).toEqual(["WARN request.possibleLoopDetected", "ERROR request.loopDetected"]);
  });
});
