import { createHash, createHmac, randomUUID } from "node:crypto";

/** A signing key, as the API's owner has handed it out. */
export interface SigningKey {
  id: string;
  secret: string;
}

export interface SignOptions {
  method?: string;
  body?: string | Uint8Array<ArrayBuffer>;
  /** @default - the clock */
  timestampInSeconds?: number;
  /** Never the same twice. @default - a random one */
  nonce?: string;
}

/** The headers that sign a request. Sign again for each try: a signature is good for one. */
export function sign(url: string | URL, key: SigningKey, options: SignOptions = {}): Record<string, string> {
  const { method = "GET", body = "", nonce = randomUUID() } = options;
  const { timestampInSeconds = Math.floor(Date.now() / 1000) } = options;
  const { host, href, origin } = new URL(url);
  // `search` would leave out a "?" at the end, which is sent.
  const [path = "/"] = href.slice(origin.length).split("#");
  const bodySha256 = createHash("sha256").update(body).digest("hex");
  const text = ["APP-KEY-HMAC-SHA256", key.id, timestampInSeconds, nonce, method, host, path, bodySha256];
  return {
    "x-sig-key": key.id,
    "x-sig-timestamp": String(timestampInSeconds),
    "x-sig-nonce": nonce,
    "x-sig-method": method,
    "x-sig-path": path,
    "x-sig-body-sha256": bodySha256,
    "x-sig-signature": createHmac("sha256", key.secret).update(text.join("\n")).digest("hex"),
  };
}

export interface SignedRequestInit extends Omit<SignOptions, "timestampInSeconds" | "nonce"> {
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** Sends a signed request. Redirects aren't followed: their address isn't the signed one. */
export function fetchSigned(
  url: string | URL,
  key: SigningKey,
  init: SignedRequestInit = {},
): Promise<Response> {
  const { method = "GET", headers = {}, body, signal } = init;
  return fetch(url, {
    method,
    headers: { ...headers, ...sign(url, key, { method, ...(body === undefined ? {} : { body }) }) },
    redirect: "error",
    ...(body === undefined ? {} : { body }),
    ...(signal === undefined ? {} : { signal }),
  });
}
