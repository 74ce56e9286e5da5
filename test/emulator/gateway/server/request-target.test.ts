import { describe, expect, test } from "vitest";
import { createRequestId, randomHex } from "../../../../emulator/gateway/server/request-id.ts";
import { isHost, readTarget } from "../../../../emulator/gateway/server/request-target.ts";

// RFC 9112, "HTTP/1.1", section 3.2
test.each<[string, string, string | undefined]>([
  ["/a?b", "/a?b", undefined],
  ["//a/b", "//a/b", undefined],
  ["*", "*", undefined],
  ["a:80", "a:80", undefined],
  ["http://a", "/", "a"],
  ["HTTPS://a:8/b?c", "/b?c", "a:8"],
  ["http://a?b", "/?b", "a"],
  ["http://a#b", "/#b", "a"],
  ["http://a/b\nc", "/b\nc", "a"],
  ["http:///a", "http:///a", undefined],
  ["xhttp://a/b", "xhttp://a/b", undefined],
  ["ftp://a/b", "ftp://a/b", undefined],
])("%s asks for %s of %s", (url, target, authority) => {
  expect(readTarget(url)).toEqual({ target, authority });
});

describe("the value of Host", () => {
  // RFC 9110, "HTTP Semantics", section 7.2; RFC 3986: host and port
  test.each([
    "",
    "a",
    "a.b-c_d~e",
    "a:80",
    "a:",
    ":80",
    "[::1]",
    "[::1]:80",
    "%41",
    "a!$&'()*+,;=b",
    "1.2.3.4",
  ])("%s", (text) => {
    // Twice: the last one is known.
    expect([isHost(text), isHost(text)]).toEqual([true, true]);
  });

  test.each([
    "a b",
    "a/b",
    "a@b",
    "a:b",
    "a:80:90",
    "[::1",
    "::1",
    "[g]",
    "%4",
    "%zz",
    "ä",
    "a\n",
    "a?",
    "[::1]a",
    "a[::1]",
  ])("%j isn't one", (text) => {
    expect(isHost(text)).toBe(false);
  });
});

describe("a request's id", () => {
  test("is two parts of 32 digits, each time others", () => {
    const ids = Array.from({ length: 200 }, () => createRequestId(undefined));
    for (const id of ids) expect(id).toMatch(/^\/[0-9A-F]{32}\/[0-9A-F]{32}$/);
    expect(new Set(ids.flatMap((id) => id.slice(1).split("/"))).size).toBe(400);
  });

  test.each([
    ["abc", "abc"],
    ["/ABC/DEF", "ABC"],
    ["a-_.:9", "a-_.:9"],
    ["a b", "a"],
    ["", ""],
    [" a", ""],
    ["//a", ""],
    ["<a>", ""],
    ["a".repeat(129), "a".repeat(128)],
  ])("of the client %j begins with %j", (ofClient, first) => {
    expect(createRequestId(ofClient)).toMatch(
      new RegExp(`^${first.replaceAll(".", "\\.")}/[0-9A-F]{32}/[0-9A-F]{32}$`),
    );
  });

  test("random digits are as many as asked for, however many were taken", () => {
    const lengths = Array.from({ length: 1000 }, (_, index) => 1 + (index % 16));
    const all = lengths.map((bytes) => randomHex(bytes));
    expect(all.map((digits) => digits.length / 2)).toEqual(lengths);
    expect(all.every((digits) => /^[0-9A-F]+$/.test(digits))).toBe(true);
    const long = all.filter(({ length }) => length >= 16);
    expect(new Set(long).size).toBe(long.length);
  });
});
