import { unescape as unescapeLeniently } from "node:querystring";
import { unverified } from "../unverified.ts";

/** Names and values of a query as sent; a value begins with its `=`, and is empty where there was none. */
export type QueryPairs = readonly (readonly [name: string, value: string])[];

export function parseQuery(query: string | undefined): QueryPairs {
  if (query === undefined || query === "") return [];
  const pairs: [string, string][] = [];
  for (const pair of query.split("&")) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    pairs.push(equals === -1 ? [pair, ""] : [pair.slice(0, equals), pair.slice(equals)]);
  }
  return pairs;
}

/**
 * Names of a query's parameters in lower case, as a back end takes them.
 *
 * @param leastLength - Of a value with its `=`: parameters with less are left out.
 */
export function foldedNames(query: string | undefined, leastLength: number): string[] {
  const names: string[] = [];
  if (query === undefined) return names;
  // Without the pairs that `parseQuery` makes: it runs for each request that is validated.
  for (let begin = 0, end = 0; begin < query.length; begin = end + 1) {
    end = query.indexOf("&", begin);
    if (end === -1) end = query.length;
    if (end === begin) continue;
    const pair = query.slice(begin, end);
    const equals = pair.indexOf("=");
    const nameLength = equals === -1 ? pair.length : equals;
    if (pair.length - nameLength < leastLength) continue;
    names.push(decodedName(pair.slice(0, nameLength)).toLowerCase());
  }
  return names;
}

/** The query of names and values; undefined when there are none. */
export function queryText(pairs: QueryPairs): string | undefined {
  return pairs.length === 0 ? undefined : pairs.map(([name, value]) => name + value).join("&");
}

/**
 * What a back end takes a parameter's name for: a name that is blocked can't be smuggled past by encoding it.
 */
export function decodedName(name: string): string {
  if (unverified.encodedQueryNames === "as-sent") return name;
  return name.includes("%") || name.includes("+") ? unescapeLeniently(name.replaceAll("+", " ")) : name;
}

const unfitInValue = /[^A-Za-z0-9._~!$'()*+,/:=?@%-]|%(?![0-9A-Fa-f]{2})/gu;
const unfitInName = /[^A-Za-z0-9._~!$'()*+,/:?@%-]|%(?![0-9A-Fa-f]{2})/gu;

/**
 * A value as it can stand in a query: what is encoded stays so ("Adding Context Variables to Policies and HTTP Back End
 * Definitions"), what would end the value or be no query is encoded.
 *
 * @param isBytes - Whether each character is a byte that the client sent, as in headers.
 * @throws URIError when the text holds half a character.
 */
// unverified: values that a query can't hold as they are get percent-encoded; a plus and %XX stay, wherever they come from
export function encodeQueryValue(text: string, isBytes: boolean): string {
  return text.replace(unfitInValue, isBytes ? encodeByte : encodeURIComponent);
}

/** A parameter's name as it can stand in a query. */
export function encodeQueryName(name: string): string {
  return name.replace(unfitInName, encodeURIComponent);
}

function encodeByte(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
}
