import type { HeaderList } from "../../runtime/types.ts";
import { type HeaderName, headerName } from "./header-names.ts";

type Pair = readonly [name: string, value: string];

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

/** Headers that go on to the next hop: without those of this connection, also those that `Connection` names. */
export function endToEnd(headers: HeaderList): Pair[] {
  const named = namedByConnection(headers);
  const kept: Pair[] = [];
  for (const pair of headers) if (isEndToEnd(headerName(pair[0]), pair[1], named)) kept.push(pair);
  return kept;
}

/** Whether a header goes on to the next hop. */
export function isEndToEnd(
  { key, isHopByHop }: HeaderName,
  value: string,
  named: ReadonlySet<string> | undefined,
): boolean {
  if (key === "te" && value.trim().toLowerCase() === "trailers") return true;
  return !isHopByHop && !named?.has(key);
}

/** Names in `Connection`, in lower case; undefined where it names none. */
export function namedByConnection(headers: HeaderList): Set<string> | undefined {
  let named: Set<string> | undefined;
  for (const [name, value] of headers) {
    if (name.length !== "connection".length || name.toLowerCase() !== "connection") continue;
    // Dropped anyway, and what nearly all say.
    if (value === "keep-alive") continue;
    for (const option of value.split(",")) {
      named ??= new Set();
      named.add(option.trim().toLowerCase());
    }
  }
  return named;
}

/** Headers of a back end's answer that reach the client: names and values in turn. */
export function forClient(headers: HeaderList): string[] {
  const named = namedByConnection(headers);
  const kept: string[] = [];
  for (const [name, value] of headers) {
    const known = headerName(name);
    if (!known.isOfGateway && isEndToEnd(known, value, named)) kept.push(name, value);
  }
  return kept;
}

/** Names and values in turn, without those of CORS. */
export function withoutCors(headers: readonly string[]): readonly string[] {
  const isCors = (name: string) => name.length > "access-control-".length && /^access-control-/i.test(name);
  let hasCors = false;
  for (let index = 0; index < headers.length; index += 2) hasCors ||= isCors(headers[index] ?? "");
  if (!hasCors) return headers;
  return headers.filter((_, index) => !isCors(headers[index - (index % 2)] ?? ""));
}

const invalidInValues = /[^\t\x20-\x7e\x80-\xff]/;

/** Whether HTTP can carry a header: what `validateHeaderName` and `validateHeaderValue` of `node:http` let pass. */
export function isValid({ isValid }: HeaderName, value: string): boolean {
  return isValid && !invalidInValues.test(value);
}

/** Whether HTTP can carry the headers. */
export function areValid(headers: HeaderList): boolean {
  return headers.every(([name, value]) => isValid(headerName(name), value));
}
