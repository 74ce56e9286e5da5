import { describe, expect, test } from "vitest";
import { readAuthorizerResult } from "../../../../emulator/gateway/policies/authentication/authorizer-result.ts";
import { turn } from "../switch.ts";

const now = Date.parse("2026-01-01T00:00:00Z");
const read = (result: unknown) =>
  readAuthorizerResult(Buffer.from(typeof result === "string" ? result : JSON.stringify(result)), now);
const nobody = { auth: new Map(), scopes: new Set() };

// "Creating an Authorizer Function"
describe("an authorizer's result", () => {
  test("that lets in", () => {
    const result = {
      active: true,
      principal: "https://example.com/users/ann",
      scope: ["read", "write"],
      clientId: "shop",
      expiresAt: "2026-01-01T00:10:00Z",
      context: { email: "ann@example.com", age: 7 },
    };
    expect(read(result)).toEqual({
      isActive: true,
      identity: {
        auth: new Map([
          ["principal", "https://example.com/users/ann"],
          ["scope", '["read","write"]'],
          ["clientId", "shop"],
          ["expiresAt", "2026-01-01T00:10:00Z"],
          ["email", "ann@example.com"],
          ["age", "7"],
        ]),
        scopes: new Set(["read", "write"]),
      },
      wwwAuthenticate: undefined,
      untilInMs: now + 600_000,
    });
  });

  test("that refuses", () => {
    expect(read({ active: false, wwwAuthenticate: 'Bearer realm="a"', more: 1 })).toEqual({
      isActive: false,
      identity: nobody,
      wwwAuthenticate: 'Bearer realm="a"',
      untilInMs: now + 60_000,
    });
  });

  test.each<[unknown, boolean]>([
    [{}, false],
    [{ active: null }, false],
    [{ active: true, scope: null, context: null }, true],
    [{ active: true, principal: null }, true],
  ])("as little as it may hold: %j", (result, isActive) => {
    expect(read(result)).toMatchObject({ isActive, identity: nobody });
  });

  test.each<[unknown]>([
    [""],
    ["{"],
    ["null"],
    ["7"],
    ['"active"'],
    ["[]"],
    [{ active: "true" }],
    [{ active: 1 }],
    [{ active: true, scope: 7 }],
    [{ active: true, scope: ["read", 7] }],
    [{ active: true, context: "a" }],
    [{ active: true, context: ["a"] }],
    [{ active: true, context: 7 }],
  ])("that is malformed: %j", (result) => {
    expect(read(result)).toBeUndefined();
  });

  test.each<[unknown, string | undefined]>([
    ["Basic", "Basic"],
    ["", undefined],
    [7, undefined],
    ["a\r\nb", undefined],
    [undefined, undefined],
  ])("with wwwAuthenticate %j challenges with %s", (wwwAuthenticate, challenge) => {
    expect(read({ active: false, wwwAuthenticate })?.wwwAuthenticate).toBe(challenge);
  });

  // At least one minute, at most one hour
  test.each<[unknown, number]>([
    [undefined, 60],
    ["soon", 60],
    [now + 600_000, 60],
    [2027, 60],
    ["2025-12-31T00:00:00Z", 60],
    ["2026-01-01T00:00:59Z", 60],
    ["2026-01-01T00:01:01Z", 61],
    ["2026-01-01T00:59:59Z", 3599],
    ["2026-01-01T01:00:00Z", 3600],
    ["2026-01-01T02:00:00Z", 3600],
  ])("with expiresAt %j is remembered for %i seconds", (expiresAt, seconds) => {
    expect(read({ active: true, expiresAt })?.untilInMs).toBe(now + 1000 * seconds);
  });

  test("of more than 64 KB isn't remembered", () => {
    const sized = (bytes: number) => {
      const rest = JSON.stringify({ active: true, context: { a: "" } }).length;
      return read({ active: true, context: { a: "a".repeat(bytes - rest) } })?.untilInMs;
    };
    expect([sized(65_536), sized(65_537)]).toEqual([now + 60_000, now]);
  });

  test("its context wins over its own fields, or loses", () => {
    const result = { active: true, principal: "own", context: { principal: "context" } };
    expect(read(result)?.identity.auth.get("principal")).toBe("context");
    turn({ authorizerContext: "loses" });
    expect(read(result)?.identity.auth.get("principal")).toBe("own");
  });
});
