import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  fingerprintOf,
  hasForm,
  isSame,
  isTimely,
  sha256,
  signatureOf,
  stringToSign,
} from "../../functions/kit/signature.ts";
import { parts, secret } from "./app-keys.ts";

const text = [
  "APP-KEY-HMAC-SHA256",
  "erp",
  "1795262400",
  "0123456789abcdef",
  "POST",
  "api.example.com",
  "/v1/orders?draft=1",
  "fce8be9db0a6e9ef43ce1b2fb46a60b95bb0bf41a3fc02b85f2f60e83ec5c5c1",
].join("\n");

describe("the signed text", () => {
  it("has one part a line, and no line end at its end", () => {
    const bodySha256 = "fce8be9db0a6e9ef43ce1b2fb46a60b95bb0bf41a3fc02b85f2f60e83ec5c5c1";
    expect(stringToSign({ ...parts, bodySha256 })).toBe(text);
  });

  it("is what the signature and the fingerprint are of", () => {
    const given = stringToSign(parts);
    expect(signatureOf(secret, parts)).toBe(createHmac("sha256", secret).update(given).digest("hex"));
    expect(fingerprintOf(parts)).toBe(sha256(given));
  });

  it.each(Object.keys(parts) as (keyof typeof parts)[])("changes with %s", (part) => {
    expect(stringToSign({ ...parts, [part]: `${parts[part]}1` })).not.toBe(stringToSign(parts));
  });
});

it("hashes as everybody does: the empty text of FIPS 180-4", () => {
  expect(sha256("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});

describe("hasForm", () => {
  it.each([
    ["keyId", "a.b_c-9", true],
    ["keyId", "a".repeat(64), true],
    ["keyId", "a".repeat(65), false],
    ["keyId", "", false],
    ["keyId", "a b", false],
    ["timestamp", "1795262400", true],
    ["timestamp", "1795262400.5", false],
    ["timestamp", "-1", false],
    ["timestamp", "1e9", false],
    ["timestamp", "123456789012", false],
    ["nonce", "a".repeat(16), true],
    ["nonce", "a".repeat(15), false],
    ["nonce", "a".repeat(64), true],
    ["nonce", "a".repeat(65), false],
    ["method", "GET", true],
    ["method", "get", false],
    ["host", "127.0.0.1:8080", true],
    ["host", "a b", false],
    ["path", "/", true],
    ["path", "/a%20b/?x=1&y", true],
    ["path", "orders", false],
    ["path", "/a b", false],
    ["bodySha256", "a".repeat(64), true],
    ["bodySha256", "A".repeat(64), false],
    ["signature", "a".repeat(63), false],
    ["keyId", ["erp", "erp"], false],
    ["keyId", undefined, false],
  ] as const)("%s %j: %s", (part, value, isRight) => {
    expect(hasForm(part, value)).toBe(isRight);
  });

  it.each(["keyId", "timestamp", "nonce", "method", "host", "path", "bodySha256", "signature"] as const)(
    "no %s holds a line end",
    (part) => {
      const right = { ...parts, signature: "a".repeat(64) }[part];
      expect([hasForm(part, right), hasForm(part, `${right}\n`), hasForm(part, `\n${right}`)]).toEqual([
        true,
        false,
        false,
      ]);
    },
  );
});

it("compares texts of any length", () => {
  expect([isSame("a", "a"), isSame("a", "b"), isSame("a", "aa"), isSame("", "")]).toEqual([
    true,
    false,
    false,
    true,
  ]);
});

it("is timely up to the skew, before and after", () => {
  const at = (seconds: number) => isTimely("1000", seconds * 1000, 60);
  expect([939, 940, 1000, 1060, 1061].map(at)).toEqual([false, true, true, true, false]);
});
