import type { Dispatcher } from "undici";
import { backendAnswerHeaders } from "../server/backend-answer.ts";
import { GatewayFault } from "../server/errors.ts";
import type { Exchange } from "../server/exchange.ts";
import { headerName } from "../server/header-names.ts";
import { areValid } from "../server/headers.ts";
import { refuse } from "../server/refuse.ts";
import { Turns } from "../server/turns.ts";

type Controller = Dispatcher.DispatchController;
type Pair = readonly [name: string, value: string];

/** Answers with a status below 200 that a back end may send before its own: a flood of them has no end. */
// unverified: a back end that sends more than 100 interim answers is answered 502
const interimAnswers = 100;

/** Parts of an answer below this many bytes are sent on together: thousands of them come in one read. */
const smallBytes = 1024;
/** Parts of all answers that are sent on together in one turn, about a microsecond each. */
const smallParts = new Turns(2_000);

/**
 * A request on its way to an HTTP back end, and the answer on its way back; the slower side holds up the other. A class
 * of undici's own events: promises and streams around them would cost as much as all else that a hop needs.
 */
export class Hop implements Dispatcher.DispatchHandler {
  readonly #exchange: Exchange;
  readonly #what: string;
  #controller: Controller | undefined;
  #interim = 0;
  #small: Buffer[] = [];
  /** How many reasons there are to take nothing more of the answer. */
  #holds = 0;
  /** The answer's bytes that are still to come, where it tells its length. */
  #bytesLeft = Number.NaN;

  /** @param what - The request's method and URL, for the execution log. */
  constructor(exchange: Exchange, what: string) {
    this.#exchange = exchange;
    this.#what = what;
  }

  giveUp(fault: GatewayFault): void {
    if (this.#controller === undefined) this.#fail(fault);
    else this.#controller.abort(fault);
  }

  onRequestStart(controller: Controller): void {
    this.#controller = controller;
    const onClientGone = () => controller.abort(new GatewayFault("clientEof", "the client went away"));
    this.#exchange.onClientGone = onClientGone;
    if (this.#exchange.isFinished) onClientGone();
    else this.#exchange.record("INFO", "httpBackend.requestSent", this.#what);
  }

  onResponseStart(controller: Controller, status: number): void {
    const headers = status < 200 ? [] : pairs(controller.rawHeaders);
    const wrong = status < 200 ? this.#countInterim() : this.#readFraming(headers);
    if (wrong !== undefined) {
      controller.abort(new GatewayFault("backendUnreachable", `the back end sent ${wrong}`));
    }
    if (wrong !== undefined || status < 200) return;
    this.#exchange.record("INFO", "httpBackend.responseReceived", `the back end answered ${status}`);
    this.#exchange.begin(status, backendAnswerHeaders(this.#exchange, headers));
  }

  onResponseData(controller: Controller, chunk: Buffer): void {
    this.#bytesLeft -= chunk.length;
    this.#small.push(chunk);
    if (this.#small.length > 1 && this.#holds === 0 && !smallParts.take()) {
      this.#hold(controller, (goOn) => smallParts.run(goOn));
    }
    if (this.#small.length > 1) return;
    if (chunk.length >= smallBytes) this.#flush(controller);
    // What is complete goes out with the end, which comes next.
    else if (this.#bytesLeft !== 0) process.nextTick(() => this.#flush(controller));
  }

  onResponseEnd(controller: Controller): void {
    this.#flush(controller);
    this.#exchange.end();
  }

  onResponseError(_controller: Controller | null, error: unknown): void {
    const fault = faultOf(error);
    if (this.#exchange.isAnswered) {
      this.#exchange.record("ERROR", "httpBackend.responseBodyError", fault.message);
    }
    this.#fail(fault);
  }

  #countInterim(): string | undefined {
    this.#interim++;
    return this.#interim > interimAnswers ? `more than ${interimAnswers} interim answers` : undefined;
  }

  /** What is wrong with an answer's headers, if anything. */
  #readFraming(headers: readonly Pair[]): string | undefined {
    if (!areValid(headers)) return "malformed headers";
    const codings: string[] = [];
    for (const [name, value] of headers) {
      const { key } = headerName(name);
      if (key === "transfer-encoding") codings.push(value);
      else if (key === "content-length") this.#bytesLeft = Number(value);
    }
    // The client is told of no other coding, so its body would be none.
    const isReadable = codings.length === 0 || (codings.length === 1 && /^chunked$/i.test(codings[0] ?? ""));
    return isReadable ? undefined : `Transfer-Encoding ${codings.join()}`;
  }

  #flush(controller: Controller): void {
    const [first] = this.#small;
    if (first === undefined || this.#exchange.isFinished) return;
    const all = this.#small.length === 1 ? first : Buffer.concat(this.#small);
    this.#small = [];
    if (this.#exchange.write(all)) return;
    this.#hold(controller, (goOn) => this.#exchange.onDrain(goOn));
  }

  #hold(controller: Controller, wait: (goOn: () => void) => void): void {
    this.#holds++;
    controller.pause();
    wait(() => {
      this.#holds--;
      if (this.#holds === 0) controller.resume();
    });
  }

  #fail(fault: GatewayFault): void {
    refuse(this.#exchange, fault);
  }
}

function pairs(raw: Controller["rawHeaders"]): Pair[] {
  if (!Array.isArray(raw)) return [];
  const headers: Pair[] = [];
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
