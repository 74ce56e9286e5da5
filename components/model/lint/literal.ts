import type { Problem } from "../problems.ts";
import { routeAt } from "../routes.ts";
import type { PlainApi } from "./plain-api.ts";

/** Segments that are parameters or wildcards in other routers, while OCI takes them as they stand: `:id`, `*`, `**`. */
export function checkLiteralSegments({ routes }: PlainApi): Problem[] {
  return routes.flatMap(({ route }) =>
    route.segments.flatMap((segment, index): Problem[] => {
      if (segment.kind !== "literal") return [];
      const meant = meantBy(segment.text, index === route.segments.length - 1);
      if (meant === undefined) return [];
      const message = `segment "${segment.text}" is text here, which a request's path must hold as it stands; ${meant}`;
      return [{ rule: "route-literal", key: routeAt(route.key), message }];
    }),
  );
}

function meantBy(text: string, isLast: boolean): string | undefined {
  const [, name] = /^:([A-Za-z0-9_]+)$/.exec(text) ?? [];
  if (name !== undefined) return `a parameter is "{${name}}"`;
  if (!/^\*{1,2}$/.test(text)) return undefined;
  return isLast ? 'a wildcard is "{path*}"' : 'one segment, whatever it is, is "{name}"';
}
