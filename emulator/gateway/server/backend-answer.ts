import type { HeaderList } from "../../runtime/types.ts";
import type { Exchange } from "./exchange.ts";
import { endToEnd, forClient } from "./headers.ts";

/**
 * Headers of a back end's answer as the client gets them, names and values in turn: changed by the route's response
 * policies, without those of one connection and those that the gateway sets itself.
 *
 * @param headers - The back end's, valid in HTTP.
 */
export function backendAnswerHeaders(exchange: Exchange, headers: HeaderList): string[] {
  const steps = exchange.route?.responseSteps ?? [];
  if (steps.length === 0) return forClient(headers);
  let changed: HeaderList = endToEnd(headers);
  for (const step of steps) changed = step(exchange, changed);
  return forClient(changed);
}
