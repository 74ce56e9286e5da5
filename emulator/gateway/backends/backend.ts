import type { Exchange } from "../server/exchange.ts";

/** Answers an exchange, or throws a `GatewayFault`. */
export type Backend = (exchange: Exchange) => undefined | Promise<void>;
