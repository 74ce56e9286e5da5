import type { Problem } from "../problems.ts";
import { routeAt } from "../routes.ts";
import { answeredMethods, answering, typicalPaths } from "./matching.ts";
import type { PlainApi, PlainRoute } from "./plain-api.ts";

/** Routes that no request reaches, because others answer all of theirs before. Those of one shape have rules of their own. */
export function checkReachable({ routes }: PlainApi): Problem[] {
  const depth = 1 + Math.max(0, ...routes.map(({ route }) => route.segments.length));
  return routes.flatMap((one): Problem[] => {
    const before = answeredBefore(one, routes, depth);
    if (before === undefined) return [];
    const listed = [...before].map(({ route }) => routeAt(route.key)).join(", ");
    // Never one alone: it would be of the same shape.
    const message = `is never reached: ${listed} answer all of its requests before it; remove it, or give it another path`;
    return [{ rule: "route-unreachable", key: routeAt(one.route.key), message }];
  });
}

/** The routes that answer everything that one could; undefined when something is left for it. */
function answeredBefore(
  one: PlainRoute,
  routes: readonly PlainRoute[],
  depth: number,
): Set<PlainRoute> | undefined {
  // First, so that it goes before those of its own shape.
  const rivals = [one, ...routes];
  const before = new Set<PlainRoute>();
  for (const path of typicalPaths(one.route, depth)) {
    for (const method of answeredMethods(one.route)) {
      const found = answering(rivals, method, path);
      if (found === one || found === undefined) return undefined;
      before.add(found);
    }
  }
  return before;
}
