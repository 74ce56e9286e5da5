import { limits } from "./limits.ts";
import type { Problem } from "./problems.ts";
import { shown } from "./values.ts";

/** Characters of a segment, besides letters and digits ("Creating an API Deployment Specification"). */
const segmentPattern = /^[A-Za-z0-9$\-_.+!*'(),%;:@&=]+$/;
const allowedCharacters = "letters, digits and $ - _ . + ! * ' ( ) , % ; : @ & =";
const parameterPattern = /^\{([A-Za-z0-9_]+)(\*?)\}$/;

/** What routes' paths begin with when nothing is said. */
export const defaultPathPrefix = "/v1";

/** What stands between two slashes of a route's path. */
export type Segment =
  | { kind: "literal"; text: string }
  /** Matches exactly one segment. */
  | { kind: "parameter"; name: string }
  /** Matches any number of segments; only the last one of a path. */
  | { kind: "wildcard"; name: string };

/**
 * What is wrong with a deployment's path prefix, by "Deploying an API on an API Gateway by Creating an API
 * Deployment".
 */
export function checkPathPrefix(prefix: string): Problem[] {
  const problem = (message: string): Problem[] => [{ rule: "path-prefix", key: "pathPrefix", message }];
  if (typeof prefix !== "string") {
    return problem(`must be text that begins with "/", for example "/v1"; is ${shown(prefix)}`);
  }
  const given = `"${prefix}"`;
  if (!prefix.startsWith("/"))
    return problem(`${given} must begin with "/", for example "/${prefix || "v1"}"`);
  if (prefix === "/") return [];
  if (prefix.length > limits.pathPrefixLength) {
    return problem(`has ${prefix.length} characters, at most ${limits.pathPrefixLength} are allowed`);
  }
  if (prefix.includes("//")) {
    return problem(`${given} has an empty segment; write "${prefix.replace(/\/{2,}/g, "/")}"`);
  }
  if (prefix.endsWith("/")) {
    return problem(`${given} must not end with "/"; write "${prefix.slice(0, -1)}"`);
  }
  if (/[{}]/.test(prefix)) {
    return problem(`${given} holds a parameter, which only a route's path can; for example "/v1"`);
  }
  const wrong = prefix
    .slice(1)
    .split("/")
    .find((segment) => !segmentPattern.test(segment));
  return wrong === undefined
    ? []
    : problem(`${given} has characters that are not allowed in "${wrong}"; allowed are ${allowedCharacters}`);
}

/**
 * What is wrong with a prefix beside those of the same gateway's other deployments: each has its own, and `/` stands
 * alone ("Deploying an API on an API Gateway by Creating an API Deployment").
 */
export function checkPrefixBeside(prefix: string, others: readonly string[]): Problem[] {
  const problem = (message: string): Problem[] => [{ rule: "path-prefix-taken", key: "pathPrefix", message }];
  if (others.includes(prefix)) {
    return problem(
      `"${prefix}" is another deployment's on this gateway; give each its own, for example "/v2"`,
    );
  }
  if (others.length > 0 && (prefix === "/" || others.includes("/"))) {
    return problem(
      `"${prefix}" can't stand beside "${others.join('", "')}": a deployment under "/" must be the only one`,
    );
  }
  if (others.length < limits.deploymentsPerGateway) return [];
  return problem(
    `would be deployment ${others.length + 1}; a gateway holds at most ${limits.deploymentsPerGateway}`,
  );
}

/** A route's path as segments, or what is wrong with it ("Creating an API Deployment Specification"). */
export function parsePath(path: string, key: string): { segments: Segment[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const add = (rule: Problem["rule"], message: string) => problems.push({ rule, key, message });
  if (!path.startsWith("/")) add("route-path", `path "${path}" must begin with "/", for example "/${path}"`);
  if (path.length > limits.routePathLength) {
    add("route-path", `path has ${path.length} characters, at most ${limits.routePathLength} are allowed`);
  }
  if (path.includes("//")) {
    add("route-path", `path "${path}" has an empty segment; write "${path.replace(/\/{2,}/g, "/")}"`);
  }
  const texts = path.split("/").filter((text) => text !== "");
  const segments = texts.map((text): Segment => {
    const [, name, star] = parameterPattern.exec(text) ?? [];
    if (name !== undefined) return { kind: star === "*" ? "wildcard" : "parameter", name };
    if (/[{}]/.test(text)) add("route-parameter", parameterMessage(text));
    else if (!segmentPattern.test(text)) {
      add(
        "route-path",
        `segment "${text}" has characters that are not allowed; allowed are ${allowedCharacters}`,
      );
    }
    return { kind: "literal", text };
  });
  // unverified: a wildcard parameter is accepted as a path's last segment only
  for (const segment of segments.slice(0, -1)) {
    if (segment.kind !== "wildcard") continue;
    add(
      "route-wildcard",
      `"{${segment.name}*}" must be the last segment; earlier ones match one segment: "{${segment.name}}"`,
    );
  }
  const names = parameterNames(segments);
  for (const name of new Set(names.filter((name, index) => names.indexOf(name) !== index))) {
    add("route-parameter", `parameter "${name}" occurs more than once; give each its own name`);
  }
  return { segments, problems };
}

/** Names of a path's parameters, wildcards without their `*`, as `request.path[name]` calls them. */
export function parameterNames(segments: readonly Segment[]): string[] {
  return segments.flatMap((segment) => (segment.kind === "literal" ? [] : [segment.name]));
}

/** The path with all parameters' names taken away: two routes of one shape answer the same requests. */
export function pathShape(segments: readonly Segment[]): string {
  const texts = segments.map((segment) => {
    if (segment.kind === "literal") return segment.text;
    return segment.kind === "parameter" ? "{}" : "{*}";
  });
  return `/${texts.join("/")}`;
}

function parameterMessage(text: string): string {
  const whole = /^\{([^{}]*)\}$/.exec(text);
  if (whole === null) {
    return `segment "${text}" mixes text and a parameter; a parameter takes a whole segment, for example "/{id}"`;
  }
  return `parameter "${text}" must be named with letters, digits and "_", for example "{user_id}" or "{path*}"`;
}
