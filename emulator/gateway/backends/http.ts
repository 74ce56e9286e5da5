import { isIP } from "node:net";
import type { Readable } from "node:stream";
import type { Dispatcher } from "undici";
import { limits } from "../limits.ts";
import { backendAnswerHeaders } from "../server/backend-answer.ts";
import { bodyChunks, refuseDeclaredLength } from "../server/body.ts";
import { GatewayFault } from "../server/errors.ts";
import type { Exchange } from "../server/exchange.ts";
import { forwardedHeaders } from "../server/forwarded.ts";
import { areValid } from "../server/headers.ts";
import { parseBackendUrl } from "../specification/http-url.ts";
import type { HttpBackend } from "../specification/model.ts";
import { unverified } from "../unverified.ts";
import type { Backend } from "./backend.ts";
import { compileOrigin } from "./backend-origin.ts";
import { renderPath } from "./backend-path.ts";
import type { HttpClients } from "./http-clients.ts";

/**
 * Passes requests on to a URL ("Adding an HTTP or HTTPS URL as an API Gateway Back End"); redirects are not followed.
 *
 * @param selector - Of the dynamic routing back end that this one is part of.
 */
export function compileHttpBackend(backend: HttpBackend, clients: HttpClients, selector?: string): Backend {
  const url = parseBackendUrl(backend.url, selector);
  if ("fault" in url) throw new Error(`backend.url ${url.fault}`);
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
      ...(host !== undefined && serverName(origin)),
    };
    return client instanceof Promise
      ? client.then((loaded) => passThrough(exchange, loaded, options, sendTimeoutInMs))
      : passThrough(exchange, client, options, sendTimeoutInMs);
  };
}

const notPassedOn = new Set(["host", "expect", "opc-request-id"]);

/** @param host - What stands in place of the URL's own. */
function headersFor(exchange: Exchange, host: string | undefined): string[] {
  const headers: string[] = [];
  for (const [name, value] of forwardedHeaders(exchange)) {
    if (!notPassedOn.has(name.toLowerCase())) headers.push(name, value);
  }
  headers.push("opc-request-id", exchange.opcRequestId);
  if (host !== undefined) headers.push("Host", host);
  return headers;
}

/** TLS asks for the URL's host, whatever `Host` says; addresses can't be asked for. */
function serverName(origin: string): { servername?: string } {
  const { hostname } = new URL(origin);
  return hostname.startsWith("[") || isIP(hostname) !== 0 ? {} : { servername: hostname };
}

/** Answers with a status below 200 that a back end may send before its own: a flood of them has no end. */
// unverified: a back end that sends more than 100 interim answers is answered 502
const interimAnswers = 100;

/** Parts of an answer below this many bytes are sent on together: thousands of them come in one read. */
const smallBytes = 1024;

/** Sends the request and streams the answer; both directions wait for the slower side. */
function passThrough(
  exchange: Exchange,
  client: Dispatcher,
  options: Dispatcher.DispatchOptions,
  sendTimeoutInMs: number,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let giveUp: (error: Error) => void = reject;
    const body = exchange.head.body.hasBody
      ? timedSends(exchange, sendTimeoutInMs, (fault) => giveUp(fault))
      : null;
    let interim = 0;
    let small: Buffer[] = [];
    const flush = (controller: Dispatcher.DispatchController) => {
      if (small.length === 0 || exchange.isFinished) return;
      const all = small.length === 1 && small[0] ? small[0] : Buffer.concat(small);
      small = [];
      if (exchange.write(all)) return;
      controller.pause();
      exchange.onDrain(() => controller.resume());
    };
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(controller) {
        giveUp = (error) => controller.abort(error);
        exchange.onClientGone = () => giveUp(new GatewayFault("clientEof", "the client went away"));
        if (exchange.isFinished) exchange.onClientGone();
        else
          exchange.record(
            "INFO",
            "httpBackend.requestSent",
            `${options.method} ${options.origin}${options.path}`,
          );
      },
      onResponseStart(controller, status) {
        const refuse = (what: string) =>
          controller.abort(new GatewayFault("backendUnreachable", `the back end sent ${what}`));
        if (status < 200) {
          interim++;
          if (interim > interimAnswers) refuse(`more than ${interimAnswers} interim answers`);
          return;
        }
        const headers = pairs(controller.rawHeaders);
        if (!areValid(headers)) return refuse("malformed headers");
        const codings = headers.filter(([name]) => name.toLowerCase() === "transfer-encoding");
        // The client is told of no other coding, so its body would be none.
        if (codings.some(([, coding]) => coding.toLowerCase() !== "chunked") || codings.length > 1) {
          return refuse(`Transfer-Encoding ${codings.map(([, coding]) => coding).join()}`);
        }
        exchange.record("INFO", "httpBackend.responseReceived", `the back end answered ${status}`);
        exchange.begin(status, backendAnswerHeaders(exchange, headers));
      },
      onResponseData(controller, chunk) {
        small.push(chunk);
        if (small.length > 1) return;
        if (chunk.length >= smallBytes) flush(controller);
        else process.nextTick(flush, controller);
      },
      onResponseEnd(controller) {
        flush(controller);
        exchange.end();
        resolve();
      },
      onResponseError(_controller, error) {
        const fault = faultOf(error);
        if (exchange.isAnswered) exchange.record("ERROR", "httpBackend.responseBodyError", fault.message);
        reject(fault);
      },
    };
    try {
      // undici takes any async iterable; its types name only streams.
      client.dispatch({ ...options, body: body as Readable | null }, handler);
    } catch (error) {
      reject(faultOf(error));
    }
  });
}

/** The request's body, with an end to the time that the back end may take for each part. */
async function* timedSends(
  exchange: Exchange,
  timeoutInMs: number,
  giveUp: (fault: GatewayFault) => void,
): AsyncGenerator<Buffer, void, void> {
  for await (const chunk of bodyChunks(exchange)) {
    const timer = setTimeout(() => {
      giveUp(new GatewayFault("backendTimeout", `the back end took nothing for ${timeoutInMs} ms`));
    }, timeoutInMs);
    try {
      yield chunk;
    } finally {
      clearTimeout(timer);
    }
  }
}

function pairs(raw: Dispatcher.DispatchController["rawHeaders"]): [name: string, value: string][] {
  if (!Array.isArray(raw)) return [];
  const headers: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    headers.push([text(raw[index]), text(raw[index + 1])]);
  }
  return headers;
}

function text(raw: Buffer | string | undefined): string {
  return typeof raw === "string" ? raw : (raw?.toString("latin1") ?? "");
}

const timeouts = new Set([
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_BODY_TIMEOUT",
  "ETIMEDOUT",
]);

function faultOf(error: unknown): GatewayFault {
  if (error instanceof GatewayFault) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const message = error instanceof Error ? error.message : String(error);
  return new GatewayFault(
    timeouts.has(code) ? "backendTimeout" : "backendUnreachable",
    `${code} ${message}`.trim(),
  );
}
