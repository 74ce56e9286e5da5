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
const OWN_REQUEST_HEADERS = new Set(["host", "content-length", "fn-call-id", "fn-deadline"]);

export interface ExchangeOptions {
  agent: Agent;
  socketPath: string;
  call: FunctionCall;
  /** Start of the call plus the function's time-out. */
  deadline: Date;
  /** Ends the exchange: the outcome is then whatever the caller makes of it. */
  signal: AbortSignal;
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
  const { agent, socketPath, call, signal } = options;
  return new Promise((resolve) => {
    const outgoing = request({
      agent,
      socketPath,
      signal,
      method: "POST",
      path: "/call",
      headers: requestHeaders(options),
      maxHeaderSize: MAX_RESPONSE_HEADERS_IN_BYTES,
    });
    outgoing.on("error", (error: NodeJS.ErrnoException) => resolve(outcomeOfError(error)));
    outgoing.on("response", (incoming) => {
      void readOutcome(incoming).then((outcome) => {
        if (!outgoing.writableFinished || outcome.kind !== "result") outgoing.destroy();
        resolve(outcome);
      });
    });
    outgoing.end(call.body);
  });
}

/** A flat list, which keeps order, case and repetitions. */
function requestHeaders({ call, deadline }: ExchangeOptions): string[] {
  const passed = call.headers.filter(([name]) => {
    const lower = name.toLowerCase();
    return !HOP_BY_HOP.has(lower) && !OWN_REQUEST_HEADERS.has(lower);
  });
  return [
    ...["Host", "localhost"],
    ...passed.flat(),
    ...["Fn-Call-Id", call.callId],
    ...["Fn-Deadline", deadline.toISOString()],
    ...["Transfer-Encoding", "chunked"],
  ];
}

async function readOutcome(incoming: IncomingMessage): Promise<Outcome> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > MAX_BODY_IN_BYTES) {
        return broken(
          "FunctionInvokeResponseBodyTooLarge",
          `the answer is larger than ${MAX_BODY_IN_BYTES} bytes`,
        );
      }
      chunks.push(chunk);
    }
  } catch (error) {
    return outcomeOfError(error as NodeJS.ErrnoException) as Outcome;
  }
  switch (incoming.statusCode) {
    case 200:
      return {
        kind: "result",
        result: { kind: "answer", headers: responseHeaders(incoming), body: Buffer.concat(chunks) },
      };
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
