import type { z } from "zod";
import { limits } from "../limits.ts";
import type { SpecificationProblem } from "../types.ts";
import { authenticationProblems } from "./authentication-rules.ts";
import type { ApiSpecification } from "./model.ts";
import { pathPrefixFault } from "./paths.ts";
import { specificationSchema } from "./schema.ts";

/**
 * Everything wrong with a deployment's specification and path prefix, at once.
 *
 * @param specification - As it came over the wire: names of the REST API; a null counts as absent.
 */
export function checkSpecification(specification: unknown, pathPrefix: string): SpecificationProblem[] {
  const fault = pathPrefixFault(pathPrefix);
  const ofPrefix = fault === undefined ? [] : [{ path: "pathPrefix", message: fault }];
  const result = readSpecification(specification);
  return [...ofPrefix, ...("problems" in result ? result.problems : [])];
}

/** Reads a specification into the model, or says what is wrong with it. */
export function readSpecification(
  given: unknown,
): { specification: ApiSpecification } | { problems: SpecificationProblem[] } {
  try {
    return read(given);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { problems: [{ path: "specification", message: "is nested too deeply to be a specification" }] };
  }
}

function read(given: unknown): ReturnType<typeof readSpecification> {
  const bytes = Buffer.byteLength(JSON.stringify(given) ?? "");
  if (bytes > limits.specificationBytes) {
    const message = `must be at most ${limits.specificationBytes} bytes of JSON, but is ${bytes}`;
    return { problems: [{ path: "specification", message }] };
  }
  const specification = withoutNulls(given);
  const result = specificationSchema.safeParse(specification);
  const problems = [
    ...(result.error?.issues ?? []).flatMap((issue) => describe(issue, specification)),
    ...doubleRoutes(specification),
    ...authenticationProblems(specification),
  ];
  if (!result.success || problems.length > 0) return { problems };
  return { specification: result.data };
}

/** Routes whose path and method stand there twice. */
function doubleRoutes(specification: unknown): SpecificationProblem[] {
  const routes = valueAt(specification, ["routes"]);
  if (!Array.isArray(routes)) return [];
  const seen = new Map<string, number>();
  const problems: SpecificationProblem[] = [];
  for (const [index, route] of routes.entries()) {
    const methods: unknown = route?.methods ?? ["ANY"];
    if (typeof route?.path !== "string" || !Array.isArray(methods)) continue;
    for (const method of new Set(methods)) {
      const key = `${method} ${route.path}`;
      const first = seen.get(key);
      seen.set(key, first ?? index);
      if (first === undefined) continue;
      problems.push({
        path: `specification.routes[${index}]`,
        message: `has the same path and method as routes[${first}]: ${key}; remove one of them`,
      });
    }
  }
  return problems;
}

function describe(issue: z.core.$ZodIssue, specification: unknown): SpecificationProblem[] {
  const path = pathText(issue.path);
  const value = valueAt(specification, issue.path);
  const problem = (message: string) => [{ path, message }];
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => ({
        path: pathText([...issue.path, key]),
        message: "is not a field that OCI has here; remove it or correct its name",
      }));
    case "invalid_union": {
      const options = ("options" in issue ? (issue.options ?? []) : []).join(", ");
      if (value === undefined) return problem(`is missing; it must be one of ${options}`);
      return problem(`must be one of ${options}, but is ${shown(value)}`);
    }
    case "invalid_value":
      if (value === undefined) return problem(`is missing; it must be one of ${issue.values.join(", ")}`);
      return problem(`must be one of ${issue.values.join(", ")}, but is ${shown(value)}`);
    case "invalid_type":
      if (value === undefined)
        return problem(`is missing; it must be ${typeNames[issue.expected] ?? issue.expected}`);
      return problem(`must be ${typeNames[issue.expected] ?? issue.expected}, but is ${shown(value)}`);
    case "too_small":
      if (issue.origin === "array") return problem(`must have at least ${issue.minimum} item, but has none`);
      return problem(`must be at least ${issue.minimum}, but is ${shown(value)}`);
    case "too_big":
      if (Array.isArray(value))
        return problem(`must have at most ${issue.maximum} items, but has ${value.length}`);
      return problem(`must be at most ${issue.maximum}, but is ${shown(value)}`);
    default:
      return problem(issue.message);
  }
}

const typeNames: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) => text + (typeof key === "number" ? `[${key}]` : `.${String(key)}`),
    "specification",
  );
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).filter(([, inner]) => inner !== null && inner !== undefined);
  return Object.fromEntries(fields.map(([key, inner]) => [key, withoutNulls(inner)]));
}
