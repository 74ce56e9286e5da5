import { checkSettings } from "../known-settings.ts";
import { limits } from "../limits.ts";
import type { Problem } from "../problems.ts";
import { isBag, kindOf } from "../values.ts";
import { checkAuthentication, isOfTokens } from "./authentication.ts";
import type { ContextTable } from "./context-variables.ts";
import { checkSelectionKeys, checkSelectionSource } from "./selection.ts";

/** What authentication servers may be chosen by. */
const serverTables: readonly ContextTable[] = ["headers", "query", "path", "host", "subdomain", "auth"];

/**
 * What is wrong with a choice between authentication servers, and with these ("Adding Multiple Authentication Servers to
 * the same API Deployment"). Whether routes have a path parameter that is chosen by is checked with the routes.
 */
export function checkDynamicAuthentication(given: unknown, at: string): Problem[] {
  if (!isBag(given)) {
    const message = `must be an object with "selectionSource" and "authenticationServers"; is ${kindOf(given)}`;
    return [{ rule: "authentication-servers", key: at, message }];
  }
  const { selectionSource, authenticationServers } = given;
  const scope = { hasAuthentication: true };
  return [
    ...checkSettings(given, ["selectionSource", "authenticationServers"], at),
    ...checkSelectionSource(selectionSource, `${at}.selectionSource`, scope, serverTables),
    ...checkServers(authenticationServers, `${at}.authenticationServers`),
    ...checkSelectorOfClaims(given, at),
  ];
}

function checkServers(given: unknown, at: string): Problem[] {
  const problem = (key: string, message: string): Problem => ({
    rule: "authentication-servers",
    key,
    message,
  });
  if (!Array.isArray(given)) return [problem(at, `must be a list of servers; is ${kindOf(given)}`)];
  const isSoundCount = given.length >= 1 && given.length <= limits.authenticationServers;
  const items = given.map((item: unknown, index) => ({ item, at: `${at}[${index}]` }));
  const servers = items.flatMap(({ item, at }) => (isBag(item) ? [{ item, at }] : []));
  const detail = "authenticationServerDetail";
  return [
    ...(isSoundCount
      ? []
      : [problem(at, `has ${given.length} servers; must have 1 to ${limits.authenticationServers}`)]),
    ...items
      .filter(({ item }) => !isBag(item))
      .map(({ item, at }) => problem(at, `must be an object with "key" and "${detail}"; is ${kindOf(item)}`)),
    ...servers.flatMap(({ item, at }) => checkSettings(item, ["key", detail], at)),
    ...checkSelectionKeys(servers.map(({ item, at }) => ({ given: item.key, at: `${at}.key` }))),
    ...servers.flatMap(({ item, at }) => checkAuthentication(item[detail], `${at}.${detail}`)),
  ];
}

/** A claim is read before a server is chosen, so that all of them must read the token in the same place. */
function checkSelectorOfClaims(
  { selectionSource, authenticationServers }: Readonly<Record<string, unknown>>,
  at: string,
): Problem[] {
  const { selector } = Object(selectionSource) as { selector?: unknown };
  if (typeof selector !== "string" || !selector.startsWith("request.auth[")) return [];
  if (!Array.isArray(authenticationServers)) return [];
  const places = authenticationServers.map((server) =>
    placeOf((Object(server) as Record<string, unknown>).authenticationServerDetail),
  );
  if (places.every((place) => place !== undefined && place === places[0])) return [];
  const message = `is ${JSON.stringify(selector)}, which is read from the token: every server must be TOKEN_AUTHENTICATION or JWT_AUTHENTICATION with the same tokenHeader or tokenQueryParam`;
  return [{ rule: "authentication-selector", key: `${at}.selectionSource.selector`, message }];
}

function placeOf(detail: unknown): string | undefined {
  if (!isBag(detail) || !isOfTokens(detail)) return undefined;
  const { tokenHeader, tokenQueryParam } = detail;
  const text = (value: unknown) => (typeof value === "string" ? value : undefined);
  return JSON.stringify([text(tokenHeader)?.toLowerCase(), text(tokenQueryParam)]);
}
