import type { IncomingMessage } from "node:http";
import type { HeaderList } from "../../runtime/types.ts";
import { limits } from "../limits.ts";
import { GatewayFault } from "./errors.ts";

/** Line and headers of a request, read once. */
export interface RequestHead {
  method: string;
  /** Path and query as sent. */
  target: string;
  path: string;
  /** Without its question mark; undefined when there was none. */
  query: string | undefined;
  headers: HeaderList;
  /** First value of each header, by its name in lower case. */
  first: ReadonlyMap<string, string>;
  /** Whether a body follows; its length when it was declared. */
  body: { hasBody: boolean; lengthInBytes: number | undefined };
}

const knownMethods = new Set(["HEAD", "GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
const unsafeTarget = /[^\x21-\x7e]|[\\#]/;
const dotSegment = /\/(?:\.|%2e){1,2}(?:\/|$)/i;

/** Reads the head. Never throws: what is wrong with it is returned beside it. */
export function readHead(request: IncomingMessage): { head: RequestHead; fault: GatewayFault | undefined } {
  const method = request.method ?? "GET";
  const target = originForm(request.url ?? "/");
  const question = target.indexOf("?");
  const headers: [string, string][] = [];
  const first = new Map<string, string>();
  let bytes = method.length + (request.url ?? "").length + " HTTP/1.1\r\n".length + 1 + "\r\n".length;
  let hosts = 0;
  const raw = request.rawHeaders;
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] ?? "";
    const value = raw[index + 1] ?? "";
    const key = name.toLowerCase();
    bytes += name.length + value.length + ": \r\n".length;
    headers.push([name, value]);
    if (!first.has(key)) first.set(key, value);
    if (key === "host") hosts++;
  }
  const length = first.get("content-length");
  const lengthInBytes = length === undefined ? undefined : Number(length);
  const head: RequestHead = {
    method,
    target,
    path: question === -1 ? target : target.slice(0, question),
    query: question === -1 ? undefined : target.slice(question + 1),
    headers,
    first,
    body: { hasBody: first.has("transfer-encoding") || (lengthInBytes ?? 0) > 0, lengthInBytes },
  };
  return { head, fault: faultOf(head, bytes, hosts, request) };
}

function faultOf(
  head: RequestHead,
  bytes: number,
  hosts: number,
  request: IncomingMessage,
): GatewayFault | undefined {
  if (bytes > limits.requestHeadBytes) {
    return new GatewayFault("headTooLarge", `request line and headers are ${bytes} bytes long`);
  }
  if (hosts > 1 || (hosts === 0 && request.httpVersion !== "1.0")) {
    return new GatewayFault("malformedRequest", `the request has ${hosts} Host headers`);
  }
  if (!knownMethods.has(head.method)) return new GatewayFault("methodNotAllowed", `method ${head.method}`);
  if (!head.path.startsWith("/") || unsafeTarget.test(head.target) || dotSegment.test(head.path)) {
    return new GatewayFault("unsafePath", `the request's path ${JSON.stringify(head.path)}`);
  }
  return undefined;
}

/** The target without scheme and host, which clients send to proxies. */
function originForm(url: string): string {
  if (url.startsWith("/")) return url;
  const [, rest] = /^https?:\/\/[^/?#]+(.*)$/i.exec(url) ?? [];
  if (rest === undefined) return url;
  return rest.startsWith("/") ? rest : `/${rest}`;
}
