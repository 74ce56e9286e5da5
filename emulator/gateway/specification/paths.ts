import { limits } from "../limits.ts";

const segmentText = "[A-Za-z0-9$\\-_.+!*'(),%;:@&=]+";
const prefixPattern = new RegExp(`^(/|(/${segmentText})+)$`);
const literalSegment = new RegExp(`^${segmentText}$`);
// Oracle's page on usage plans has a parameter with a hyphen, which its page on parameters forbids.
const parameterSegment = /^\{([A-Za-z0-9_-]+)(\*?)\}$/;

/** One segment of a route's path, parsed. */
export type PathSegment =
  | { kind: "literal"; text: string }
  | { kind: "parameter"; name: string }
  | { kind: "wildcard"; name: string };

/** What is wrong with a path prefix ("Deploying an API on an API Gateway by Creating an API Deployment"), or nothing. */
export function pathPrefixFault(prefix: unknown): string | undefined {
  if (typeof prefix !== "string") return `must be a string such as "/v1", but is ${JSON.stringify(prefix)}`;
  const shown = JSON.stringify(prefix);
  if (!prefix.startsWith("/")) return `must begin with "/", but is ${shown}; for example "/v1"`;
  if (prefix.length > limits.pathPrefixLength) {
    return `must be at most ${limits.pathPrefixLength} characters long, but has ${prefix.length}`;
  }
  if (prefix.includes("//")) return `must not have two slashes in a row, but is ${shown}; for example "/v1"`;
  if (prefix !== "/" && prefix.endsWith("/"))
    return `must not end with "/", but is ${shown}; leave the last slash out`;
  if (!prefixPattern.test(prefix)) {
    return `may hold letters, digits, slashes and $ - _ . + ! * ' ( ) , % ; : @ & = only, and no parameters, but is ${shown}`;
  }
  return undefined;
}

/** What is wrong with a route's path ("Adding Path Parameters and Wildcards to Route Paths"), or nothing. */
export function routePathFault(path: string): string | undefined {
  const shown = JSON.stringify(path);
  if (!path.startsWith("/")) return `must begin with "/", but is ${shown}; for example "/users/{id}"`;
  if (path.length > limits.routePathLength) {
    return `must be at most ${limits.routePathLength} characters long, but has ${path.length}`;
  }
  if (path.includes("//")) return `must not have two slashes in a row, but is ${shown}`;
  const segments = textSegments(path);
  const names = new Set<string>();
  for (const [index, text] of segments.entries()) {
    const parameter = parameterSegment.exec(text);
    if (parameter === null) {
      if (literalSegment.test(text)) continue;
      return `has the segment ${JSON.stringify(text)}: a segment is either text of letters, digits and $ - _ . + ! * ' ( ) , % ; : @ & =, or one whole {parameter} or {wildcard*}`;
    }
    const [, name = "", star] = parameter;
    // unverified: a wildcard stands in the last segment only
    if (star === "*" && index < segments.length - 1) {
      return `has the wildcard ${JSON.stringify(text)} before its end; move it to the last segment`;
    }
    if (names.has(name)) return `has the parameter ${JSON.stringify(name)} twice; give each its own name`;
    names.add(name);
  }
  return undefined;
}

/** The segments of a sound route path; a slash at the end makes no difference. */
export function parseRoutePath(path: string): PathSegment[] {
  return textSegments(path).map((text) => {
    const parameter = parameterSegment.exec(text);
    if (parameter === null) return { kind: "literal", text };
    return { kind: parameter[2] === "*" ? "wildcard" : "parameter", name: parameter[1] ?? "" };
  });
}

function textSegments(path: string): string[] {
  const segments = path.slice(1).split("/");
  if (segments.at(-1) === "") segments.pop();
  return segments;
}
