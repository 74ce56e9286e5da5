import { isIP } from "node:net";
import type { Readable } from "node:stream";
import type { Dispatcher } from "undici";
import { limits } from "../limits.ts";
import { bodyChunks, refuseDeclaredLength } from "../server/body.ts";
import { GatewayFault } from "../server/errors.ts";
import type { Exchange } from "../server/exchange.ts";
import { forwardedHeaders, notForwarded } from "../server/forwarded.ts";
import { parseBackendUrl } from "../specification/http-url.ts";
import type { HttpBackend } from "../specification/model.ts";
import { unverified } from "../unverified.ts";
import type { Backend } from "./backend.ts";
import { compileOrigin } from "./backend-origin.ts";
import { renderPath } from "./backend-path.ts";
import { Hop } from "./hop.ts";
import type { HttpClients } from "./http-clients.ts";

/**
 * Passes requests on to a URL ("Adding an HTTP or HTTPS URL as an API Gateway Back End"); redirects are not followed.
 *
 * @param selector - Of the dynamic routing back end that this one is part of.
 */
export function compileHttpBackend(backend: HttpBackend, clients: HttpClients, selector?: string): Backend {
  const url = parseBackendUrl(backend.url, selector);
  if ("faults" in url) throw new Error(`backend.url ${url.faults.join("; ")}`);
  const { connectTimeoutInSeconds, readTimeoutInSeconds, sendTimeoutInSeconds } = limits;
  const connectTimeout = backend.connectTimeoutInSeconds ?? connectTimeoutInSeconds.default;
  const readTimeoutInMs = 1000 * (backend.readTimeoutInSeconds ?? readTimeoutInSeconds.default);
  const sendTimeoutInMs = 1000 * (backend.sendTimeoutInSeconds ?? sendTimeoutInSeconds.default);
  const isSslVerifyDisabled = backend.isSslVerifyDisabled ?? false;
  const originFor = compileOrigin(url.origin);
  const passesHost = unverified.backendHost === "client";

  return (exchange) => {
    const { head, outgoing } = exchange;
    refuseDeclaredLength(exchange);
    const origin = originFor(exchange);
    const path = renderPath(url.path, exchange) + (outgoing.query === undefined ? "" : `?${outgoing.query}`);
    exchange.record("INFO", "httpBackend.formedBackendUrl", `${origin}${path}`);
    const client = clients.get(connectTimeout, isSslVerifyDisabled);
    const host = outgoing.host ?? (passesHost ? head.first.get("host") : undefined);
    const options: Dispatcher.DispatchOptions & { servername?: string } = {
      origin,
      path,
      method: head.method,
      headers: headersFor(exchange, host),
      headersTimeout: readTimeoutInMs,
      bodyTimeout: readTimeoutInMs,
      body: null,
    };
    if (host !== undefined) Object.assign(options, serverName(origin));
    return client instanceof Promise
      ? client.then((loaded) => send(exchange, loaded, options, sendTimeoutInMs))
      : send(exchange, client, options, sendTimeoutInMs);
  };
}

const left = notForwarded(["host", "expect", "opc-request-id"]);

/** @param host - What stands in place of the URL's own. */
function headersFor(exchange: Exchange, host: string | undefined): string[] {
  const headers = forwardedHeaders(exchange, left);
  headers.push("opc-request-id", exchange.opcRequestId);
  if (host !== undefined) headers.push("Host", host);
  return headers;
}

/** TLS asks for the URL's host, whatever `Host` says; addresses can't be asked for. */
function serverName(origin: string): { servername?: string } {
  const { hostname } = new URL(origin);
  return hostname.startsWith("[") || isIP(hostname) !== 0 ? {} : { servername: hostname };
}

function send(
  exchange: Exchange,
  client: Dispatcher,
  options: Dispatcher.DispatchOptions,
  sendTimeoutInMs: number,
): undefined {
  const hop = new Hop(exchange, `${options.method} ${options.origin}${options.path}`);
  if (exchange.head.body.hasBody) {
    // undici takes any async iterable; its types name only streams.
    options.body = timedSends(exchange, sendTimeoutInMs, hop) as unknown as Readable;
  }
  client.dispatch(options, hop);
}

/** The request's body, with an end to the time that the back end may take for each part. */
async function* timedSends(
  exchange: Exchange,
  timeoutInMs: number,
  hop: Hop,
): AsyncGenerator<Buffer, void, void> {
  for await (const chunk of bodyChunks(exchange)) {
    const timer = setTimeout(() => {
      hop.giveUp(new GatewayFault("backendTimeout", `the back end took nothing for ${timeoutInMs} ms`));
    }, timeoutInMs);
    try {
      yield chunk;
    } finally {
      clearTimeout(timer);
    }
  }
}
