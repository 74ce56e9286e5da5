import { discardBody } from "../server/body.ts";
import { forClient } from "../server/headers.ts";
import type { StockResponseBackend } from "../specification/model.ts";
import type { Backend } from "./backend.ts";

/** An answer that stands in the specification ("Adding Stock Responses as an API Gateway Back End"). */
export function compileStockBackend(backend: StockResponseBackend): Backend {
  const given = (backend.headers ?? []).map(({ name, value }) => [name, value] as const);
  const headers = forClient(given)
    .filter(([name]) => name.toLowerCase() !== "content-length")
    .flat();
  const body = Buffer.from(backend.body ?? "");
  const { status } = backend;
  return (exchange) => {
    if (!exchange.head.body.hasBody) return exchange.answer(status, headers, body);
    return discardBody(exchange).then(() => exchange.answer(status, headers, body));
  };
}
