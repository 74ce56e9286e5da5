import { once } from "node:events";
import { createSecureServer } from "node:http2";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, connect } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { cert, key } from "./certificate.ts";
import { bodyOf, codes, openPlane, sendRaw, startBackend, startRawBackend, statuses } from "./harness.ts";

const route = (url: string, more: object = {}, path = "/{p*}") => ({
  path,
  backend: { type: "HTTP_BACKEND", url, ...more },
});
const close = "Host: a\r\nConnection: close\r\n";

describe("what the back end gets", () => {
  test("every header, exactly", async () => {
    const seen: unknown[] = [];
    const origin = await startBackend(async (request, response) => {
      seen.push(request.method, request.url, request.rawHeaders, (await bodyOf(request)).toString());
      response.end();
    });
    const { port } = await openPlane({ routes: [route(`${origin}/base`)] });
    const received = await sendRaw(
      port,
      [
        "PATCH /v1/x?k=v&k=%20 HTTP/1.1",
        "Host: api.example.com",
        "Content-Length: 3",
        "X-One: 1",
        "X-one: 2",
        "X-Named: dropped",
        "Connection: close, x-named",
        "Keep-Alive: 5",
        "Upgrade: h2c",
        "",
        "abc",
      ].join("\r\n"),
    );
    expect(seen).toEqual([
      "PATCH",
      "/base?k=v&k=%20",
      [
        ["host", origin.slice("http://".length)],
        ["connection", "keep-alive"],
        ["X-One", "1"],
        ["X-one", "2"],
        ["Forwarded", "for=127.0.0.1"],
        ["X-Forwarded-For", "127.0.0.1"],
        ["X-Real-Ip", "127.0.0.1"],
        ["Cdn-Loop", expect.stringMatching(/^[0-9a-f]{16}-[0-9a-f]{16}$/)],
        ["opc-request-id", Object.fromEntries(received.headers)["opc-request-id"]],
        ["content-length", "3"],
      ].flat(),
      "abc",
    ]);
  });

  // "Adding Context Variables to Policies and HTTP Back End Definitions"
  test.each<[template: string, request: string, expected: string]>([
    ["/", "/v1/x", "/"],
    ["", "/v1/x?", "/?"],
    ["/u/${request.path[p]}", "/v1/a%2Fb/c/", "/u/a%2Fb/c/"],
    ["/u/${request.path[none]}/x", "/v1/a", "/u//x"],
    ["/u/${request.query[k]}", "/v1/a?K=0&k=1%20&k=2", "/u/1%20?K=0&k=1%20&k=2"],
    ["/u/${request.query[flag]}.", "/v1/a?flag", "/u/.?flag"],
    ["/u/${request.headers[X-Id]}-${request.host}", "/v1/a", "/u/7-a"],
  ])("%s for %s", async (template, request, expected) => {
    const seen: unknown[] = [];
    const origin = await startBackend((received, response) => {
      seen.push(received.url);
      response.end();
    });
    const { port } = await openPlane({ routes: [route(origin + template)] });
    const answer = await sendRaw(port, `GET ${request} HTTP/1.1\r\n${close}x-id: 7\r\nX-ID: 8\r\n\r\n`);
    if (template.includes("flag")) expect([answer.status, seen]).toEqual([400, []]);
    else expect(seen).toEqual([expected]);
  });

  test.each(["..", "%2e%2E", ".", "a?b", "a#b", "a\\b", "a b", "ä", "a/../../b"])(
    "a header's value %s must not change what the URL means",
    async (value) => {
      const { port, logged } = await openPlane({
        routes: [route("http://127.0.0.1:9/u/${request.headers[x]}")],
      });
      const answer = await sendRaw(
        port,
        Buffer.from(`GET /v1/ HTTP/1.1\r\n${close}X: ${value}\r\n\r\n`, "latin1"),
      );
      expect([answer.status, answer.body]).toEqual([400, '{"code":400,"message":"Bad Request"}']);
      expect(codes(await logged())).toEqual(["ERROR httpBackend.urlInvalid"]);
    },
  );

  test("a body streams in chunks", async () => {
    const origin = await startBackend(async (request, response) => {
      response.end(`${request.headers["transfer-encoding"]} ${await bodyOf(request)}`);
    });
    const { port } = await openPlane({ routes: [route(origin)] });
    const answer = await sendRaw(
      port,
      `POST /v1/ HTTP/1.1\r\n${close}Transfer-Encoding: chunked\r\n\r\n`,
      "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",
    );
    expect(answer.body).toBe("chunked abcde");
  });

  test.each<[request: string, expected: string]>([
    ["POST with Content-Length: 0\r\n\r\n", "POST 0 undefined "],
    ["GET with Content-Length: 3\r\n\r\nabc", "GET 3 undefined abc"],
    ["DELETE with Content-Length: 3\r\n\r\nabc", "DELETE 3 undefined abc"],
    ["POST with X: 1\r\n\r\n", "POST 0 undefined "],
    ["DELETE with X: 1\r\n\r\n", "DELETE undefined undefined "],
    ["POST with Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "POST 0 undefined "],
    ["POST with Expect: 100-continue\r\nContent-Length: 3\r\n\r\nabc", "POST 3 undefined abc"],
  ])("%j", async (request, expected) => {
    const origin = await startBackend(async (received, response) => {
      const { "content-length": length, "transfer-encoding": coding } = received.headers;
      response.end(`${received.method} ${length} ${coding} ${await bodyOf(received)}`);
    });
    const { port } = await openPlane({ routes: [route(origin)] });
    const [method, rest] = request.split(" with ");
    const answer = await sendRaw(port, `${method} /v1/a HTTP/1.1\r\n${close}${rest}`);
    expect(answer.text.endsWith(`\r\n\r\n${expected}`)).toBe(true);
  });

  test("no more than 20 MB", async () => {
    const origin = await startBackend(async (request, response) => {
      response.end(String((await bodyOf(request)).length));
    });
    const { url, port, logged } = await openPlane({ routes: [route(origin)] });
    const limit = 20 * 1024 * 1024;
    const post = (bytes: number) => fetch(`${url}/`, { method: "POST", body: Buffer.alloc(bytes) });
    expect(await (await post(limit)).text()).toBe(String(limit));
    const chunk = Buffer.concat([Buffer.from(`${(limit + 1).toString(16)}\r\n`), Buffer.alloc(limit + 1)]);
    const large = await sendRaw(
      port,
      `POST /v1/ HTTP/1.1\r\n${close}Transfer-Encoding: chunked\r\n\r\n`,
      chunk,
    );
    expect([large.status, large.body]).toEqual([413, '{"code":413,"message":"Request Entity Too Large"}']);
    const declared = await sendRaw(
      port,
      `POST /v1/ HTTP/1.1\r\n${close}Content-Length: ${limit + 1}\r\n\r\n`,
    );
    expect(declared.status).toBe(413);
    expect(codes(await logged(3)).filter((code) => code.startsWith("WARN"))).toEqual([
      "WARN request.bodyTooLarge",
      "WARN request.bodyTooLarge",
    ]);
  });
});

describe("what the client gets", () => {
  test("status, headers and body as they are, with the gateway's headers", async () => {
    const origin = await startRawBackend((socket) => {
      socket.on("data", () =>
        socket.end(
          "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nServer: mine\r\n" +
            "Connection: close, x-named\r\nX-Named: 1\r\nKeep-Alive: 1\r\nContent-Length: 3\r\n\r\nabc",
        ),
      );
    });
    const { port, logged } = await openPlane({ routes: [route(origin)] });
    const { status, headers, body } = await sendRaw(port, `GET /v1/a HTTP/1.1\r\n${close}\r\n`);
    expect([status, body]).toEqual([302, "abc"]);
    expect(headers.filter(([name]) => name !== "Date" && name !== "opc-request-id")).toEqual([
      ["Location", "/elsewhere"],
      ["Set-Cookie", "a=1"],
      ["Set-Cookie", "b=2"],
      ["Content-Length", "3"],
      ["Server", "Oracle API Gateway"],
      ["Strict-Transport-Security", "max-age=31536000"],
      ["X-Content-Type-Options", "nosniff"],
      ["X-Frame-Options", "sameorigin"],
      ["X-XSS-Protection", "1; mode=block"],
      ["Connection", "close"],
    ]);
    const events = await logged();
    expect(codes(events)).toEqual([
      "INFO httpBackend.formedBackendUrl",
      "INFO httpBackend.requestSent",
      "INFO httpBackend.responseReceived",
    ]);
    expect(events.at(-1)).toMatchObject({
      type: "access",
      status: 302,
      bodyBytesSent: 3,
      backendType: "HTTP_BACKEND",
    });
  });

  test("interim answers are passed over, HEAD keeps its length", async () => {
    const origin = await startRawBackend((socket) => {
      socket.on("data", () =>
        socket.end("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 77\r\n\r\n"),
      );
    });
    const { port } = await openPlane({ routes: [route(origin)] });
    const answer = await sendRaw(port, `HEAD /v1/a HTTP/1.1\r\n${close}\r\n`);
    expect([answer.status, answer.body]).toEqual([200, ""]);
    expect(answer.headers).toContainEqual(["Content-Length", "77"]);
  });

  test("parts as soon as they come", async () => {
    let more: (() => void) | undefined;
    const origin = await startBackend((_request, response) => {
      response.write("one");
      more = () => response.end("two");
    });
    const { url } = await openPlane({ routes: [route(origin)] });
    const reader = (await fetch(`${url}/a`)).body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe("one");
    more?.();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe("two");
    expect((await reader?.read())?.done).toBe(true);
  });

  test("a client that doesn't read holds the back end up, and is cut after the stall time", async () => {
    const total = 64 * 1024 * 1024;
    let sent = 0;
    const isCut = new Promise<void>((resolve) => {
      void startBackend((_request, response) => {
        response.on("close", resolve);
        const write = () => {
          while (sent < total) {
            sent += 65536;
            if (!response.write(Buffer.alloc(65536))) return void response.once("drain", write);
          }
          response.end();
        };
        write();
      }).then(async (origin) => {
        const { port } = await openPlane({ routes: [route(origin)], settings: { stallTimeoutInMs: 300 } });
        const socket = connect(port, "127.0.0.1");
        onTestFinished(() => void socket.destroy());
        socket.on("error", () => {}).pause();
        socket.write(`GET /v1/a HTTP/1.1\r\n${close}\r\n`);
      });
    });
    await isCut;
    expect(sent).toBeLessThan(total);
  });

  test("the back end's connection ends when the client goes away", async () => {
    const origin = await startBackend((request, response) => {
      request.socket.on("close", () => gone?.());
      response.write("one");
    });
    let gone: (() => void) | undefined;
    const isGone = new Promise<void>((resolve) => {
      gone = resolve;
    });
    const { port, logged } = await openPlane({ routes: [route(origin)] });
    const socket = connect(port, "127.0.0.1");
    socket.write("GET /v1/a HTTP/1.1\r\nHost: a\r\n\r\n");
    await once(socket, "data");
    socket.destroy();
    await isGone;
    expect(codes(await logged())).toContain("WARN request.clientEof");
  });
});

describe("back ends that fail", () => {
  const badGateway = [502, '{"code":502,"message":"Bad Gateway"}'];
  const timeout = [504, '{"code":504,"message":"Gateway Timeout"}'];
  const ask = async (url: string, more: object = {}) => {
    const plane = await openPlane({ routes: [route(url, more)] });
    const answer = await fetch(`${plane.url}/a`);
    const result = [answer.status, await answer.text()];
    return { result, events: await plane.logged() };
  };

  // "Troubleshooting API Gateway": DNS, refused, TLS → 502, time-outs → 504
  test("refused", async () => {
    const { result, events } = await ask("http://127.0.0.1:9");
    expect(result).toEqual(badGateway);
    expect(codes(events)).toEqual(["INFO httpBackend.formedBackendUrl", "ERROR httpBackend.requestError"]);
    expect(events[1]).toMatchObject({ message: "ECONNREFUSED connect ECONNREFUSED 127.0.0.1:9" });
  });

  test("a name that doesn't exist", async () => {
    expect((await ask("http://no-such-host.invalid")).result).toEqual(badGateway);
  });

  test("a back end that offers HTTP/2 is spoken to in HTTP/1.1", async () => {
    const server = createSecureServer({ cert, key, allowHTTP1: true }, ({ httpVersion }, response) => {
      response.end(httpVersion);
    });
    server.listen(0, "127.0.0.1");
    onTestFinished(() => void server.close());
    await once(server, "listening");
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect((await ask(url, { isSslVerifyDisabled: true })).result).toEqual([200, "1.1"]);
  });

  test("a certificate that nobody vouches for, unless isSslVerifyDisabled", async () => {
    const server = createHttpsServer({ cert, key }, (_request, response) => void response.end("secure"));
    server.listen(0, "127.0.0.1");
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    await once(server, "listening");
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { result, events } = await ask(url);
    expect(result).toEqual(badGateway);
    expect(events[1]).toMatchObject({
      message: expect.stringMatching(/^DEPTH_ZERO_SELF_SIGNED_CERT self-signed/),
    });
    expect((await ask(url, { isSslVerifyDisabled: true })).result).toEqual([200, "secure"]);
  });

  test("no TLS", async () => {
    const origin = await startBackend((_request, response) => void response.end());
    expect((await ask(origin.replace("http:", "https:"))).result).toEqual(badGateway);
  });

  test.each<[name: string, text: string]>([
    ["an end before the answer", ""],
    ["no HTTP", "SSH-2.0\r\n\r\n"],
    ["an answer that breaks off in the head", "HTTP/1.1 200 OK\r\nX: "],
    ["a header with a line break of its own", "HTTP/1.1 200 OK\r\nX: a\n b\r\nContent-Length: 0\r\n\r\n"],
    ["two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"],
  ])("%s", async (_name, text) => {
    const origin = await startRawBackend((socket) => void socket.on("data", () => socket.end(text)));
    const { result, events } = await ask(origin);
    expect(result).toEqual(badGateway);
    expect(codes(events).at(-1)).toBe("ERROR httpBackend.requestError");
  });

  test("a reset", async () => {
    const origin = await startRawBackend((socket) => void socket.on("data", () => socket.resetAndDestroy()));
    expect((await ask(origin)).result).toEqual(badGateway);
  });

  test("no answer within the read time-out", async () => {
    const origin = await startRawBackend(() => {});
    const { result, events } = await ask(origin, { readTimeoutInSeconds: 1 });
    expect(result).toEqual(timeout);
    expect(codes(events).at(-1)).toBe("ERROR httpBackend.requestError");
  });

  test.each<[name: string, text: string]>([
    ["a body shorter than it says", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"],
    ["chunks that break off", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"],
    ["chunks that aren't any", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n"],
  ])("%s: nobody takes it for complete", async (_name, text) => {
    const origin = await startRawBackend((socket) => void socket.on("data", () => socket.end(text)));
    const { port, logged } = await openPlane({ routes: [route(origin)] });
    const answer = await sendRaw(port, `GET /v1/a HTTP/1.1\r\n${close}\r\n`);
    expect(answer.body).not.toContain("0\r\n\r\n");
    const events = await logged();
    expect(codes(events)).toContain("ERROR httpBackend.responseBodyError");
    expect(statuses(events)).toEqual([200]);
  });

  test("a body longer than it says is cut to what it says", async () => {
    const origin = await startRawBackend((socket) => {
      socket.on("data", () => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef"));
    });
    expect((await ask(origin)).result).toEqual([200, "abc"]);
  });

  test("a back end that takes nothing of the body within the send time-out", async () => {
    const origin = await startRawBackend((socket) => void socket.pause());
    const { url } = await openPlane({ routes: [route(origin, { sendTimeoutInSeconds: 1 })] });
    const answer = await fetch(`${url}/a`, { method: "POST", body: Buffer.alloc(19 * 1024 * 1024) });
    expect([answer.status, await answer.text()]).toEqual(timeout);
  });

  test("an answer before the end of the request", async () => {
    const origin = await startRawBackend((socket) => {
      socket.once("data", () => socket.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno"));
    });
    const { port } = await openPlane({ routes: [route(origin)] });
    const answer = await sendRaw(port, `POST /v1/a HTTP/1.1\r\n${close}Content-Length: 100\r\n\r\nabc`);
    expect([answer.status, answer.body]).toEqual([403, "no"]);
  });
});

test("a route that calls itself is refused", async () => {
  const { port, put, logged } = await openPlane();
  put([route(`http://127.0.0.1:${port}/v1/again`)]);
  const answer = await fetch(`http://127.0.0.1:${port}/v1/a`);
  expect([answer.status, await answer.text()]).toEqual([508, '{"code":508,"message":"Loop Detected"}']);
  expect(codes(await logged(2))).toContain("ERROR request.loopDetected");
});
