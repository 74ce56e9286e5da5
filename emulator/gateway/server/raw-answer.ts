import type { Socket } from "node:net";
import { type GatewayErrorName, gatewayError } from "./errors.ts";
import { gatewayHeaders } from "./headers.ts";

/** Answers a gateway error on a connection whose request Node could not read, and closes it. */
export function answerRaw(
  socket: Socket,
  name: GatewayErrorName,
  opcRequestId: string,
  lingerTimeoutInMs: number,
): void {
  const { status, reason, body } = gatewayError(name);
  const headers = [
    "Content-Type",
    "application/json",
    "Content-Length",
    String(body.length),
    ...gatewayHeaders,
    "opc-request-id",
    opcRequestId,
    "Date",
    new Date().toUTCString(),
    "Connection",
    "close",
  ];
  const lines = headers.flatMap((text, index) =>
    index % 2 === 0 ? [`${text}: ${headers[index + 1]}\r\n`] : [],
  );
  // A client that still sends would get a reset instead of the answer; nothing of it is a request any more.
  socket.removeAllListeners("data").on("data", () => {});
  socket.end(Buffer.concat([Buffer.from(`HTTP/1.1 ${status} ${reason}\r\n${lines.join("")}\r\n`), body]));
  const timer = setTimeout(() => socket.destroy(), lingerTimeoutInMs);
  socket.once("close", () => clearTimeout(timer));
}
