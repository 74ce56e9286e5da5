import { backendAnswerHeaders } from "../server/backend-answer.ts";
import { discardBody } from "../server/body.ts";
import type { Exchange } from "../server/exchange.ts";
import { forClient } from "../server/headers.ts";
import type { StockResponseBackend } from "../specification/model.ts";
import type { Backend } from "./backend.ts";

/** An answer that stands in the specification ("Adding Stock Responses as an API Gateway Back End"). */
export function compileStockBackend(backend: StockResponseBackend): Backend {
  const given = (backend.headers ?? []).map(({ name, value }) => [name, value] as const);
  const headers = given.filter(([name]) => name.toLowerCase() !== "content-length");
  const unchanged = forClient(headers).flat();
  const body = Buffer.from(backend.body ?? "");
  const answer = (exchange: Exchange) => {
    const isChanged = (exchange.route?.responseSteps.length ?? 0) > 0;
    exchange.answer(backend.status, isChanged ? backendAnswerHeaders(exchange, headers) : unchanged, body);
  };
  return (exchange) => {
    if (!exchange.head.body.hasBody) return answer(exchange);
    return discardBody(exchange).then(() => answer(exchange));
  };
}
