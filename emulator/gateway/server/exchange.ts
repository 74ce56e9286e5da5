import type { IncomingMessage, ServerResponse } from "node:http";
import type { HeaderList } from "../../runtime/types.ts";
import type { CompiledDeployment, CompiledRoute } from "../compile/deployment.ts";
import type { PathParameters } from "../compile/matcher.ts";
import type { DataPlaneSettings } from "../limits.ts";
import type { LogLevel, RouteBackend } from "../specification/model.ts";
import type { GatewayEvent, GatewayView } from "../types.ts";
import { type GatewayFault, gatewayError } from "./errors.ts";
import type { RequestHead } from "./head.ts";
import { gatewayHeaders, withoutCors } from "./headers.ts";

/** The gateway that an exchange belongs to. */
export interface ExchangeGateway {
  view: GatewayView;
  settings: DataPlaneSettings;
  emit(event: GatewayEvent): void;
}

const severity = { INFO: 0, WARN: 1, ERROR: 2 } as const;
const nothing: readonly string[] = [];
const noScopes: ReadonlySet<string> = new Set();
const noValues: ReadonlyMap<string, string> = new Map();
const oneWriteBytes = 16 * 1024;
const jsonType = ["Content-Type", "application/json"] as const;

/** Whether a line of the execution log is about a function. */
function isOfFunction(code: string): boolean {
  return code.startsWith("functionBackend.") || code.startsWith("customAuthentication.");
}

/** One request and its answer, with the log lines that they leave. */
export class Exchange {
  readonly gateway: ExchangeGateway;
  readonly request: IncomingMessage;
  readonly head: RequestHead;
  readonly opcRequestId: string;
  readonly remoteAddress: string;
  deployment: CompiledDeployment | undefined;
  route: CompiledRoute | undefined;
  /** Type of the back end that a dynamic routing back end chose. */
  chosenBackendType: RouteBackend["type"] | undefined;
  parameters: PathParameters = noValues;
  /** The function that is called: the authorizer, then the back end. */
  functionId: string | undefined;
  /** `request.auth`: claims of the token, or what the authorizer function gave. */
  auth: ReadonlyMap<string, string> = noValues;
  /** Scopes of the token or of the authorizer function's result. */
  scopes: ReadonlySet<string> = noScopes;
  /** The request's body, where a policy has read it before the back end does. */
  bodyReadAhead: Buffer | undefined;
  /**
   * Headers and query for the back end where transformations have changed them; else the client's. `host` is the
   * `Host` for an HTTP back end where a transformation has set it.
   */
  outgoing: { headers: HeaderList; query: string | undefined; host?: string };
  /** Names and values in turn that come to every answer, also to the gateway's own: CORS. */
  addedHeaders: readonly string[] = [];
  /** Whether a CORS policy is in force, to which a back end's own CORS headers give way. */
  replacesCors = false;
  /** Whether nothing goes on before the client sends more. */
  awaitsClient = false;
  /** Called once when the client goes away before the answer's end. */
  onClientGone: (() => void) | undefined;

  readonly #response: ServerResponse;
  readonly #startedAtInMs = performance.now();
  #status: number | undefined;
  #bodyBytesSent = 0;
  #isClosing = false;
  #isFinished = false;
  #expectsContinue: boolean;
  #isLast: boolean;
  #stopLingering: (() => void) | undefined;
  #hasBodyBegun = false;
  /** The body's beginning, held back for as long as this turn takes: its end may come at once. */
  #held: Buffer | undefined;

  constructor(
    gateway: ExchangeGateway,
    request: IncomingMessage,
    response: ServerResponse,
    head: RequestHead,
    opcRequestId: string,
    expectsContinue: boolean,
  ) {
    this.gateway = gateway;
    this.request = request;
    this.#response = response;
    this.head = head;
    this.outgoing = { headers: head.headers, query: head.query };
    this.opcRequestId = opcRequestId;
    this.remoteAddress = request.socket.remoteAddress ?? "127.0.0.1";
    this.#expectsContinue = expectsContinue;
    // Node reads nothing more of a connection on which another protocol was asked for.
    this.#isLast = head.asksForUpgrade || (expectsContinue && !head.body.hasBody);
  }

  /** Whether the connection ends with this exchange: what comes after it on the connection is no request. */
  get isLast(): boolean {
    return this.#isLast;
  }

  /** Whether an answer has begun. */
  get isAnswered(): boolean {
    return this.#status !== undefined;
  }

  /** Whether the exchange is over, the client gone or answered in full. */
  get isFinished(): boolean {
    return this.#isFinished;
  }

