import { type Agent, type IncomingMessage, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { type FailureCode, failure } from "./failures.ts";
import { MAX_BODY_IN_BYTES, MAX_RESPONSE_HEADERS_IN_BYTES } from "./limits.ts";
import type { FunctionCall, FunctionResult, HeaderList } from "./types.ts";

/** What came of one `POST /call`. */
export type Outcome =
  /** The result stands and the instance can go on. */
  | { kind: "result"; result: FunctionResult }
  /** The result stands, but the instance broke the contract and must end. */
  | { kind: "broken"; result: FunctionResult; reason: string }
  /** The connection broke without a sign of why; whether the process ended says more. */
  | { kind: "disconnected"; detail: string };

/** Headers between two neighbours only, never passed on (RFC 9110, 7.6.1). */
const HOP_BY_HOP = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** Set by this exchange, whatever the caller gave. */
const OWN_REQUEST_HEADERS = ["host", "content-length", "fn-call-id", "fn-deadline"];
const NOT_SENT = new Set([...HOP_BY_HOP, ...OWN_REQUEST_HEADERS]);

export interface ExchangeOptions {
  agent: Agent;
  socketPath: string;
  call: FunctionCall;
  /** Start of the call plus the function's time-out. */
  deadline: Date;
}

/** One `POST /call` over a function's socket ("Fn container contract"). Never rejects. */
export async function exchange(options: ExchangeOptions): Promise<Outcome> {
  for (let attempt = 0; ; attempt++) {
    const outcome = await attemptExchange(options);
    // The socket's name may be there a moment before anyone listens; nothing was sent then.
    if (outcome !== "refused") return outcome;
    if (attempt === 20) return { kind: "disconnected", detail: "the socket refuses connections" };
    await sleep(5);
  }
}

function attemptExchange(options: ExchangeOptions): Promise<Outcome | "refused"> {
  const { agent, socketPath, call } = options;
  return new Promise((resolve) => {
    const outgoing = request({
      agent,
      socketPath,
      method: "POST",
      path: "/call",
      headers: requestHeaders(options),
      maxHeaderSize: MAX_RESPONSE_HEADERS_IN_BYTES,
    });
    outgoing.on("error", (error: NodeJS.ErrnoException) => resolve(outcomeOfError(error)));
    outgoing.on("response", (incoming) => {
      readOutcome(incoming, (outcome) => {
        if (!outgoing.writableFinished || outcome.kind !== "result") outgoing.destroy();
        resolve(outcome);
      });
    });
    // Without a body head and end go out in one write.
    if (call.body.length === 0) outgoing.end();
    else outgoing.end(call.body);
  });
}

/** A flat list, which keeps order, case and repetitions. */
function requestHeaders({ call, deadline }: ExchangeOptions): string[] {
  const headers = ["Host", "localhost"];
  for (const [name, value] of call.headers) {
    if (!NOT_SENT.has(name.toLowerCase())) headers.push(name, value);
  }
  headers.push("Fn-Call-Id", call.callId, "Fn-Deadline", deadline.toISOString());
  headers.push("Transfer-Encoding", "chunked");
  return headers;
}

/** @param done - Called once, with the answer's end or with what made it useless. */
function readOutcome(incoming: IncomingMessage, done: (outcome: Outcome) => void): void {
  const chunks: Buffer[] = [];
  let length = 0;
  incoming.on("data", (chunk: Buffer) => {
    length += chunk.length;
    if (length <= MAX_BODY_IN_BYTES) chunks.push(chunk);
    else {
      const detail = `the answer is larger than ${MAX_BODY_IN_BYTES} bytes`;
      done(broken("FunctionInvokeResponseBodyTooLarge", detail));
    }
  });
  incoming.on("error", (error) => done(outcomeOfError(error) as Outcome));
  incoming.on("end", () =>
    done(outcomeOf(incoming, chunks.length === 1 ? chunks[0] : Buffer.concat(chunks))),
  );
}

function outcomeOf(incoming: IncomingMessage, body: Buffer = Buffer.alloc(0)): Outcome {
  switch (incoming.statusCode) {
    case 200:
      return { kind: "result", result: { kind: "answer", headers: responseHeaders(incoming), body } };
    case 502:
      return { kind: "result", result: failure("FunctionInvokeExecutionFailed") };
    case 504:
      return { kind: "result", result: failure("FunctionInvokeTimeout") };
    default:
      return broken(
        "FunctionInvokeInvalidResponse",
        `a function must answer with status 200, 502 or 504, not ${incoming.statusCode}`,
      );
  }
}

function responseHeaders(incoming: IncomingMessage): HeaderList {
  const headers: [string, string][] = [];
  for (let i = 0; i + 1 < incoming.rawHeaders.length; i += 2) {
    const name = incoming.rawHeaders[i] ?? "";
    if (!HOP_BY_HOP.has(name.toLowerCase())) headers.push([name, incoming.rawHeaders[i + 1] ?? ""]);
  }
  return headers;
}

function outcomeOfError(error: NodeJS.ErrnoException): Outcome | "refused" {
  const code = error.code ?? "";
  if (code === "ECONNREFUSED" || code === "ENOENT") return "refused";
  if (code === "HPE_HEADER_OVERFLOW") {
    return broken(
      "FunctionInvokeResponseHeaderTooLarge",
      `the headers are larger than ${MAX_RESPONSE_HEADERS_IN_BYTES} bytes`,
    );
  }
  if (code.startsWith("HPE_")) {
    return broken("FunctionInvokeInvalidResponse", `the answer is not HTTP: ${error.message}`);
  }
  return { kind: "disconnected", detail: error.message };
}

function broken(code: FailureCode, detail: string): Outcome {
  return { kind: "broken", result: failure(code, detail), reason: detail };
}
