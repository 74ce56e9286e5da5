import { describe, expect, it } from "vitest";
import type { Arguments } from "../../../functions/authorizer/arguments.ts";
import { decide } from "../../../functions/authorizer/decide.ts";
import { type AppKeys, readAppKeys } from "../../../functions/authorizer/keys.ts";
import { NonceMemory } from "../../../functions/kit/nonces.ts";
import { fingerprintOf, sha256, signatureOf } from "../../../functions/kit/signature.ts";
import { argumentsOf, nowInMs, parts, secret } from "../app-keys.ts";

const codes = { web: "code-of-web-0123456789", off: "code-of-off-0123456789", old: "code-of-old-0123456789" };
const hashed = (code: string) => ({ codeSha256: sha256(code), scopes: ["read"] });
const keys = readAppKeys(
  JSON.stringify({
    keys: [
      { id: "web", ...hashed(codes.web) },
      { id: "off", ...hashed(codes.off), isEnabled: false },
      { id: "old", ...hashed(codes.old), expiresAt: "2026-11-21T12:00:00Z" },
      { id: "erp", secret, scopes: ["read", "write"] },
      { id: "erp-off", secret: "o".repeat(32), scopes: ["read"], isEnabled: false },
      { id: "erp-old", secret: "p".repeat(32), scopes: ["read"], expiresAt: "2026-11-21T12:00:00Z" },
    ],
  }),
) as AppKeys;

const ask = (given: Arguments, at = nowInMs, nonces = new NonceMemory()) => decide(given, keys, nonces, at);
const refused = (reason: string, keyId?: string) => ({
  isIn: false,
  reason,
  ...(keyId === undefined ? {} : { keyId }),
});
const host = parts.host;

describe("a code", () => {
  it.each(["apiKey", "code"] as const)("lets in as %s", async (name) => {
    const decision = await ask({ [name]: codes.web, host });
    expect(decision).toMatchObject({ isIn: true, key: { id: "web" }, verified: "code" });
  });

  it.each([
    ["nothing", {}, refused("no_key")],
    ["a wrong one", { apiKey: `${codes.web}x` }, refused("invalid_key")],
    ["the hash itself", { apiKey: sha256(codes.web) }, refused("invalid_key")],
    ["an empty one", { code: "" }, refused("invalid_key")],
    ["a short one", { code: "a".repeat(19) }, refused("invalid_key")],
    ["a long one", { code: "a".repeat(129) }, refused("invalid_key")],
    ["an encoded one", { code: encodeURIComponent(`${codes.web} `) }, refused("invalid_key")],
    ["two headers", { apiKey: [codes.web, codes.web] }, refused("invalid_key")],
    ["header and query", { apiKey: codes.web, code: codes.web }, refused("ambiguous_key")],
    ["a disabled one", { apiKey: codes.off }, refused("disabled_key", "off")],
    ["an expired one", { apiKey: codes.old }, refused("expired_key", "old")],
  ])("refuses %s", async (_what, given, decision) => {
    expect(await ask({ ...given, host })).toEqual(decision);
  });

  it("lets in until the moment of its expiry", async () => {
    expect(await ask({ apiKey: codes.old, host }, nowInMs - 1)).toMatchObject({ isIn: true });
  });
});

