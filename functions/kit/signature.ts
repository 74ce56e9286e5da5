import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** What a signature of a request is over: docs/app-keys.md. */
export interface SignedParts {
  /** The key's id, 1 to 64 of `A-Z a-z 0-9 . _ -`. */
  readonly keyId: string;
  /** Seconds since 1970, in digits. */
  readonly timestamp: string;
  /** Never the same twice for a key: 16 to 64 of `A-Z a-z 0-9 _ -`. */
  readonly nonce: string;
  readonly method: string;
  /** The `Host` header in lower case. */
  readonly host: string;
  /** Path and query, as sent. */
  readonly path: string;
  /** SHA-256 of the body in lower-case hexadecimal digits, also of an empty one. */
  readonly bodySha256: string;
}

/** The headers in which the parts travel, for OCI tells an authorizer function neither method nor path nor body. */
export const signatureHeaders = {
  keyId: "x-sig-key",
  timestamp: "x-sig-timestamp",
  nonce: "x-sig-nonce",
  method: "x-sig-method",
  path: "x-sig-path",
  bodySha256: "x-sig-body-sha256",
  signature: "x-sig-signature",
} as const;

/** The headers that the route sets from what the authorizer has found out: never the client's own. */
export const verifiedHeaders = { keyId: "x-verified-key", request: "x-verified-request" } as const;

/** Value of `x-verified-request` where the caller has shown a code, which says nothing about the request. */
export const verifiedByCode = "code";

/** For how long a signature counts, before and after its time. */
export const clockSkewInSeconds = { min: 1, max: 300, default: 60 } as const;

const forms: Readonly<Record<keyof SignedParts | "signature", RegExp>> = {
  keyId: /^[A-Za-z0-9._-]{1,64}$/,
  timestamp: /^[0-9]{1,11}$/,
  nonce: /^[A-Za-z0-9_-]{16,64}$/,
  method: /^[A-Z]{1,20}$/,
  host: /^[\x21-\x7e]{1,255}$/,
  path: /^\/[\x21-\x7e]*$/,
  bodySha256: /^[0-9a-f]{64}$/,
  signature: /^[0-9a-f]{64}$/,
};

/** Whether a part has its form; no part can hold the line end that separates them in the signed text. */
export function hasForm(part: keyof typeof forms, value: unknown): value is string {
  return typeof value === "string" && forms[part].test(value);
}

/** The signed text: one part a line, without a line end after the last. */
export function stringToSign(parts: SignedParts): string {
  const { keyId, timestamp, nonce, method, host, path, bodySha256 } = parts;
  return ["APP-KEY-HMAC-SHA256", keyId, timestamp, nonce, method, host, path, bodySha256].join("\n");
}

/** HMAC-SHA256 of the signed text in lower-case hexadecimal digits. */
export function signatureOf(secret: string, parts: SignedParts): string {
  return createHmac("sha256", secret).update(stringToSign(parts)).digest("hex");
}

/** Names a signed request without giving away its signature. */
export function fingerprintOf(parts: SignedParts): string {
  return sha256(stringToSign(parts));
}

/** SHA-256 in lower-case hexadecimal digits. */
export function sha256(value: string | Buffer): string {
  return createHash("sha256").update(value).digest("hex");
}

/** Compares two texts in a time that doesn't tell where they differ. */
export function isSame(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash("sha256").update(text).digest()) as [Buffer, Buffer];
  return timingSafeEqual(left, right);
}

/** Whether a signature's time is near enough. */
export function isTimely(timestamp: string, nowInMs: number, skewInSeconds: number): boolean {
  return Math.abs(nowInMs / 1000 - Number(timestamp)) <= skewInSeconds;
}
