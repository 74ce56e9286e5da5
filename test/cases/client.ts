import { once } from "node:events";
import { type ClientRequest, request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { CaseRequest } from "./gateway/case.ts";

/** What came back. */
export interface Answer {
  status: number;
  /** By name in lower case. */
  headers: ReadonlyMap<string, readonly string[]>;
  body: string;
}

const timeoutInMs = 30_000;

/**
 * Sends a request as it is, with no path made nicer and no header added.
 *
 * @param gateway - Scheme, host and port.
 * @param path - Path of the case.
 */
export async function send(gateway: URL, path: string, request: CaseRequest): Promise<Answer> {
  if (request.raw !== undefined) return sendRaw(gateway, withPlaces(request.raw, gateway, path));
  const { method = "GET", headers = {}, body } = request;
  const bytes = body === undefined ? undefined : Buffer.from(textOf(body));
  const sent = (gateway.protocol === "https:" ? httpsRequest : httpRequest)({
    hostname: gateway.hostname,
    port: gateway.port,
    method,
    path: `${path}${request.path ?? "/"}`,
    headers: {
      ...headers,
      ...(bytes === undefined ? {} : { "content-length": bytes.length }),
    } as Record<string, string | string[]>,
    agent: false,
    timeout: timeoutInMs,
  });
  return answerTo(sent, bytes);
}

function answerTo(sent: ClientRequest, body: Buffer | undefined): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let isAnswered = false;
    sent.once("response", (response) => {
      isAnswered = true;
      read(response).then(resolve, reject);
    });
    sent.once("timeout", () => sent.destroy(new Error(`no answer within ${timeoutInMs} ms`)));
    // A gateway that answers early doesn't read on.
    sent.on("error", (error) => {
      if (!isAnswered) reject(error);
    });
    sent.end(body);
  });
}

async function read(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  const pairs = response.rawHeaders.flatMap((name, index): [string, string][] =>
    index % 2 === 0 ? [[name, response.rawHeaders[index + 1] ?? ""]] : [],
  );
  return {
    status: response.statusCode ?? 0,
    headers: byName(pairs),
    body: Buffer.concat(chunks).toString("utf8"),
  };
}

async function sendRaw(gateway: URL, text: string): Promise<Answer> {
  const socket = connected(gateway);
  const chunks: Buffer[] = [];
  socket.on("data", (chunk) => chunks.push(chunk)).on("error", () => {});
  socket.setTimeout(timeoutInMs, () => socket.destroy());
  socket.write(Buffer.from(text, "latin1"));
  await once(socket, "close");
  const all = Buffer.concat(chunks).toString("latin1");
  const end = all.indexOf("\r\n\r\n");
  const [line = "", ...lines] = all.slice(0, end).split("\r\n");
  const pairs = lines.map((each): [string, string] => {
    const colon = each.indexOf(":");
    return [each.slice(0, colon), each.slice(colon + 1).trim()];
  });
  return {
    status: Number(line.split(" ")[1] ?? 0),
    headers: byName(pairs),
    body: end === -1 ? "" : all.slice(end + 4),
  };
}

function connected({ protocol, hostname, port }: URL): Socket {
  if (protocol !== "https:") return connectTcp(Number(port || 80), hostname);
  return connectTls({ port: Number(port || 443), host: hostname, servername: hostname });
}

function withPlaces(raw: string, gateway: URL, path: string): string {
  const text = raw.replaceAll("~", path).replaceAll("<host>", gateway.host);
  const [place, wanted] = /<pad:([0-9]+)>/.exec(text) ?? [];
  if (place === undefined) return text;
  const head = text.replace(place, "").indexOf("\r\n\r\n") + 4;
  return text.replace(place, "x".repeat(Number(wanted) - head));
}

function textOf(body: string | { bytes: number }): string {
  return typeof body === "string" ? body : "x".repeat(body.bytes);
}

function byName(pairs: readonly (readonly [string, string])[]): Map<string, string[]> {
  const all = new Map<string, string[]>();
  for (const [name, value] of pairs)
    all.set(name.toLowerCase(), [...(all.get(name.toLowerCase()) ?? []), value]);
  return all;
}
