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
  if (steps.length === 0) return inTurn(forClient(headers));
  let changed: HeaderList = endToEnd(headers);
  for (const step of steps) changed = step(exchange, changed);
  return inTurn(forClient(changed));
}

/** What `flat` does, in a fraction of its time. */
function inTurn(headers: HeaderList): string[] {
  const texts: string[] = [];
  for (const [name, value] of headers) texts.push(name, value);
  return texts;
}
