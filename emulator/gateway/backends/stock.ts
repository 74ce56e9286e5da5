import { backendAnswerHeaders } from "../server/backend-answer.ts";
import { discardBody } from "../server/body.ts";
import type { Exchange } from "../server/exchange.ts";
import type { StockResponseBackend } from "../specification/model.ts";
import type { Backend } from "./backend.ts";

/** An answer that stands in the specification ("Adding Stock Responses as an API Gateway Back End"). */
export function compileStockBackend(backend: StockResponseBackend): Backend {
  const given = (backend.headers ?? []).map(({ name, value }) => [name, value] as const);
  const headers = given.filter(([name]) => name.toLowerCase() !== "content-length");
  const body = Buffer.from(backend.body ?? "");
  /** The headers as clients get them, where they are the same for all. */
  let ready: readonly string[] | undefined;
  const answer = (exchange: Exchange): undefined => {
    const changed = ready ?? backendAnswerHeaders(exchange, headers);
    if (exchange.route?.hasConstantResponses) ready = changed;
    exchange.answer(backend.status, changed, body);
  };
  return (exchange) => {
    if (!exchange.head.body.hasBody) return answer(exchange);
    return discardBody(exchange).then(() => answer(exchange));
  };
}
