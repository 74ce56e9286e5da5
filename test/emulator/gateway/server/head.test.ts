import type { IncomingMessage } from "node:http";
import { describe, expect, test } from "vitest";
import { readHead } from "../../../../emulator/gateway/server/head.ts";

/** A request as Node has read it. */
const request = (headers: string[], more: Partial<IncomingMessage> = {}) =>
  ({ method: "GET", url: "/a", httpVersion: "1.1", rawHeaders: headers, ...more }) as IncomingMessage;
const read = (headers: string[], more: Partial<IncomingMessage> = {}) =>
  readHead(request(headers, more)).head;
const faultOf = (headers: string[], more: Partial<IncomingMessage> = {}) => {
  const { fault } = readHead(request(headers, more));
  return fault && `${fault.error}: ${fault.message}`;
};
const host = ["Host", "a"];

describe("a request's head", () => {
  test("as it is", () => {
    const headers = ["Host", "a", "X-A", "1", "x-a", "2", "Content-Length", "3"];
    expect(readHead(request(headers, { method: "POST", url: "/a/b?c=d?e" }))).toEqual({
      head: {
        method: "POST",
        target: "/a/b?c=d?e",
        path: "/a/b",
        query: "c=d?e",
        headers: [
          ["Host", "a"],
          ["X-A", "1"],
          ["x-a", "2"],
          ["Content-Length", "3"],
        ],
        first: new Map([
          ["host", "a"],
          ["x-a", "1"],
          ["content-length", "3"],
        ]),
        body: { hasBody: true, lengthInBytes: 3 },
        asksForUpgrade: false,
      },
      fault: undefined,
    });
  });

  test.each<[string[], object]>([
    [[], { hasBody: false, lengthInBytes: undefined }],
    [["Content-Length", "0"], { hasBody: false, lengthInBytes: 0 }],
    [["Content-Length", "1"], { hasBody: true, lengthInBytes: 1 }],
    [["Transfer-Encoding", "chunked"], { hasBody: true, lengthInBytes: undefined }],
  ])("with %j has the body %j", (headers, body) => {
    expect(read([...host, ...headers]).body).toEqual(body);
  });

  test.each<[string, string, string | undefined]>([
    ["/a", "/a", undefined],
    ["/a?", "/a", ""],
    ["/?b", "/", "b"],
    ["http://b:8/c?d", "/c", "d"],
    ["HTTPS://b", "/", undefined],
    ["http://b?d", "/", "d"],
  ])("of %s has the path %s and the query %s", (url, path, query) => {
    expect(read(host, { url })).toMatchObject({ path, query });
  });

  // RFC 9112, section 3.2.2: the host of a whole URL is the request's
  test.each([
    [["Host", "a"], [["Host", "b:8"]]],
    [
      ["X", "1"],
      [
        ["X", "1"],
        ["Host", "b:8"],
      ],
    ],
    [
      ["HOST", "a", "X", "1"],
      [
        ["HOST", "b:8"],
        ["X", "1"],
      ],
    ],
  ])("of a whole URL with %j has its host", (headers, left) => {
    const head = read(headers, { url: "http://b:8/c" });
    expect([head.headers, head.first.get("host")]).toEqual([left, "b:8"]);
  });

  // RFC 9110, section 7.6.1: what Connection names is this connection's
  test.each<[string[], string[]]>([
    [
      ["Connection", "keep-alive", "X-A", "1"],
      ["Connection", "X-A"],
    ],
    [
      ["Connection", "X-A", "X-A", "1", "x-a", "2", "X-B", "1"],
      ["Connection", "X-B"],
    ],
    [["Connection", "close,  x-a , X-B", "X-A", "1", "X-B", "1"], ["Connection"]],
    [
      ["Connection", "x-a", "Connection", "x-b", "X-A", "1", "X-B", "1"],
      ["Connection", "Connection"],
    ],
    [
      ["connection", "Host, TE, Forwarded, X-Forwarded-For", "TE", "a", "Forwarded", "b"],
      ["connection", "TE", "Forwarded"],
    ],
  ])("%j keeps %j", (headers, names) => {
    const head = read([...host, ...headers]);
    expect(head.headers.map(([name]) => name)).toEqual(["Host", ...names]);
    expect(new Set(head.first.keys())).toEqual(new Set(["host", ...names.map((name) => name.toLowerCase())]));
  });

  test.each<[string[], boolean]>([
    [["Connection", "Upgrade", "Upgrade", "h2c"], true],
    [["Connection", "keep-alive, upgrade", "Upgrade", "h2c"], true],
    [["Connection", "keep-alive", "Upgrade", "h2c"], false],
    [["Connection", "Upgrade"], false],
    [["Connection", "upgraded", "Upgrade", "h2c"], false],
  ])("with %j asks for another protocol: %j", (headers, asks) => {
    expect(read([...host, ...headers]).asksForUpgrade).toBe(asks);
  });
});

describe("what is wrong with it", () => {
  const path = (of: string) => `unsafePath: the request's path ${JSON.stringify(of)}`;

  test.each<[string[], Partial<IncomingMessage>, string | undefined]>([
    [host, {}, undefined],
    [host, { httpVersion: "1.0" }, undefined],
    [[], { httpVersion: "1.0" }, undefined],
    [[], {}, "malformedRequest: the request has 0 Host headers"],
    [["Host", "a", "host", "a"], {}, "malformedRequest: the request has 2 Host headers"],
    [["Host", "a b"], {}, 'malformedRequest: Host is "a b"'],
    [["Host", ""], {}, undefined],
    [host, { url: "http://b@c/" }, 'malformedRequest: Host is "b@c"'],
    [["Host", "a b"], { url: "http://c/" }, 'malformedRequest: Host is "a b"'],
    [host, { httpVersion: "2.0" }, "malformedRequest: the request is of version 2.0"],
    [[...host, "Transfer-Encoding", "Chunked"], {}, undefined],
    [
      [...host, "Transfer-Encoding", "gzip", "Transfer-Encoding", "chunked"],
      {},
      "malformedRequest: Transfer-Encoding gzip,chunked in HTTP/1.1",
    ],
    [
      [...host, "Transfer-Encoding", "chunked"],
      { httpVersion: "1.0" },
      "malformedRequest: Transfer-Encoding chunked in HTTP/1.0",
    ],
    [host, { method: "TRACE" }, "methodNotAllowed: method TRACE"],
    [host, { method: "OPTIONS", url: "*" }, path("*")],
    [host, { url: "a" }, path("a")],
    [host, { url: "/a/../b" }, path("/a/../b")],
    [host, { url: "/a?b#c" }, path("/a")],
    [host, { url: "/a?b\\c" }, path("/a")],
    [host, { url: "/a?ä" }, path("/a")],
    [host, { url: "/a?!~" }, undefined],
  ])("%j, %j: %s", (headers, more, fault) => {
    expect(faultOf(headers, more)).toBe(fault);
  });

  test.each(["HEAD", "GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])("%s is a method", (method) => {
    expect(faultOf(host, { method })).toBeUndefined();
  });

  // "API Gateway Internal Limits": request line and headers of 8 KB
  test("more than 8 KB, counted as sent", () => {
    const of = (bytes: number) => {
      const rest = "POST /a HTTP/1.1\r\nHost: a\r\nX-A: \r\n\r\n".length;
      return faultOf([...host, "X-A", "a".repeat(bytes - rest)], { method: "POST" });
    };
    expect([of(8192), of(8193)]).toEqual([
      undefined,
      "headTooLarge: request line and headers are 8193 bytes long",
    ]);
  });
});
