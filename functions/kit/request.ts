/** One call, as the gateway saw it. */
export interface Request {
  /** `GET`, `POST`, …; `POST` when the function was invoked without a gateway. */
  readonly method: string;
  /** Path and query as the client sent them, percent-encoded: `/v1/hello?name=Ada`. */
  readonly url: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** The client's headers by lower-case name. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: Buffer;
  /** Media type in lower case without its parameters; undefined when the client sent none. */
  readonly mediaType: string | undefined;
  readonly callId: string | undefined;
  /** When the service gives up, in ISO 8601. */
  readonly deadline: string | undefined;
  /** Everything that Functions sent, the client's headers included, by lower-case name. */
  readonly callHeaders: Readonly<Record<string, readonly string[]>>;
}

const prefix = "fn-http-h-";

/** Builds a request from what Functions hands to a container ("Invoking Functions", Fn's http-stream format). */
export function toRequest(body: Buffer, given: Readonly<Record<string, readonly string[]>>): Request {
  const callHeaders = lowerCased(given);
  const isFromGateway = callHeaders["fn-http-method"] !== undefined;
  const headers = isFromGateway ? clientHeaders(callHeaders) : callHeaders;
  // Beside Fn's own triggers, which send an absolute URL, gateways send path and query only. `URL` would change them:
  // it takes "//a" for a host, and away "/a/..".
  const url = (callHeaders["fn-http-request-url"]?.[0] ?? "/").replace(/^https?:\/\/[^/?#]*/i, "");
  const [path = "", ...query] = url.split("?");
  return {
    method: callHeaders["fn-http-method"]?.[0] ?? "POST",
    url: path === "" ? `/${url}` : url,
    path: path === "" ? "/" : path,
    query: new URLSearchParams(query.join("?")),
    headers,
    body,
    mediaType: headers["content-type"]?.[0]?.split(";")[0]?.trim().toLowerCase(),
    callId: callHeaders["fn-call-id"]?.[0],
    deadline: callHeaders["fn-deadline"]?.[0],
    callHeaders,
  };
}

function clientHeaders(callHeaders: Readonly<Record<string, readonly string[]>>) {
  const own = Object.entries(callHeaders).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(own.map(([name, values]) => [name.slice(prefix.length), values]));
}

function lowerCased(headers: Readonly<Record<string, readonly string[]>>) {
  return Object.fromEntries(Object.entries(headers).map(([name, values]) => [name.toLowerCase(), values]));
}
