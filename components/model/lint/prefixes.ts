import type { Problem } from "../problems.ts";
import { type RouteKey, routeAt } from "../routes.ts";

/** Routes whose path begins with the deployment's prefix, which the gateway puts before it anyway. */
export function checkRepeatedPrefix(prefix: string, routes: readonly RouteKey[]): Problem[] {
  if (prefix === "/") return [];
  return routes.flatMap(({ key, path }): Problem[] => {
    if (path !== prefix && !path.startsWith(`${prefix}/`)) return [];
    const rest = path.slice(prefix.length) || "/";
    const message = `path "${path}" begins with the prefix "${prefix}", which stands before every route's path: it is reached at "${prefix}${path}"; write "${rest}"`;
    return [{ rule: "route-prefix-repeated", key: routeAt(key), message }];
  });
}

/** A prefix inside another one on the same gateway, or around it. */
// unverified: of nested prefixes, the longest one answers
export function checkPrefixNesting(prefix: string, others: readonly string[]): Problem[] {
  const isInside = (inner: string, outer: string) => inner.startsWith(`${outer}/`);
  return others.flatMap((other): Problem[] => {
    if (!isInside(prefix, other) && !isInside(other, prefix)) return [];
    const where = isInside(prefix, other) ? "lies inside" : "lies around";
    const message = `"${prefix}" ${where} "${other}", another deployment's on this gateway; Oracle's documents don't say which one answers: put them side by side, for example "/shop" and "/users"`;
    return [{ rule: "path-prefix-nested", key: "pathPrefix", message }];
  });
}
