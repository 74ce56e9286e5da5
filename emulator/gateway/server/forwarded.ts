import type { HeaderList } from "../../runtime/types.ts";
import { unverified } from "../unverified.ts";
import type { Exchange } from "./exchange.ts";
import { endToEnd } from "./headers.ts";

const replaced = new Set(["forwarded", "x-forwarded-for", "x-real-ip", "cdn-loop"]);

/**
 * The client's headers as back ends get them, with `Forwarded`, `X-Forwarded-For`, `X-Real-Ip` and `Cdn-Loop`
 * (recorded requests of real gateways).
 */
// unverified: the client's own Cdn-Loop is kept and added to, X-Real-Ip is replaced
export function forwardedHeaders(exchange: Exchange): [name: string, value: string][] {
  const { outgoing, remoteAddress, route } = exchange;
  const headers = endToEnd(outgoing.headers).filter(([name]) => !replaced.has(name.toLowerCase()));
  const node = remoteAddress.includes(":") ? `"[${remoteAddress}]"` : remoteAddress;
  headers.push(
    ["Forwarded", added(exchange, "forwarded", `for=${node}`, outgoing.headers)],
    ["X-Forwarded-For", added(exchange, "x-forwarded-for", remoteAddress)],
    ["X-Real-Ip", remoteAddress],
    ["Cdn-Loop", added(exchange, "cdn-loop", route?.loopToken ?? "")],
  );
  return headers;
}

/** @param headers - The client's; those that transformations have left, where the header isn't protected. */
function added({ head }: Exchange, key: string, value: string, headers: HeaderList = head.headers): string {
  if (headers === head.headers && !head.first.has(key)) return value;
  if (unverified.clientForwarded === "replaced" && key !== "cdn-loop") return value;
  const before = headers.filter(([name]) => name.toLowerCase() === key).map(([, each]) => each);
  return [...before, value].join(", ");
}
