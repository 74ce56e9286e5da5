import { describe, expect, it } from "vitest";
import { argumentSources, readArguments } from "../../../functions/authorizer/arguments.ts";
import { answer, authorizer } from "../../../functions/authorizer/handler.ts";
import { type AppKeys, readAppKeys } from "../../../functions/authorizer/keys.ts";
import { toRequest } from "../../../functions/kit/request.ts";
import { fingerprintOf, sha256 } from "../../../functions/kit/signature.ts";
import { argumentsOf, nowInMs, parts, secret } from "../app-keys.ts";

const code = "code-of-web-0123456789";
const keys = readAppKeys(
  JSON.stringify({
    keys: [
      { id: "web", codeSha256: sha256(code), scopes: ["read"] },
      { id: "erp", secret, scopes: ["read", "write"] },
    ],
  }),
) as AppKeys;

/** Calls of one instance, each with the gateway's body. */
function instance() {
  const lines: string[] = [];
  const handle = authorizer(keys, { nowInMs: () => nowInMs, log: (line) => lines.push(line) });
  const call = async (data: unknown) => {
    const body = Buffer.from(JSON.stringify({ type: "USER_DEFINED", data }));
    const response = await handle(toRequest(body, { "Content-Type": ["application/json"] }));
    return { ...response, body: JSON.parse(response.body.toString()) };
  };
  return { call, lines };
}

describe("authorizer", () => {
  // "Creating an Authorizer Function"
  it("answers a code as the gateway wants it", async () => {
    expect(await instance().call({ apiKey: code, host: "h" })).toEqual({
      status: 200,
      headers: { "content-type": "application/json" },
      body: {
        active: true,
        principal: "web",
        scope: ["read"],
        expiresAt: "2026-11-21T12:01:00.000Z",
        context: { keyId: "web", verified: "code" },
      },
    });
  });

  it("answers a signature with what it was for", async () => {
    expect((await instance().call(argumentsOf(parts))).body).toEqual({
      active: true,
      principal: "erp",
      scope: ["read", "write"],
      expiresAt: "2026-11-21T12:01:00.000Z",
      context: { keyId: "erp", verified: fingerprintOf(parts) },
    });
  });

  it("remembers nonces from call to call", async () => {
    const { call, lines } = instance();
    await call(argumentsOf(parts));
    const copy = await call(argumentsOf(parts));
    expect([copy.status, copy.body]).toEqual([
      200,
      { active: false, wwwAuthenticate: 'AppKey error="replayed_nonce"' },
    ]);
    expect(lines).toEqual(['{"event":"refused","reason":"replayed_nonce","keyId":"erp"}']);
  });

  it("challenges who shows nothing", async () => {
    expect((await instance().call({ host: "h" })).body).toEqual({ active: false, wwwAuthenticate: "AppKey" });
  });

  it("logs a line for each refusal, with nothing that the client has sent", async () => {
    const { call, lines } = instance();
    await call({ apiKey: "hush-hush-hush-hush-hush", host: "h" });
    await call({ ...argumentsOf(parts), key: "hush" });
    await call({ apiKey: code, host: "h" });
    const line = '{"event":"refused","reason":"invalid_key"}';
    expect(lines).toEqual([line, line]);
  });

  it("a result doesn't outlast its key", () => {
    const key = { id: "k", codeSha256: "", scopes: ["a"], isEnabled: true, expiresAtInMs: nowInMs + 5000 };
    const { body } = answer({ isIn: true, key, verified: "code" }, nowInMs);
    expect(JSON.parse(body.toString()).expiresAt).toBe("2026-11-21T12:00:05.000Z");
  });

  it.each([
    ['{"type":"TOKEN","token":"hush"}'],
    ['{"type":"USER_DEFINED"}'],
    ['{"type":"USER_DEFINED","data":null}'],
    ['{"type":"USER_DEFINED","data":[]}'],
    ["[]"],
    ["null"],
    ["hush"],
    [""],
  ])("throws when it is called with %j", async (body) => {
    const handle = authorizer(keys);
    await expect(async () => handle(toRequest(Buffer.from(body), {}))).rejects.toThrow(
      /^the authorizer was not called with arguments: give the authentication policy parameters, not tokenHeader or tokenQueryParam$/,
    );
  });

  it.each(["token", "__proto__", "constructor"])(
    "throws for the parameter %s, which it doesn't know",
    (name) => {
      const body = Buffer.from(`{"type":"USER_DEFINED","data":{"${name}":"hush","apiKey":"${code}"}}`);
      expect(() => readArguments(body)).toThrow(
        `the authentication policy gives the unknown parameters ${name}; known are apiKey, code, key, timestamp, nonce, method, path, bodySha256, signature, host`,
      );
    },
  );

  it("needs no more parameters than OCI allows", () => {
    // "API Gateway Internal Limits"
    expect(Object.keys(argumentSources)).toHaveLength(10);
  });
});
