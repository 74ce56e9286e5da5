import { unverified } from "../unverified.ts";
import type { Exchange } from "./exchange.ts";
import { headerName } from "./header-names.ts";
import { isEndToEnd, namedByConnection } from "./headers.ts";

const replaced = ["forwarded", "x-forwarded-for", "x-real-ip", "cdn-loop"];

/** Headers that don't reach a back end as the client sent them, in lower case; with those that only one kind of back end leaves out. */
export function notForwarded(more: readonly string[] = []): ReadonlySet<string> {
  return new Set([...replaced, ...more]);
}

/**
 * The client's headers as back ends get them, names and values in turn, with `Forwarded`, `X-Forwarded-For`,
 * `X-Real-Ip` and `Cdn-Loop` (recorded requests of real gateways).
 *
 * @param left - What `notForwarded` gave.
 */
// unverified: the client's own Cdn-Loop is kept and added to, X-Real-Ip is replaced
export function forwardedHeaders(exchange: Exchange, left: ReadonlySet<string>): string[] {
  const { outgoing, remoteAddress, route } = exchange;
  const named = namedByConnection(outgoing.headers);
  const headers: string[] = [];
  let forwardedBefore = "";
  for (const [name, value] of outgoing.headers) {
    const known = headerName(name);
    if (!left.has(known.key)) {
      if (isEndToEnd(known, value, named)) headers.push(known.name, value);
    } else if (known.key === "forwarded" && unverified.clientForwarded === "added-to") {
      forwardedBefore += `${value}, `;
    }
  }
  const node = remoteAddress.includes(":") ? `"[${remoteAddress}]"` : remoteAddress;
  headers.push(
    "Forwarded",
    `${forwardedBefore}for=${node}`,
    "X-Forwarded-For",
    added(exchange, "x-forwarded-for", remoteAddress),
    "X-Real-Ip",
    remoteAddress,
    "Cdn-Loop",
    added(exchange, "cdn-loop", route?.loopToken ?? ""),
  );
  return headers;
}

/** A value after the client's own, which no transformation can take away: the header is protected. */
function added({ head }: Exchange, key: string, value: string): string {
  if (!head.first.has(key)) return value;
  if (unverified.clientForwarded === "replaced" && key !== "cdn-loop") return value;
  const before = head.headers.filter(([name]) => headerName(name).key === key).map(([, each]) => each);
  return [...before, value].join(", ");
}
