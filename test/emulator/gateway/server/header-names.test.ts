import { validateHeaderValue } from "node:http";
import { describe, expect, test } from "vitest";
import { headerName } from "../../../../emulator/gateway/server/header-names.ts";
import { areValid, endToEnd, forClient } from "../../../../emulator/gateway/server/headers.ts";

describe("what is known of a header by its name", () => {
  test.each([
    ["X-Real-Ip", { key: "x-real-ip", canonical: "X-Real-Ip", isValid: true }],
    ["x-REAL-ip", { key: "x-real-ip", canonical: "X-Real-Ip", isValid: true }],
    ["a-1b-c", { key: "a-1b-c", canonical: "A-1b-C", isValid: true }],
    ["a b", { key: "a b", canonical: "A b", isValid: false }],
    ["", { key: "", canonical: "", isValid: false }],
    ["constructor", { key: "constructor", canonical: "Constructor", isValid: true }],
  ])("%j", (name, expected) => {
    expect(headerName(name)).toEqual({ name, isHopByHop: false, isOfGateway: false, ...expected });
  });

  // RFC 9110, section 7.6.1; the Fn project's `runner_httptrigger.go`
  test.each([
    "Connection",
    "proxy-connection",
    "KEEP-ALIVE",
    "Proxy-Authenticate",
    "Proxy-Authorization",
    "TE",
    "Trailer",
    "Transfer-Encoding",
    "Upgrade",
  ])("%s is of one connection", (name) => {
    expect(headerName(name).isHopByHop).toBe(true);
  });

  test("stays right when more names come than are kept", () => {
    for (let count = 0; count < 2500; count++) headerName(`x-${count}`);
    expect(headerName("x-0").key).toBe("x-0");
    expect(headerName("Te").isHopByHop).toBe(true);
    expect(headerName("Opc-Request-Id").isOfGateway).toBe(true);
  });
});

test("what Connection names goes no further, also when it says keep-alive too", () => {
  const headers = [
    ["Connection", "keep-alive, X-a"],
    ["X-A", "1"],
    ["X-B", "2"],
    ["TE", "trailers"],
    ["te", "gzip"],
    ["Server", "nginx"],
  ] as const;
  expect(endToEnd(headers)).toEqual([
    ["X-B", "2"],
    ["TE", "trailers"],
    ["Server", "nginx"],
  ]);
  expect(forClient(headers)).toEqual(["X-B", "2", "TE", "trailers"]);
  expect(endToEnd([["connection", "keep-alive"], ...headers.slice(1)])).toEqual(
    headers.slice(1).filter(([name]) => name !== "te"),
  );
});

test("values are valid that node:http takes", () => {
  for (let code = 0; code < 0x200; code++) {
    const value = `a${String.fromCharCode(code)}`;
    expect({ code, isValid: areValid([["X-A", value]]) }).toEqual({ code, isValid: isTaken(value) });
  }
  expect(areValid([["X A", "b"]])).toBe(false);
});

function isTaken(value: string): boolean {
  try {
    validateHeaderValue("X-A", value);
    return true;
  } catch {
    return false;
  }
}
