import { describe, expect, it } from "vitest";
import { NonceMemory } from "../../functions/kit/nonces.ts";
import type { Request } from "../../functions/kit/request.ts";
import { fingerprintOf, sha256 } from "../../functions/kit/signature.ts";
import {
  type SignedRequestOptions,
  verifyCaller,
  verifySignedRequest,
} from "../../functions/kit/signed-request.ts";
import { body, nowInMs, parts, sent } from "./app-keys.ts";

const options = (more: SignedRequestOptions = {}) => ({ nonces: new NonceMemory(), nowInMs, ...more });
const verify = (request: Request, more?: SignedRequestOptions) => verifySignedRequest(request, options(more));
const refusal = (message: string) =>
  expect.objectContaining({ status: 401, message, headers: { "www-authenticate": "AppKey" } });

describe("verifySignedRequest", () => {
  it("lets in the request that was signed", async () => {
    expect(await verify(sent(parts))).toEqual({ keyId: "erp", means: "signature" });
  });

  it("lets in an empty body, and a host in capitals", async () => {
    const signed = { ...parts, method: "DELETE", bodySha256: sha256("") };
    expect(await verify(sent(signed, { body: "", host: "API.Example.com" }))).toMatchObject({ keyId: "erp" });
  });

  const other = { ...parts, path: "/v1/orders?draft=2" };
  it.each([
    ["another method", sent(parts, { method: "PUT" }), "The request's method is not the signed one"],
    [
      "another path",
      sent(parts, { url: "/v1/orders/1?draft=1" }),
      "The request's path or query is not the signed one",
    ],
    [
      "another query",
      sent(parts, { url: "/v1/orders?draft=0" }),
      "The request's path or query is not the signed one",
    ],
    ["no query", sent(parts, { url: "/v1/orders" }), "The request's path or query is not the signed one"],
    [
      "the path in another spelling",
      sent(parts, { url: "/v1/%6frders?draft=1" }),
      "The request's path or query is not the signed one",
    ],
    ["another body", sent(parts, { body: `${body} ` }), "The request's body is not the signed one"],
    [
      "another host",
      sent(parts, { host: "evil.example.com" }),
      "The gateway has not verified the signature of this request",
    ],
    [
      "two hosts",
      sent(parts, { headers: { host: [parts.host, parts.host] } }),
      "The gateway has not verified the signature of this request",
    ],
    // A copied signature with the headers changed along with the request: the authorizer's word is for another one.
    [
      "headers that fit another request",
      sent(other, { headers: { "x-verified-request": fingerprintOf(parts) } }),
      "The gateway has not verified the signature of this request",
    ],
    [
      "another key's word",
      sent(parts, { headers: { "x-verified-key": "web" } }),
      "The gateway has not verified the signature of this request",
    ],
    [
      "no word of the gateway",
      sent(parts, { headers: { "x-verified-request": undefined } }),
      "The gateway has not verified the signature of this request",
    ],
    [
      "the client's word beside the gateway's",
      sent(parts, { headers: { "x-verified-request": [fingerprintOf(parts), "x"] } }),
      "The gateway has not verified the signature of this request",
    ],
    [
      "a code",
      sent(parts, { headers: { "x-verified-request": "code" } }),
      "The gateway has not verified the signature of this request",
    ],
    [
      "no verified key",
      sent(parts, { headers: { "x-verified-key": undefined } }),
      "The gateway has not verified the caller of this request",
    ],
    [
      "a verified key that is none",
      sent(parts, { headers: { "x-verified-key": "" } }),
      "The gateway has not verified the caller of this request",
    ],
  ])("refuses %s", async (_what, request, message) => {
    await expect(verify(request)).rejects.toEqual(refusal(message));
  });

  it.each(["key", "timestamp", "nonce", "method", "path", "body-sha256"])(
    "refuses a request without x-sig-%s, with it twice, and with a malformed one",
    async (name) => {
      const header = `x-sig-${name}`;
      const value = sent(parts).headers[header]?.[0] ?? "";
      const missing = refusal(`The request is not signed: ${header} must be there once`);
      const malformed = refusal(`The request is not signed: ${header} is malformed`);
      await expect(verify(sent(parts, { headers: { [header]: undefined } }))).rejects.toEqual(missing);
      await expect(verify(sent(parts, { headers: { [header]: [value, value] } }))).rejects.toEqual(missing);
      await expect(verify(sent(parts, { headers: { [header]: " " } }))).rejects.toEqual(malformed);
    },
  );

  it("refuses a time more than two minutes away, before or after", async () => {
    const at = (seconds: number) => verify(sent(parts), { nowInMs: nowInMs + seconds * 1000 });
    const late = refusal("The signature's time is more than 120 seconds away");
    expect([await at(-120), await at(120)]).toHaveLength(2);
    await expect(at(-121)).rejects.toEqual(late);
    await expect(at(121)).rejects.toEqual(late);
    const message = "The signature's time is more than 5 seconds away";
    const strict = verify(sent(parts), { nowInMs: nowInMs + 6000, clockSkewInSeconds: 5 });
    await expect(strict).rejects.toEqual(refusal(message));
  });

  it("refuses a copy, also in the last moment of its time", async () => {
    const nonces = new NonceMemory();
    await verify(sent(parts), { nonces });
    const copy = refusal("The request was sent before: sign each with a new nonce");
    await expect(verify(sent(parts), { nonces })).rejects.toEqual(copy);
    await expect(verify(sent(parts), { nonces, nowInMs: nowInMs + 120_000 })).rejects.toEqual(copy);
  });

  it("refuses a copy by what the instance itself remembers, unless told otherwise", async () => {
    const unique = { ...parts, nonce: "kept-by-the-instance" };
    await verifySignedRequest(sent(unique), { nowInMs });
    await expect(verifySignedRequest(sent(unique), { nowInMs })).rejects.toMatchObject({ status: 401 });
  });

  it("a refused request doesn't use up its nonce", async () => {
    const nonces = new NonceMemory();
    await expect(verify(sent(parts, { body: "x" }), { nonces })).rejects.toMatchObject({ status: 401 });
    expect(await verify(sent(parts), { nonces })).toMatchObject({ keyId: "erp" });
  });

  it("answers 429 when it can't remember more", async () => {
    const nonces = new NonceMemory(0);
    const message = "Too many signed requests of key erp in 120 seconds";
    await expect(verify(sent(parts), { nonces })).rejects.toMatchObject({ status: 429, message });
  });

  it("asks nonces that others share", async () => {
    const nonces = { use: async () => "seen" as const };
    await expect(verify(sent(parts), { nonces })).rejects.toMatchObject({ status: 401 });
  });
});

describe("verifyCaller", () => {
  const byCode = { "x-verified-key": "web", "x-verified-request": "code" };

  it("lets in a code for any request", async () => {
    const request = sent(parts, { method: "GET", url: "/v1/other", headers: byCode });
    expect(await verifyCaller(request, options())).toEqual({ keyId: "web", means: "code" });
  });

  it("holds a signature against the request", async () => {
    expect(await verifyCaller(sent(parts), options())).toEqual({ keyId: "erp", means: "signature" });
    const tampered = verifyCaller(sent(parts, { method: "GET" }), options());
    await expect(tampered).rejects.toEqual(refusal("The request's method is not the signed one"));
  });

  it("refuses a code without a key, and nothing at all", async () => {
    const message = "The gateway has not verified the caller of this request";
    const noKey = sent(parts, { headers: { ...byCode, "x-verified-key": undefined } });
    await expect(verifyCaller(noKey, options())).rejects.toEqual(refusal(message));
    const twice = sent(parts, { headers: { ...byCode, "x-verified-request": ["code", "code"] } });
    await expect(verifyCaller(twice, options())).rejects.toMatchObject({ status: 401 });
  });
});
