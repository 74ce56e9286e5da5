import { queryValues } from "../../server/context-value.ts";
import type { Exchange } from "../../server/exchange.ts";

/** A token as it stands in a request; `missing` says why there is none. */
export type LocatedToken = { token: string } | { missing: string };

interface Location {
  tokenHeader?: string | undefined;
  tokenQueryParam?: string | undefined;
}

/** Finds the value of a header or a query parameter as the client sent it. */
// unverified: a request with more than one token is refused like one without
export function compileRawToken({
  tokenHeader,
  tokenQueryParam = "",
}: Location): (exchange: Exchange) => LocatedToken {
  if (tokenHeader === undefined) {
    return ({ head }) => only(queryValues(head.query, tokenQueryParam), `query parameter ${tokenQueryParam}`);
  }
  const key = tokenHeader.toLowerCase();
  return ({ head }) => only(headerValues(head.headers, key), `header ${tokenHeader}`);
}

/** Finds a bearer token: in a header it stands after its scheme. */
// unverified: the scheme Bearer is read without regard to case
export function compileBearerToken(location: Location): (exchange: Exchange) => LocatedToken {
  const raw = compileRawToken(location);
  if (location.tokenHeader === undefined) return raw;
  return (exchange) => {
    const located = raw(exchange);
    if ("missing" in located) return located;
    const { token } = located;
    if (token.slice(0, 7).toLowerCase() !== "bearer ") {
      return { missing: `header ${location.tokenHeader} doesn't begin with Bearer` };
    }
    return { token: token.slice(7).trim() };
  };
}

/** All values of a header. */
export function headerValues(
  headers: readonly (readonly [name: string, value: string])[],
  key: string,
): string[] {
  const values: string[] = [];
  for (const [name, value] of headers) {
    if (name.length === key.length && name.toLowerCase() === key) values.push(value);
  }
  return values;
}

function only(values: readonly string[], where: string): LocatedToken {
  const [token = ""] = values;
  if (values.length > 1) return { missing: `the request has ${where} ${values.length} times` };
  return token === "" ? { missing: `the request has no ${where}` } : { token };
}
