import { describe, expect, test } from "vitest";
import type { FunctionResult, HeaderList } from "../../../emulator/runtime/types.ts";
import { functionBackend, functionId, openPlane, sendRaw, startBackend, startRawBackend } from "./harness.ts";
import { claims, pair, sign, staticAuthentication } from "./tokens/fixtures.ts";

type Given = Parameters<typeof openPlane>[0];

const stock = { type: "STOCK_RESPONSE_BACKEND", status: 200 };
const close = "Host: a.example.com\r\nConnection: close\r\n";
const get = (target: string, headers = "") => `GET ${target} HTTP/1.1\r\n${close}${headers}\r\n`;
const post = (headers: string, body = "") => `POST /v1/a HTTP/1.1\r\n${close}${headers}\r\n${body}`;
const routed = (backend: object, more: object = {}): Given => ({
  routes: [{ path: "/a", backend, ...more }],
});
const answering = (headers: HeaderList): Given => ({
  ...routed(functionBackend),
  invoke: (): FunctionResult => ({ kind: "answer", headers, body: Buffer.from("") }),
});

/** What the execution log says of one request. */
async function linesOf(given: Given, ...request: string[]): Promise<string[]> {
  const { port, logged } = await openPlane(given);
  await sendRaw(port, ...request);
  return (await logged()).flatMap((event) =>
    event.type === "execution" ? [`${event.level} ${event.code}: ${event.message}`] : [],
  );
}

// Levels and codes: "API Gateway log details"; the messages are the emulator's
describe("of functions", () => {
  test.each<[string, Given, string[], string]>([
    [
      "an answer",
      answering([["Fn-Http-Status", "201"]]),
      [get("/v1/a")],
      `INFO functionBackend.successfulRequest: ${functionId} answered 201`,
    ],
    [
      "a status that is none",
      answering([["Fn-Http-Status", "600"]]),
      [get("/v1/a")],
      `ERROR functionBackend.badResponse: ${functionId}: its status or a header is not valid in HTTP`,
    ],
    [
      "a body that is too large, as it says",
      routed(functionBackend),
      [post("Content-Length: 6291457\r\n")],
      "WARN request.bodyTooLarge: the request's body is 6291457 bytes long; allowed are 6291456",
    ],
    [
      "a body that is too large, as it shows",
      routed(functionBackend),
      [post("Transfer-Encoding: chunked\r\n"), `600001\r\n${"a".repeat(0x600001)}`],
      "WARN request.bodyTooLarge: the request's body is longer than 6291456 bytes",
    ],
  ])("%s", async (_, given, request, line) => {
    expect(await linesOf(given, ...request)).toEqual([line]);
  });

  test("the largest status is one", async () => {
    const line = `INFO functionBackend.successfulRequest: ${functionId} answered 599`;
    expect(await linesOf(answering([["Fn-Http-Status", "599"]]), get("/v1/a"))).toEqual([line]);
  });

  test("a header that begins like the content's length is the function's own", async () => {
    const { url } = await openPlane(answering([["Fn-Http-H-Content-Length-Of-Old", "7"]]));
    expect((await fetch(`${url}/a`)).headers.get("content-length-of-old")).toBe("7");
  });
});

