import { type PathSegment, parseRoutePath } from "../specification/paths.ts";
import { unverified } from "../unverified.ts";

/** What a matcher needs of a route. */
export interface Matchable {
  path: string;
  /** Methods answered, or `ANY` among them for all. */
  methods: readonly string[];
}

/** Path parameters by name, still percent-encoded ("Adding Context Variables to Policies and HTTP Back End Definitions"). */
export type PathParameters = ReadonlyMap<string, string>;

export type Match<R> =
  | { kind: "route"; route: R; parameters: PathParameters }
  | { kind: "no-method" }
  | { kind: "no-route" };

interface Entry<R> {
  route: R;
  segments: readonly PathSegment[];
}

const noParameters: PathParameters = new Map();
const noRoute = { kind: "no-route" } as const;
const noMethod = { kind: "no-method" } as const;

/**
 * Compiles routes into a function from method and path (below the deployment's prefix, beginning with a slash) to
 * the route. Literal paths are looked up; the others are tried in an order that is fixed here: a literal segment
 * before a parameter before a wildcard, from the left; then as declared.
 */
// unverified: literal > {parameter} > {wildcard*} per segment, then declaration order; a route that doesn't answer the method is passed over
export function compileMatcher<R extends Matchable>(
  routes: readonly R[],
): (method: string, path: string) => Match<R> {
  const literals = new Map<string, R[]>();
  const entries: Entry<R>[] = [];
  for (const route of routes) {
    const segments = parseRoutePath(route.path);
    if (segments.some((segment) => segment.kind !== "literal")) {
      entries.push({ route, segments: segments.map(foldedSegment) });
    } else {
      const path = literalKey(route.path);
      literals.set(path, [...(literals.get(path) ?? []), route]);
    }
  }
  entries.sort((a, b) => bySegments(a.segments, b.segments));
  const candidates = compileCandidates(entries);

  return (method, path) => {
    const exact = literals.get(literalKey(path));
    let isKnown = exact !== undefined;
    for (const route of exact ?? []) {
      if (answers(route, method)) return { kind: "route", route, parameters: noParameters };
    }
    const literal = folded(withoutLastSlash(path));
    const starts = segmentStarts(literal);
    for (const { route, segments } of candidates(literal.slice(starts[0], (starts[1] ?? 0) - 1))) {
      if (!matches(segments, literal, starts) || !endsAlike(route.path, path)) continue;
      isKnown = true;
      if (answers(route, method)) {
        return { kind: "route", route, parameters: parametersOf(segments, path, starts) };
      }
    }
    return isKnown ? noMethod : noRoute;
  };
}

/** The entries that a path with this first segment may match, in their order: a literal goes before the others. */
function compileCandidates<R>(entries: readonly Entry<R>[]): (first: string) => readonly Entry<R>[] {
  const others = entries.filter(({ segments }) => segments[0]?.kind !== "literal");
  const byFirst = new Map<string, Entry<R>[]>();
  for (const entry of entries) {
    const [first] = entry.segments;
    if (first?.kind !== "literal") continue;
    byFirst.set(first.text, [...(byFirst.get(first.text) ?? []), entry]);
  }
  for (const entriesOfFirst of byFirst.values()) entriesOfFirst.push(...others);
  return (first) => byFirst.get(first) ?? others;
}

function answers(route: Matchable, method: string): boolean {
  return route.methods.includes(method) || route.methods.includes("ANY");
}

/** What two paths without parameters have in common when the same route answers them. */
function literalKey(path: string): string {
  return folded(unverified.trailingSlash === "tolerant" ? withoutLastSlash(path) : path);
}

function folded(text: string): string {
  return unverified.literalSegments === "case-sensitive" ? text : text.toLowerCase();
}

function foldedSegment(segment: PathSegment): PathSegment {
  return segment.kind === "literal" ? { kind: "literal", text: folded(segment.text) } : segment;
}

function endsAlike(pattern: string, path: string): boolean {
  if (unverified.trailingSlash === "tolerant" || pattern.endsWith("*}")) return true;
  return pattern.endsWith("/") === path.endsWith("/");
}

function withoutLastSlash(path: string): string {
  return path.endsWith("/") ? path.slice(0, -1) : path;
}

/** Where each segment of a path without last slash begins; one more entry, past the end. */
function segmentStarts(path: string): number[] {
  const starts: number[] = [];
  for (let slash = path.indexOf("/"); slash !== -1; slash = path.indexOf("/", slash + 1))
    starts.push(slash + 1);
  starts.push(path.length + 1);
  return starts;
}

function matches(pattern: readonly PathSegment[], path: string, starts: readonly number[]): boolean {
  const count = starts.length - 1;
  // By index: it runs for each pattern and request.
  for (let index = 0; index < pattern.length; index++) {
    const segment = pattern[index];
    if (segment === undefined || segment.kind === "wildcard") return true;
    if (index >= count) return false;
    const start = starts[index] ?? 0;
    const length = (starts[index + 1] ?? 0) - 1 - start;
    if (
      segment.kind === "parameter"
        ? length === 0
        : length !== segment.text.length || !path.startsWith(segment.text, start)
    ) {
      return false;
    }
  }
  return pattern.length === count;
}

function parametersOf(
  pattern: readonly PathSegment[],
  path: string,
  starts: readonly number[],
): PathParameters {
  const parameters = new Map<string, string>();
  for (let index = 0; index < pattern.length; index++) {
    const segment = pattern[index];
    const start = starts[index] ?? path.length;
    if (segment === undefined) break;
    if (segment.kind === "parameter")
      parameters.set(segment.name, path.slice(start, (starts[index + 1] ?? 0) - 1));
    if (segment.kind === "wildcard") parameters.set(segment.name, path.slice(start));
  }
  return parameters;
}

const rank = { literal: 0, parameter: 1, wildcard: 2 } as const;

/** Order of two patterns; where one has ended, the other goes on with a wildcard if both match the same path. */
function bySegments(a: readonly PathSegment[], b: readonly PathSegment[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const [one, other] = [a[index], b[index]];
    const difference =
      (one === undefined ? 0 : rank[one.kind]) - (other === undefined ? 0 : rank[other.kind]);
    if (difference !== 0) return difference;
  }
  return 0;
}
