import { createHmac } from "node:crypto";
import { type Request, toRequest } from "../../functions/kit/request.ts";
import {
  fingerprintOf,
  type SignedParts,
  sha256,
  signatureHeaders,
  signatureOf,
  verifiedHeaders,
} from "../../functions/kit/signature.ts";

export const nowInMs = Date.parse("2026-11-21T12:00:00Z");
export const nowInSeconds = String(nowInMs / 1000);
export const secret = "s".repeat(32);
export const body = '{"item":"lamp"}';

/** A request that is signed well. */
export const parts: SignedParts = {
  keyId: "erp",
  timestamp: nowInSeconds,
  nonce: "0123456789abcdef",
  method: "POST",
  host: "api.example.com",
  path: "/v1/orders?draft=1",
  bodySha256: sha256(body),
};

/** What the gateway passes to the authorizer for signed parts. */
export function argumentsOf(signed: SignedParts, signature = signatureOf(secret, signed)) {
  const { keyId, ...rest } = signed;
  return { key: keyId, ...rest, signature };
}

export interface Sent {
  method?: string;
  url?: string;
  host?: string;
  body?: string;
  /** Over the signed ones; undefined takes a header away. */
  headers?: Readonly<Record<string, string | string[] | undefined>>;
}

/** The request as it reaches the function, with what the gateway has set. */
export function sent(signed: SignedParts, changed: Sent = {}): Request {
  const signature = createHmac("sha256", secret).update("x").digest("hex");
  const headers = {
    host: changed.host ?? signed.host,
    ...Object.fromEntries(
      Object.entries(signatureHeaders).map(([part, name]) => [
        name,
        { ...signed, signature }[part as "nonce"],
      ]),
    ),
    [verifiedHeaders.keyId]: signed.keyId,
    [verifiedHeaders.request]: fingerprintOf(signed),
    ...changed.headers,
  };
  const given = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[`Fn-Http-H-${name}`, Array.isArray(value) ? value : [value]] as const],
  );
  return toRequest(Buffer.from(changed.body ?? body), {
    "Fn-Http-Method": [changed.method ?? signed.method],
    "Fn-Http-Request-Url": [changed.url ?? signed.path],
    ...Object.fromEntries(given),
  });
}
