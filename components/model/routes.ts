import { limits } from "./limits.ts";
import { parameterNames, parsePath, pathShape, type Segment } from "./paths.ts";
import type { Problem } from "./problems.ts";

/** Methods of a route ("Creating an API Deployment Specification"); `ANY` stands for all of them. */
export const methods = ["ANY", "HEAD", "GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
export type Method = (typeof methods)[number];

const example = 'for example "GET /users/{id}" or "GET,POST /users"';

/** A route's key, read: only {@link RouteKey.parse} makes one, so that it can't be wrong. */
export class RouteKey {
  /** As typed. */
  readonly key: string;
  /** In the order typed. */
  readonly methods: readonly Method[];
  readonly path: string;
  readonly segments: readonly Segment[];

  private constructor(key: string, given: readonly Method[], path: string, segments: readonly Segment[]) {
    this.key = key;
    this.methods = given;
    this.path = path;
    this.segments = segments;
  }

  /** Reads `"GET,POST /users/{id}"`. Without a `route` there is at least one problem of level `error`. */
  static parse(key: string): { route: RouteKey | undefined; problems: Problem[] } {
    const at = routeAt(key);
    const [, verbs, path] = /^(\S+) (\S+)$/.exec(key) ?? [];
    if (verbs === undefined || path === undefined) {
      const message = `must be methods (comma between them, no blank), one blank, path; ${example}`;
      return { route: undefined, problems: [{ rule: "route-key", key: at, message }] };
    }
    const read = checkMethods(verbs.split(","), () => at, example);
    const { segments, problems } = parsePath(path, at);
    const isRead = read.problems.length + problems.length === 0;
    return {
      route: isRead ? new RouteKey(key, read.methods, path, segments) : undefined,
      problems: [...read.problems, ...problems, ...checkAnyAlone(read.methods, at)],
    };
  }

  /** Names that `request.path[…]` knows on this route. */
  get parameters(): string[] {
    return parameterNames(this.segments);
  }

  /** Path without its parameters' names and without a slash at the end. */
  get shape(): string {
    return pathShape(this.segments);
  }
}

/** Where a route's problems are reported: `routes["GET /users"]`. */
export function routeAt(key: string): string {
  return `routes[${JSON.stringify(key)}]`;
}

/** Reads all keys; problems of single keys, of their number, and of keys that clash. */
export function parseRouteKeys(keys: readonly string[]): { routes: RouteKey[]; problems: Problem[] } {
  const problems: Problem[] = [];
  if (keys.length < 1 || keys.length > limits.routesPerDeployment) {
    const message = `has ${keys.length} routes; a deployment takes 1 to ${limits.routesPerDeployment}`;
    problems.push({ rule: "route-count", key: "routes", message });
  }
  const parsed = keys.map((key) => RouteKey.parse(key));
  const routes = parsed.flatMap(({ route }) => (route === undefined ? [] : [route]));
  problems.push(...parsed.flatMap((one) => one.problems), ...checkClashes(routes));
  return { routes, problems };
}

/** Reads methods, each of which OCI has and which stands here once. */
export function checkMethods(
  verbs: readonly string[],
  at: (index: number) => string,
  example: string,
): { methods: Method[]; problems: Problem[] } {
  const read: Method[] = [];
  const problems: Problem[] = [];
  for (const [index, verb] of verbs.entries()) {
    const key = at(index);
    const method = methods.find((one) => one === verb.toUpperCase());
    if (method === undefined) {
      const message = `"${verb}" is not a method; allowed are ${methods.join(", ")}; ${example}`;
      problems.push({ rule: "route-methods", key, message });
    } else if (method !== verb) {
      const message = `method "${verb}" must be in upper case: "${method}"`;
      problems.push({ rule: "route-methods", key, message });
    } else if (read.includes(method)) {
      problems.push({ rule: "route-methods", key, message: `names method "${method}" twice` });
    } else read.push(method);
  }
  return { methods: read, problems };
}

function checkAnyAlone(given: readonly Method[], at: string): Problem[] {
  if (!given.includes("ANY") || given.length === 1) return [];
  // unverified: `ANY` beside other methods means the same as `ANY` alone
  const message = `names "ANY" beside other methods; Oracle's documents don't say what that means: write "ANY" alone`;
  return [{ rule: "route-any-mixed", key: at, message }];
}

function checkClashes(routes: readonly RouteKey[]): Problem[] {
  return routes.flatMap((route, index) =>
    routes.slice(0, index).flatMap((earlier) => checkClash(earlier, route)),
  );
}

function checkClash(earlier: RouteKey, later: RouteKey): Problem[] {
  if (earlier.shape !== later.shape) return [];
  const key = routeAt(later.key);
  const shared = later.methods.filter((method) => earlier.methods.includes(method));
  const hasAny = earlier.methods.includes("ANY") !== later.methods.includes("ANY");
  if (shared.length === 0 && !hasAny) return [];
  const other = routeAt(earlier.key);
  if (earlier.path !== later.path) {
    // unverified: which of two routes answers whose paths differ in parameter names or a slash at the end only
    const message = `answers the same requests as ${other}; Oracle's documents don't say which one wins: keep one`;
    return [{ rule: "route-same-shape", key, message }];
  }
  if (shared.length > 0) {
    const message = `has path "${later.path}" and ${shared.join(", ")} in common with ${other}; keep one of them`;
    return [{ rule: "route-duplicate", key, message }];
  }
  // unverified: which of two routes of a path answers, one of them for `ANY`; the local gateway takes the first
  const message = `has path "${later.path}" in common with ${other}, one of them for "ANY"; Oracle's documents don't say which one wins: name the methods`;
  return [{ rule: "route-any-overlap", key, message }];
}
