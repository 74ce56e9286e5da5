import type { ContextVariable } from "../specification/context-variables.ts";
import { decodedName } from "../specification/query.ts";
import { unverified } from "../unverified.ts";
import type { Exchange } from "./exchange.ts";

/**
 * A context variable's value: of several the first, as the client sent it, of the request as it came in; undefined when
 * the request hasn't it ("Adding Context Variables to Policies and HTTP Back End Definitions").
 */
export function contextValue(variable: ContextVariable, exchange: Exchange): string | undefined {
  const { head } = exchange;
  switch (variable.kind) {
    case "path":
      return exchange.parameters.get(variable.key);
    case "query":
      return queryValues(head.query, variable.key)[0];
    case "headers":
      // unverified: `request.headers[opc-request-id]` is the id under which the gateway serves the request
      if (variable.key === "opc-request-id") return exchange.opcRequestId;
      return head.first.get(variable.key);
    case "auth":
      return exchange.auth.get(variable.key);
    case "host":
      return head.first.get("host");
    case "subdomain":
      return subdomain(head.first.get("host") ?? "", variable.key);
    case "body":
      return undefined;
  }
}

/** All values of a query parameter, as sent; its name is what a back end takes it for, however it is encoded. */
export function queryValues(query: string | undefined, name: string): string[] {
  const values: string[] = [];
  const key = comparable(name);
  for (const pair of (query ?? "").split("&")) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const sent = equals === -1 ? pair : pair.slice(0, equals);
    if (comparable(sent) === key || comparable(decodedName(sent)) === key)
      values.push(equals === -1 ? "" : pair.slice(equals + 1));
  }
  return values;
}

function comparable(name: string): string {
  return unverified.queryNames === "case-sensitive" ? name : name.toLowerCase();
}

// unverified: a host's port doesn't count, nor its case, where a subdomain is taken from it
function subdomain(host: string, trailingPart: string): string | undefined {
  const name = host.replace(/:[0-9]+$/, "").toLowerCase();
  const end = `.${trailingPart.toLowerCase()}`;
  return name.endsWith(end) && name.length > end.length ? name.slice(0, -end.length) : undefined;
}