describe("of HTTP back ends", () => {
  test("the URL, the request and the answer", async () => {
    const origin = await startBackend((_, response) => void response.writeHead(418).end());
    expect(await linesOf(routed({ type: "HTTP_BACKEND", url: `${origin}/b` }), get("/v1/a?c=d"))).toEqual([
      `INFO httpBackend.formedBackendUrl: ${origin}/b?c=d`,
      `INFO httpBackend.requestSent: GET ${origin}/b?c=d`,
      "INFO httpBackend.responseReceived: the back end answered 418",
    ]);
  });

  test("a body that is too large, as it says: the back end hears nothing of it", async () => {
    const given = routed({ type: "HTTP_BACKEND", url: "http://127.0.0.1:9" });
    expect(await linesOf(given, post("Content-Length: 20971521\r\n"))).toEqual([
      "WARN request.bodyTooLarge: the request's body is 20971521 bytes long; allowed are 20971520",
    ]);
  });

  test("an answer that breaks off", async () => {
    const origin = await startRawBackend((socket) => {
      socket.on("data", () => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\na"));
    });
    const lines = await linesOf(routed({ type: "HTTP_BACKEND", url: origin }), get("/v1/a"));
    expect(lines.slice(2)).toEqual([
      "INFO httpBackend.responseReceived: the back end answered 200",
      expect.stringMatching(/^ERROR httpBackend\.responseBodyError: UND_ERR_SOCKET /),
      "WARN request.clientEof: the connection ended before the answer did",
    ]);
  });

  test("a value that would change the path", async () => {
    const given = routed({ type: "HTTP_BACKEND", url: "http://a/${request.query[p]}" });
    expect(await linesOf(given, get("/v1/a?p=../b"))).toEqual([
      'ERROR httpBackend.urlInvalid: the back end\'s path would be "/../b"',
    ]);
  });
});

describe("of dynamic routing", () => {
  const routing = (keys: object[], backend: object = stock) =>
    routed({
      type: "DYNAMIC_ROUTING_BACKEND",
      selectionSource: { type: "SINGLE", selector: "request.query[to]" },
      routingBackends: keys.map((key) => ({ key, backend })),
    });
  const one = { type: "ANY_OF", name: "first", values: ["x", "a b"] };
  const rule = 'rule "first" chose a back end of type STOCK_RESPONSE_BACKEND';

  test.each<[string, object[], string]>([
    ["to=x", [one], `INFO dynamicRouting.backendMatched: ${rule}`],
    ["to=y", [{ ...one, isDefault: true }], `INFO dynamicRouting.defaultBackendMatched: ${rule}`],
    ["to=y", [one], "WARN dynamicRouting.backendRejected: no rule matches request.query[to]"],
  ])("%s", async (query, keys, line) => {
    expect(await linesOf(routing(keys), get(`/v1/a?${query}`))).toEqual([line]);
  });

  test.each([
    ["a%20b", "\"a%20b\" can't be part of the back end's host"],
    ["", "\"\" can't be part of the back end's host"],
    ["1.2.3.400", 'the back end would be "http://1.2.3.400"'],
  ])("a host of %j", async (value, message) => {
    const key = { type: "WILDCARD", name: "any", expression: "*x", isDefault: true };
    const given = routing([key], { type: "HTTP_BACKEND", url: "http://${request.query[to]}" });
    const lines = await linesOf(given, get(`/v1/a?to=${value}`));
    expect(lines[1]).toBe(`ERROR httpBackend.urlInvalid: ${message}`);
  });
});

describe("of who sends a request", () => {
  const authentication = staticAuthentication();
  const withToken = (token: string) => get("/v1/a", `Authorization: Bearer ${token}\r\n`);
  const valid = "INFO tokenAuthentication.successfulAuthentication: the token is valid";

  test("a token's scopes", async () => {
    const authorization = { type: "ANY_OF", allowedScope: ["read", "write"] };
    const given = {
      ...routed(stock, { requestPolicies: { authorization } }),
      specification: { requestPolicies: { authentication } },
    };
    const message = "the request has none of the scopes read, write";
    expect(await linesOf(given, withToken(sign(claims())))).toEqual([
      valid,
      `WARN authorization.unauthorizedRequest: ${message}`,
    ]);
  });

  test("a token that is bad", async () => {
    const given = { ...routed(stock), specification: { requestPolicies: { authentication } } };
    const detail = "the token: signature verification failed";
    expect(await linesOf(given, withToken(sign(claims(), { by: pair("stranger") })))).toEqual([
      `WARN tokenAuthentication.authenticationFailed: ${detail}`,
    ]);
  });

  const dynamic = (selector: string) => ({
    ...routed(stock),
    specification: {
      requestPolicies: {
        dynamicAuthentication: {
          selectionSource: { type: "SINGLE", selector },
          authenticationServers: [
            {
              key: { type: "ANY_OF", name: "ours", values: ["https://idp.example.com"] },
              authenticationServerDetail: authentication,
            },
          ],
        },
      },
    },
  });
  const code = (name: string) => `WARN dynamicAuthentication.${name}`;
  test.each([
    ["no token", "", `${code("jwtTokenNotFound")}: the request has no header Authorization`],
    [
      "no JSON web token",
      "Authorization: Bearer a.b\r\n",
      `${code("jwtTokenInvalid")}: the token isn't a signed JSON web token`,
    ],
    [
      "another's token",
      `Authorization: Bearer ${sign(claims({ iss: "https://a" }))}\r\n`,
      `${code("noAuthenticationServerMatched")}: no authentication server matched the request and no default is specified`,
    ],
  ])("%s, where its issuer chooses the server", async (_, header, line) => {
    expect(await linesOf(dynamic("request.auth[iss]"), get("/v1/a", header))).toEqual([line]);
  });

  test("a token whose issuer has chosen its server", async () => {
    expect(await linesOf(dynamic("request.auth[iss]"), withToken(sign(claims())))).toEqual([
      "INFO dynamicAuthentication.authenticationServerMatched: rule ours",
      valid,
    ]);
  });
});

test("of a request that comes by again", async () => {
  const { port, url, calls, logged } = await openPlane({
    routes: ["/a", "/b"].map((path) => ({ path, backend: functionBackend })),
  });
  await fetch(`${url}/a`);
  const token = Object.fromEntries(calls[0]?.headers ?? [])["Fn-Http-H-Cdn-Loop"];
  for (const path of ["/a", "/b"]) await sendRaw(port, get(`/v1${path}`, `CDN-Loop: ${token}\r\n`));
  const lines = (await logged(3)).flatMap((event) =>
    event.type === "execution" && event.level !== "INFO"
      ? [`${event.level} ${event.code}: ${event.message}`]
      : [],
  );
  expect(lines).toEqual([
    "ERROR request.loopDetected: the request has been at route /a before",
    "WARN request.possibleLoopDetected: the request has been at this gateway before",
  ]);
});
