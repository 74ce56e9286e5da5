import { GatewayFault } from "../server/errors.ts";
import { unverified } from "../unverified.ts";
import { clientKey } from "./client-address.ts";
import type { PolicyContext, RequestStep } from "./policy.ts";
import { RequestCounters } from "./request-counters.ts";

/**
 * Limits the requests to a deployment, in all or by client address ("Limiting the Number of Requests to API Gateway
 * Back Ends"). A client's address is its connection's: `X-Forwarded-For` says what the client likes.
 */
// unverified: an updated deployment counts anew
export function compileRateLimiting({ specification, shared }: PolicyContext): RequestStep | undefined {
  const policy = specification.requestPolicies?.rateLimiting;
  if (policy === undefined) return undefined;
  const { rateInRequestsPerSecond, rateKey } = policy;
  const counters = shared("rateLimiting", () => new RequestCounters(rateInRequestsPerSecond));
  const permitted = `${rateKey}: within ${rateInRequestsPerSecond} requests per second`;
  const denied = `${rateKey}: more than ${rateInRequestsPerSecond} requests per second`;
  return (exchange) => {
    const key = rateKey === "TOTAL" ? "" : clientKey(exchange.remoteAddress);
    const waitInMs = counters.count(key, exchange.gateway.settings.nowInMs());
    if (waitInMs > 0) {
      const headers = ["Retry-After", retryAfter(waitInMs)];
      throw new GatewayFault("tooManyRequests", denied, { headers });
    }
    exchange.record("INFO", "rateLimiting.requestPermitted", permitted);
    return true;
  };
}

function retryAfter(waitInMs: number): string {
  if (unverified.retryAfter === "seconds") return String(Math.ceil(waitInMs / 1000));
  return new Date(Date.now() + waitInMs).toUTCString();
}
