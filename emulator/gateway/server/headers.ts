import { validateHeaderName, validateHeaderValue } from "node:http";
import type { HeaderList } from "../../runtime/types.ts";
import { unverified } from "../unverified.ts";

/** Headers of one connection only, removed both ways (RFC 9110; the Fn project's `runner_httptrigger.go`). */
const hopByHop = new Set([
  "connection",
  "proxy-connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** Headers of every answer of a gateway, as recorded from OCI; `opc-request-id` comes to them. */
export const gatewayHeaders: readonly string[] = [
  "Server",
  "Oracle API Gateway",
  "Strict-Transport-Security",
  "max-age=31536000",
  "X-Content-Type-Options",
  "nosniff",
  "X-Frame-Options",
  "sameorigin",
  "X-XSS-Protection",
  "1; mode=block",
];

const setByGateway = new Set(["server", "opc-request-id"]);
const securityHeaders = [
  "strict-transport-security",
  "x-content-type-options",
  "x-frame-options",
  "x-xss-protection",
];
const replacedHeaders =
  unverified.backendSecurityHeaders === "dropped"
    ? new Set([...setByGateway, ...securityHeaders])
    : setByGateway;

/** Headers that go on to the next hop: without those of this connection, also those that `Connection` names. */
export function endToEnd(headers: HeaderList): [name: string, value: string][] {
  let named: Set<string> | undefined;
  for (const [name, value] of headers) {
    if (name.length !== "connection".length || name.toLowerCase() !== "connection") continue;
    for (const option of value.split(",")) {
      named ??= new Set();
      named.add(option.trim().toLowerCase());
    }
  }
  const kept: [string, string][] = [];
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    if (key === "te" && value.trim().toLowerCase() === "trailers") kept.push([name, value]);
    else if (!hopByHop.has(key) && !named?.has(key)) kept.push([name, value]);
  }
  return kept;
}

/** Headers of a back end's answer that reach the client. */
export function forClient(headers: HeaderList): [name: string, value: string][] {
  return endToEnd(headers).filter(([name]) => !replacedHeaders.has(name.toLowerCase()));
}

/** Names and values in turn, without those of CORS. */
export function withoutCors(headers: readonly string[]): readonly string[] {
  const isCors = (name: string) => name.length > "access-control-".length && /^access-control-/i.test(name);
  let hasCors = false;
  for (let index = 0; index < headers.length; index += 2) hasCors ||= isCors(headers[index] ?? "");
  if (!hasCors) return headers;
  return headers.filter((_, index) => !isCors(headers[index - (index % 2)] ?? ""));
}

/** Whether HTTP can carry the headers. */
export function areValid(headers: HeaderList): boolean {
  try {
    for (const [name, value] of headers) {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    }
    return true;
  } catch {
    return false;
  }
}

/** A header's name as Go's and nginx's libraries write it: `x-real-ip` → `X-Real-Ip`. */
export function canonicalName(name: string): string {
  return name.toLowerCase().replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}
