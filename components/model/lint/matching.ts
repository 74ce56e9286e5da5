import type { Segment } from "../paths.ts";
import { type Method, methods, type RouteKey } from "../routes.ts";

/** Methods of requests: all but `ANY`, which stands for them. */
export type RequestMethod = Exclude<Method, "ANY">;
export const requestMethods = methods.filter((method): method is RequestMethod => method !== "ANY");

/** What stands where a parameter takes whatever comes: equal to no literal segment. */
const whatever = "\0";

/** The methods that a route answers. */
export function answeredMethods({ methods: given }: RouteKey): readonly RequestMethod[] {
  return given.includes("ANY") ? requestMethods : requestMethods.filter((method) => given.includes(method));
}

/**
 * Paths that stand for all that a route matches: its parameters take what no literal is equal to, so that whatever
 * matches one of these matches everything of its length.
 *
 * @param depth - Up to how many segments a wildcard takes.
 */
export function typicalPaths({ segments }: RouteKey, depth: number): string[][] {
  const texts = segments.map((segment) => (segment.kind === "literal" ? segment.text : whatever));
  if (segments.at(-1)?.kind !== "wildcard") return [texts];
  const before = texts.slice(0, -1);
  return Array.from({ length: depth + 1 }, (_, count) => [...before, ...Array<string>(count).fill(whatever)]);
}

/** The route that answers; a literal segment goes before a parameter, and this before a wildcard. */
// unverified: literal > {parameter} > {wildcard*} per segment, then declaration order; a route that doesn't answer the method is passed over
export function answering<R extends { route: RouteKey }>(
  routes: readonly R[],
  method: RequestMethod,
  path: readonly string[],
): R | undefined {
  return routes
    .filter(({ route }) => answeredMethods(route).includes(method) && matches(route.segments, path))
    .toSorted((a, b) => bySegments(a.route.segments, b.route.segments))[0];
}

function matches(segments: readonly Segment[], path: readonly string[]): boolean {
  for (const [index, segment] of segments.entries()) {
    if (segment.kind === "wildcard") return true;
    const text = path[index];
    if (text === undefined || (segment.kind === "literal" && segment.text !== text)) return false;
  }
  return segments.length === path.length;
}

const rank = { literal: 0, parameter: 1, wildcard: 2 } as const;

function bySegments(a: readonly Segment[], b: readonly Segment[]): number {
  const ranks = (segments: readonly Segment[], index: number) => {
    const segment = segments[index];
    return segment === undefined ? -1 : rank[segment.kind];
  };
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = ranks(a, index) - ranks(b, index);
    if (difference !== 0) return difference;
  }
  return 0;
}
