import type { Problem } from "../problems.ts";
import { routeAt } from "../routes.ts";
import {
  authenticationsOf,
  fieldsOf,
  givenRoutes,
  isAnonymous,
  isAuthenticated,
  type PlainApi,
} from "./plain-api.ts";

/**
 * What authentication and the routes' authorizations must be to each other ("Adding Authentication and Authorization
 * to API Deployments").
 */
export function checkAuthorizations(api: PlainApi): Problem[] {
  return [
    ...checkExclusive(api),
    ...checkServerSelector(api),
    ...(isAuthenticated(api) ? checkAnonymous(api) : checkUnauthenticated(api)),
  ];
}

function checkExclusive({ requestPolicies }: PlainApi): Problem[] {
  const { authentication, dynamicAuthentication } = fieldsOf(requestPolicies);
  if (authentication === undefined || dynamicAuthentication === undefined) return [];
  const message = "stands beside authentication; give exactly one of them";
  return [{ rule: "authentication-exclusive", key: "requestPolicies.dynamicAuthentication", message }];
}

/** Servers are chosen by a path parameter that every route has. */
function checkServerSelector({ requestPolicies, routes }: PlainApi): Problem[] {
  const { selectionSource } = fieldsOf(fieldsOf(requestPolicies).dynamicAuthentication);
  const { selector } = fieldsOf(selectionSource);
  const [, name] = /^request\.path\[([^\]]+)\]$/.exec(typeof selector === "string" ? selector : "") ?? [];
  const without = name === undefined ? [] : routes.filter(({ route }) => !route.parameters.includes(name));
  if (without.length === 0) return [];
  const listed = without.slice(0, 3).map(({ route }) => routeAt(route.key));
  const more = without.length > 3 ? ` and ${without.length - 3} more` : "";
  const message = `is "request.path[${name}]", but not in the path of every route: ${listed.join(", ")}${more}; choose by something that all requests have`;
  const key = "requestPolicies.dynamicAuthentication.selectionSource.selector";
  return [{ rule: "authentication-selector", key, message }];
}

function checkUnauthenticated(api: PlainApi): Problem[] {
  return givenRoutes(api).flatMap(({ key, requestPolicies }): Problem[] => {
    if (fieldsOf(requestPolicies).authorization === undefined) return [];
    const message =
      "needs an authentication: give requestPolicies.authentication to the API, or leave this out";
    return [{ rule: "authorization-needs-authentication", key: authorizationAt(key), message }];
  });
}

// unverified: with several authentication servers, one that allows anonymous access is enough for anonymous routes
function checkAnonymous(api: PlainApi): Problem[] {
  const all = authenticationsOf(api);
  const allowing = all.filter(({ given }) => given.isAnonymousAccessAllowed === true);
  const anonymous = givenRoutes(api).filter(isAnonymous);
  if (allowing.length > 0 && anonymous.length === 0) {
    const message =
      'is true, but no route has authorization: { type: "ANONYMOUS" }: it has no effect; leave it out';
    return allowing.map(({ at }) => {
      return { rule: "anonymous-access-unused", key: `${at}.isAnonymousAccessAllowed`, message };
    });
  }
  if (allowing.length > 0) return [];
  const where = all[0]?.at ?? "requestPolicies.authentication";
  const message = `is "ANONYMOUS", but the authentication allows no anonymous access; set ${where}.isAnonymousAccessAllowed to true`;
  return anonymous.map(({ key }) => {
    return { rule: "authorization-anonymous", key: `${authorizationAt(key)}.type`, message };
  });
}

function authorizationAt(key: string): string {
  return `${routeAt(key)}.requestPolicies.authorization`;
}