describe("a signature", () => {
  it("lets in, and says for which request", async () => {
    expect(await ask(argumentsOf(parts))).toMatchObject({
      isIn: true,
      key: { id: "erp" },
      verified: fingerprintOf(parts),
    });
  });

  it("lets in whatever the case of the host", async () => {
    expect(await ask({ ...argumentsOf(parts), host: "API.Example.com" })).toMatchObject({ isIn: true });
  });

  const right = argumentsOf(parts);
  it.each([
    ["another key", { ...right, key: "erp-off" }],
    ["a key that isn't there", { ...right, key: "nobody" }],
    [
      "a key that isn't there, signed with what stands for it",
      argumentsOf({ ...parts, keyId: "nobody" }, signatureOf("0".repeat(64), { ...parts, keyId: "nobody" })),
    ],
    ["a code's key", argumentsOf({ ...parts, keyId: "web" })],
    [
      "a code's hash for a secret",
      argumentsOf({ ...parts, keyId: "web" }, signatureOf(sha256(codes.web), { ...parts, keyId: "web" })),
    ],
    ["another time", { ...right, timestamp: String(nowInMs / 1000 + 1) }],
    ["another nonce", { ...right, nonce: "fedcba9876543210" }],
    ["another method", { ...right, method: "GET" }],
    ["another host", { ...right, host: "evil.example.com" }],
    ["another path", { ...right, path: "/v1/orders" }],
    ["another body", { ...right, bodySha256: sha256("") }],
    ["another signature", { ...right, signature: "0".repeat(64) }],
    ["a signature in capitals", { ...right, signature: right.signature.toUpperCase() }],
    ["two signatures", { ...right, signature: [right.signature, right.signature] }],
    ["two paths", { ...right, path: [parts.path, "/v1/other"] }],
    ["a key id alone", { key: "erp", host }],
    ["a name of every object for a key", argumentsOf({ ...parts, keyId: "constructor" })],
    // Parts that would slide into each other in the signed text.
    ["a line end in a part", { ...right, method: "POST\napi.example.com" }],
  ])("refuses %s", async (_what, given) => {
    expect(await ask(given)).toEqual(refused("invalid_key"));
  });

  it.each(["key", "timestamp", "nonce", "method", "path", "bodySha256", "signature", "host"] as const)(
    "refuses one without %s",
    async (name) => {
      const { [name]: _, ...rest } = right;
      expect(await ask(rest)).toEqual(refused("invalid_key"));
    },
  );

  it.each(["apiKey", "code"] as const)("refuses one beside a right %s", async (name) => {
    expect(await ask({ ...right, [name]: codes.web })).toEqual(refused("ambiguous_key"));
    expect(await ask({ nonce: parts.nonce, [name]: codes.web })).toEqual(refused("ambiguous_key"));
  });

  it("refuses disabled and expired keys", async () => {
    const by = (keyId: string, letter: string) => {
      const signed = { ...parts, keyId };
      return ask(argumentsOf(signed, signatureOf(letter.repeat(32), signed)));
    };
    expect(await by("erp-off", "o")).toEqual(refused("disabled_key", "erp-off"));
    expect(await by("erp-old", "p")).toEqual(refused("expired_key", "erp-old"));
  });

  it("refuses a time more than a minute away", async () => {
    const at = (seconds: number) => ask(right, nowInMs + 1000 * seconds);
    expect([(await at(-60)).isIn, (await at(60)).isIn]).toEqual([true, true]);
    expect(await at(-61)).toEqual(refused("clock_skew", "erp"));
    expect(await at(61)).toEqual(refused("clock_skew", "erp"));
  });

  it("refuses a copy as long as its time counts", async () => {
    const nonces = new NonceMemory();
    expect((await ask(right, nowInMs - 60_000, nonces)).isIn).toBe(true);
    expect(await ask(right, nowInMs + 60_000, nonces)).toEqual(refused("replayed_nonce", "erp"));
    expect(await ask(right, nowInMs + 61_000, nonces)).toEqual(refused("clock_skew", "erp"));
  });

  it("a wrong signature uses up nobody's nonce", async () => {
    const nonces = new NonceMemory();
    expect(await ask({ ...right, signature: "0".repeat(64) }, nowInMs, nonces)).toEqual(
      refused("invalid_key"),
    );
    expect((await ask(right, nowInMs, nonces)).isIn).toBe(true);
  });

  it("refuses what it can't remember", async () => {
    expect(await ask(right, nowInMs, new NonceMemory(0))).toEqual(refused("too_many_requests", "erp"));
  });
});
