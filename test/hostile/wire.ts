import type { IncomingMessage } from "node:http";
import { connect } from "node:net";
import { onTestFinished } from "vitest";
import { functionBackend, openPlane, startBackend } from "../emulator/gateway/harness.ts";

/** Ends each conversation: a plain request of its own that no back end sees. */
export const sentinel = "GET /v1/hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

export interface Outcome {
  /** Status of each answer on the connection; `hi` for the sentinel's. */
  answers: (number | "hi")[];
  /** What the back end got: method, target and body of each complete request. */
  reached: string[];
  /** The connection's text. */
  text: string;
}

/** A gateway with one route to a function, one to an HTTP back end, both of which keep what they get. */
export async function openTarget(more: object = {}) {
  const reached: string[] = [];
  const origin = await startBackend(async (request, response) => {
    reached.push(`${request.method} ${request.url} ${await completeBody(request)}`);
    response.end("ok");
  });
  const plane = await openPlane({
    routes: [
      { path: "/hello", backend: { type: "STOCK_RESPONSE_BACKEND", status: 200, body: "hi" } },
      { path: "/fn/{p*}", backend: functionBackend },
      {
        path: "/http/{p*}",
        backend: { type: "HTTP_BACKEND", url: `${origin}/v1/http/\${request.path[p]}` },
      },
    ],
    settings: { stallTimeoutInMs: 200, lingerTimeoutInMs: 100 },
    invoke(call) {
      const header = (name: string) => call.headers.find(([key]) => key === name)?.[1];
      reached.push(
        `${header("Fn-Http-Method")} ${header("Fn-Http-Request-Url")} ${call.body.toString("latin1")}`,
      );
      return { kind: "answer", headers: [], body: Buffer.from("ok") };
    },
    ...more,
  });
  return { ...plane, reached };
}

/** Sends bytes, then the sentinel, and reads until the gateway closes. */
export async function converse(
  port: number,
  bytes: string,
  end = sentinel,
): Promise<{ answers: Outcome["answers"]; text: string }> {
  const socket = connect(port, "127.0.0.1").on("error", () => {});
  onTestFinished(() => void socket.destroy());
  const chunks: Buffer[] = [];
  socket.on("data", (chunk) => chunks.push(chunk));
  socket.write(Buffer.from(bytes + end, "latin1"));
  await new Promise((resolve) => socket.once("close", resolve));
  const text = Buffer.concat(chunks).toString("latin1");
  const answers = [...text.matchAll(/HTTP\/1\.1 ([0-9]{3}) .*?\r\n\r\n(hi)?/gs)].map(([, status, hi]) =>
    hi === undefined ? Number(status) : ("hi" as const),
  );
  return { answers, text };
}

async function completeBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("latin1");
}
