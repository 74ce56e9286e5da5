import { queryValues } from "../../server/context-value.ts";
import type { Exchange } from "../../server/exchange.ts";
import { unverified } from "../../unverified.ts";

/** A token as it stands in a request; `missing` says why there is none. */
export type LocatedToken = { token: string } | { missing: string };

interface Location {
  tokenHeader?: string | undefined;
  tokenQueryParam?: string | undefined;
}

/** Finds the value of a header or a query parameter as the client sent it. */
export function compileRawToken({
  tokenHeader,
  tokenQueryParam = "",
}: Location): (exchange: Exchange) => LocatedToken {
  const only = unverified.severalTokens === "refused" ? onlyOne : firstOf;
  if (tokenHeader === undefined) {
    return ({ head }) => only(queryValues(head.query, tokenQueryParam), `query parameter ${tokenQueryParam}`);
  }
  const key = tokenHeader.toLowerCase();
  return ({ head }) => only(headerValues(head.headers, key), `header ${tokenHeader}`);
}

/** Finds a bearer token: in a header it stands after its scheme. */
export function compileBearerToken(location: Location): (exchange: Exchange) => LocatedToken {
  const raw = compileRawToken(location);
  if (location.tokenHeader === undefined) return raw;
  const isFolded = unverified.bearerScheme === "case-insensitive";
  const scheme = isFolded ? "bearer " : "Bearer ";
  return (exchange) => {
    const located = raw(exchange);
    if ("missing" in located) return located;
    const { token } = located;
    const start = token.slice(0, scheme.length);
    if ((isFolded ? start.toLowerCase() : start) !== scheme) {
      return { missing: `header ${location.tokenHeader} doesn't begin with Bearer` };
    }
    return { token: token.slice(scheme.length).trim() };
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

function onlyOne(values: readonly string[], where: string): LocatedToken {
  if (values.length > 1) return { missing: `the request has ${where} ${values.length} times` };
  return firstOf(values, where);
}

function firstOf([token = ""]: readonly string[], where: string): LocatedToken {
  return token === "" ? { missing: `the request has no ${where}` } : { token };
}
