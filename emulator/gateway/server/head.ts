import type { IncomingMessage } from "node:http";
import type { HeaderList } from "../../runtime/types.ts";
import { limits } from "../limits.ts";
import { isUnsafePath } from "../specification/unsafe-path.ts";
import { GatewayFault } from "./errors.ts";
import { isHost, readTarget } from "./request-target.ts";

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
  /** Whether the client would like to go on in another protocol. */
  asksForUpgrade: boolean;
}

const knownMethods = new Set(["HEAD", "GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
const nothing: readonly string[] = [];
const unsafeQuery = /[^\x21-\x7e]|[\\#]/;

/** Reads the head. Never throws: what is wrong with it is returned beside it. */
export function readHead(request: IncomingMessage): { head: RequestHead; fault: GatewayFault | undefined } {
  const method = request.method ?? "GET";
  const { target, authority } = readTarget(request.url ?? "/");
  const question = target.indexOf("?");
  const headers: [string, string][] = [];
  const first = new Map<string, string>();
  let bytes = method.length + (request.url ?? "").length + " HTTP/1.1\r\n".length + 1 + "\r\n".length;
  const hosts: string[] = [];
  let codings = nothing;
  let connection = "";
  const raw = request.rawHeaders;
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] ?? "";
    const value = raw[index + 1] ?? "";
    const key = name.toLowerCase();
    bytes += name.length + value.length + ": \r\n".length;
    let meant = value;
    if (key === "host") {
      hosts.push(value);
      // RFC 9112, section 3.2.2: the host of a whole URL is the request's, whatever Host says.
      meant = authority ?? value;
    } else if (key === "transfer-encoding") codings = [...codings, value];
    else if (key === "connection") connection = connection === "" ? value : `${connection}, ${value}`;
    headers.push([name, meant]);
    if (!first.has(key)) first.set(key, meant);
  }
  if (authority !== undefined && hosts.length === 0) {
    headers.push(["Host", authority]);
    first.set("host", authority);
  }
  const left = withoutOptions(headers, first, connection);
  const length = first.get("content-length");
  const lengthInBytes = length === undefined ? undefined : Number(length);
  const head: RequestHead = {
    method,
    target,
    path: question === -1 ? target : target.slice(0, question),
    query: question === -1 ? undefined : target.slice(question + 1),
    headers: left,
    first,
    body: { hasBody: first.has("transfer-encoding") || (lengthInBytes ?? 0) > 0, lengthInBytes },
    asksForUpgrade: first.has("upgrade") && /\bupgrade\b/i.test(connection),
  };
  return { head, fault: faultOf(head, bytes, request.httpVersion, hosts, codings) };
}

const plainConnection = /^(?:keep-alive|close|upgrade)?$/i;
/** What the gateway itself reads stays, whatever `Connection` says. */
const readByGateway = new Set([
  "cdn-loop",
  "connection",
  "content-length",
  "expect",
  "forwarded",
  "host",
  "opc-request-id",
  "te",
  "transfer-encoding",
  "upgrade",
  "x-forwarded-for",
]);

/**
 * Takes out what `Connection` names (RFC 9110, section 7.6.1): a header that doesn't reach the back end must not have
 * been validated, or shown to an authorizer, before.
 */
// unverified: headers that the client's Connection names reach neither policies nor back ends
function withoutOptions(
  headers: [name: string, value: string][],
  first: Map<string, string>,
  connection: string,
): [name: string, value: string][] {
  if (plainConnection.test(connection)) return headers;
  const named = new Set(connection.split(",").map((option) => option.trim().toLowerCase()));
  for (const key of named) if (!readByGateway.has(key)) first.delete(key);
  return headers.filter(([name]) => first.has(name.toLowerCase()));
}

function faultOf(
  head: RequestHead,
  bytes: number,
  version: string,
  hosts: readonly string[],
  codings: readonly string[],
): GatewayFault | undefined {
  if (bytes > limits.requestHeadBytes) {
    return new GatewayFault("headTooLarge", `request line and headers are ${bytes} bytes long`);
  }
  if (version !== "1.1" && version !== "1.0") {
    return new GatewayFault("malformedRequest", `the request is of version ${version}`);
  }
  if (hosts.length > 1 || (hosts.length === 0 && version !== "1.0")) {
    return new GatewayFault("malformedRequest", `the request has ${hosts.length} Host headers`);
  }
  const sent = hosts[0] ?? "";
  const meant = head.first.get("host") ?? "";
  const wrongHost = !isHost(sent) ? sent : meant !== sent && !isHost(meant) ? meant : undefined;
  if (wrongHost !== undefined) {
    return new GatewayFault("malformedRequest", `Host is ${JSON.stringify(wrongHost)}`);
  }
  // RFC 9112, section 6.1: other codings would have to be undone here, and HTTP/1.0 has none.
  if (codings.length > 0 && (version === "1.0" || codings.join().toLowerCase() !== "chunked")) {
    return new GatewayFault("malformedRequest", `Transfer-Encoding ${codings.join()} in HTTP/${version}`);
  }
  if (!knownMethods.has(head.method)) return new GatewayFault("methodNotAllowed", `method ${head.method}`);
  const isQuerySafe = head.query === undefined || !unsafeQuery.test(head.query);
  if (!isQuerySafe || !head.path.startsWith("/") || isUnsafePath(head.path)) {
    return new GatewayFault("unsafePath", `the request's path ${JSON.stringify(head.path)}`);
  }
  return undefined;
}
