import type { Dispatcher } from "undici";
import { backendAnswerHeaders } from "../server/backend-answer.ts";
import { GatewayFault } from "../server/errors.ts";
import type { Exchange } from "../server/exchange.ts";
import { headerName } from "../server/header-names.ts";
import { isValid } from "../server/headers.ts";
import { refuse } from "../server/refuse.ts";
import { Turns } from "../server/turns.ts";

type Controller = Dispatcher.DispatchController;
type Parsed = Readonly<Record<string, string | string[] | undefined>>;
type Pair = readonly [name: string, value: string];

const nothing: readonly string[] = [];

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

  onResponseStart(controller: Controller, status: number, parsed: Parsed): void {
    const headers: Pair[] = [];
    const wrong = status < 200 ? this.#countInterim() : this.#readHeaders(controller, parsed, headers);
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
    // A complete body goes out with the end, which comes next.
    if (this.#bytesLeft === 0 || this.#small.length > 1) return;
    if (chunk.length >= smallBytes) this.#flush(controller);
    else process.nextTick(() => this.#flush(controller));
  }

  onResponseEnd(): void {
    this.#exchange.end(this.#taken());
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
  #readHeaders({ rawHeaders }: Controller, parsed: Parsed, headers: Pair[]): string | undefined {
    let codings = nothing;
    const raw = Array.isArray(rawHeaders) ? rawHeaders : nothing;
    for (let index = 0; index + 1 < raw.length; index += 2) {
      const known = headerName(text(raw[index]));
      // undici has made a text of it already, unless there are several of the name.
      const only = parsed[known.key];
      const value = typeof only === "string" ? only : text(raw[index + 1]);
      if (!isValid(known, value)) return "malformed headers";
      if (known.key === "content-length") this.#bytesLeft = Number(value);
      else if (known.key === "transfer-encoding") codings = [...codings, value];
      headers.push([known.name, value]);
    }
    // The client is told of no other coding, so its body would be none.
    const isReadable = codings.length === 0 || (codings.length === 1 && /^chunked$/i.test(codings[0] ?? ""));
    return isReadable ? undefined : `Transfer-Encoding ${codings.join()}`;
  }

  #flush(controller: Controller): void {
    const parts = this.#taken();
    if (parts === undefined || this.#exchange.write(parts)) return;
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

  /** The parts that wait to be sent on, as one; undefined when nobody takes them. */
  #taken(): Buffer | undefined {
    const parts = this.#small;
    if (parts.length === 0 || this.#exchange.isFinished) return undefined;
    this.#small = [];
    return parts.length === 1 ? parts[0] : Buffer.concat(parts);
  }

  #fail(fault: GatewayFault): void {
    refuse(this.#exchange, fault);
  }
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
