import { contextValue } from "../server/context-value.ts";
import { GatewayFault } from "../server/errors.ts";
import type { Exchange } from "../server/exchange.ts";
import type { TemplatePart } from "../specification/context-variables.ts";

const hostName = /^[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*$/;

/**
 * Scheme, host and port of a back end. Only a dynamic routing back end's selector may stand in the host ("Adding
 * Context Variables to Policies and HTTP Back End Definitions").
 *
 * @returns what throws a GatewayFault `urlInvalid` for a request whose value is no host name: neither a port nor a user
 * nor a path gets in by it.
 */
export function compileOrigin(template: readonly TemplatePart[]): (exchange: Exchange) => string {
  const plain = template.map((part) => (part.kind === "text" ? part.text : undefined));
  if (!plain.includes(undefined)) {
    const origin = plain.join("");
    return () => origin;
  }
  return (exchange) => {
    const origin = template
      .map((part) => (part.kind === "text" ? part.text : hostPart(part, exchange)))
      .join("");
    if (URL.canParse(origin)) return origin;
    throw new GatewayFault("urlInvalid", `the back end would be ${JSON.stringify(origin)}`);
  };
}

function hostPart(variable: Exclude<TemplatePart, { kind: "text" }>, exchange: Exchange): string {
  const value = contextValue(variable, exchange) ?? "";
  if (hostName.test(value)) return value;
  throw new GatewayFault("urlInvalid", `${JSON.stringify(value)} can't be part of the back end's host`);
}