  /** Tells a client that waits for it to send the body. */
  continue(): void {
    if (this.#expectsContinue) this.#response.writeContinue();
    this.#expectsContinue = false;
  }

  /**
   * Begins an answer.
   *
   * @param headers - Names and values in turn, all of them valid.
   * @param lengthInBytes - The body's, where `headers` don't tell it.
   */
  begin(status: number, headers: readonly string[], lengthInBytes?: number): void {
    if (this.isAnswered || this.#isFinished) return;
    this.#status = status;
    const given = this.replacesCors ? withoutCors(headers) : headers;
    const length = lengthInBytes === undefined ? nothing : ["Content-Length", String(lengthInBytes)];
    const added = this.addedHeaders;
    const all = [...given, ...length, ...added, ...gatewayHeaders, "opc-request-id", this.opcRequestId];
    // The rest of a body that nobody reads would hold up the connection.
    this.#isClosing = this.head.body.hasBody && !this.request.complete;
    // After an interim answer a client waits for the real one: it would take the next request's answer for it.
    // unverified: an answer with a status below 200 is the last of its connection
    if (this.#isClosing || status < 200) this.#isLast = true;
    if (this.#isLast) all.push("Connection", "close");
    this.#response.writeHead(status, all);
  }

  /** Sends a part of the body; false when the client is slower than we are, see `onDrain`. */
  write(chunk: Buffer): boolean {
    this.#bodyBytesSent += chunk.length;
    if (!this.#hasBodyBegun && chunk.length <= oneWriteBytes) {
      this.#hasBodyBegun = true;
      this.#held = chunk;
      process.nextTick(() => this.#release());
      return true;
    }
    this.#hasBodyBegun = true;
    this.#release();
    return this.#response.write(chunk);
  }

  onDrain(resume: () => void): void {
    this.#response.once("drain", resume);
  }

  /** @param rest - The body's last part. */
  end(rest?: Buffer): void {
    if (rest !== undefined && this.#held !== undefined) this.write(rest);
    else if (rest !== undefined) {
      this.#bodyBytesSent += rest.length;
      this.#held = rest;
    }
    const held = this.#held;
    if (!this.#isClosing || this.request.complete) {
      this.#held = undefined;
      if (held === undefined) this.#response.end();
      else this.#endWith(held);
      return;
    }
    this.#release();
    this.#linger();
  }

  /** Answers in one piece. */
  answer(status: number, headers: readonly string[], body: Buffer): void {
    if (this.isAnswered || this.#isFinished) return;
    const hasBody = status >= 200 && status !== 204 && status !== 304;
    this.begin(status, headers, hasBody ? body.length : undefined);
    if (!hasBody || this.head.method === "HEAD") {
      this.end();
      return;
    }
    this.#bodyBytesSent += body.length;
    if (!this.#isClosing) this.#endWith(body);
    else {
      this.#response.write(body);
      this.#linger();
    }
  }

  /** Answers a gateway error, or breaks off an answer that has begun. */
  fail(fault: GatewayFault): void {
    if (this.#isFinished) return;
    const { status, reason, level, body, ...error } = gatewayError(fault.error);
    const code = fault.code ?? error.code;
    if (fault.error === "clientEof") this.abort();
    else if (!this.isAnswered) {
      if (code !== undefined) this.record(level ?? "WARN", code, fault.message);
      this.#response.statusMessage = reason;
      this.answer(status, [...jsonType, ...fault.headers], body);
    } else if (!this.#response.writableEnded) this.abort();
  }

  /** Ends an answer that is complete but for the reading on; false when there is none. */
  stopLingering(): boolean {
    const isLingering = this.#stopLingering !== undefined;
    this.#stopLingering?.();
    return isLingering;
  }

  /** Closes the connection, so that nobody takes the answer for complete. */
  abort(): void {
    this.request.socket.destroy();
  }

  /** Writes a line of the execution log, if the level in force lets it through. */
  record(level: LogLevel, code: string, message: string): void {
    const minimum = this.route?.executionLevel ?? "INFO";
    if (severity[level] < severity[minimum]) return;
    this.gateway.emit({
      type: "execution",
      level,
      code,
      message,
      functionId: isOfFunction(code) ? this.functionId : undefined,
      gatewayId: this.gateway.view.id,
      deploymentId: this.deployment?.id,
      opcRequestId: this.opcRequestId,
      route: this.route?.path,
    });
  }

  /** Called when answer or connection has ended: writes the access log. */
  finish(): void {
    if (this.#isFinished) return;
    const isComplete = this.#response.writableFinished;
    if (!isComplete) this.record("WARN", "request.clientEof", "the connection ended before the answer did");
    this.#isFinished = true;
    if (!isComplete) this.onClientGone?.();
    this.gateway.emit({
      type: "access",
      gatewayId: this.gateway.view.id,
      gatewayDisplayName: this.gateway.view.displayName,
      deploymentId: this.deployment?.id,
      httpMethod: this.head.method,
      requestUri: this.head.target,
      serverProtocol: `HTTP/${this.request.httpVersion}`,
      httpUserAgent: this.head.first.get("user-agent"),
      httpReferrer: this.head.first.get("referer"),
      status: this.#status ?? gatewayError("clientEof").status,
      requestDurationInMs: performance.now() - this.#startedAtInMs,
      bodyBytesSent: this.#bodyBytesSent,
      opcRequestId: this.opcRequestId,
      remoteAddr: this.remoteAddress,
      route: this.route?.path,
      backendType: this.chosenBackendType ?? this.route?.backendType,
    });
  }

  #release(): void {
    const held = this.#held;
    this.#held = undefined;
    if (held !== undefined && !this.#response.destroyed) this.#response.write(held);
  }

  /** Node sends head and body in one write only when the body is a string; each byte is one latin1 character. */
  #endWith(body: Buffer): void {
    if (body.length > oneWriteBytes) this.#response.end(body);
    else this.#response.end(body.toString("latin1"), "latin1");
  }

  /** Reads on for a while after an early answer: a client that still sends would get a reset instead of it. */
  #linger(): void {
    const end = () => {
      this.#stopLingering = undefined;
      clearTimeout(timer);
      this.#response.end();
    };
    const timer = setTimeout(end, this.gateway.settings.lingerTimeoutInMs);
    this.#stopLingering = end;
    this.request.once("end", end).once("close", end);
    // A listener, so that it goes on also when somebody still reads and then stops.
    this.request.on("data", () => {}).resume();
  }
}
