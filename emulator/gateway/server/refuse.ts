import { unverified } from "../unverified.ts";
import { GatewayFault } from "./errors.ts";
import type { Exchange } from "./exchange.ts";

/** Answers a request that can't go on. Never throws. */
export function refuse(exchange: Exchange, error: unknown): void {
  if (!unverified.gatewayErrorsHaveCors) exchange.addedHeaders = [];
  exchange.fail(asFault(error));
}

function asFault(error: unknown): GatewayFault {
  if (error instanceof GatewayFault) return error;
  return new GatewayFault("internalError", error instanceof Error ? error.message : String(error));
}
