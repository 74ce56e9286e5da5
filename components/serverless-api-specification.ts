import type { ExistingFunctionArgs, RoutedApiArgs, ServerlessApiArgs } from "./args.ts";
import type { Problem } from "./model/problems.ts";
import { routeAt } from "./model/routes.ts";
import { fromRest } from "./model/specification/from-rest.ts";
import { normalSpecification, relocated } from "./model/specification/names.ts";
import { isBag, kindOf } from "./model/values.ts";
import { readSpecificationFile } from "./specification-file.ts";

/** Arguments with routes and policies, wherever these come from. */
export interface Routed<F extends string> {
  args: RoutedApiArgs<F>;
  /** Of the specification itself. */
  problems: Problem[];
  /** The same problem, at the specification's own key. Undefined for one that only follows from another. */
  locate: ((problem: Problem) => Problem | undefined) | undefined;
}

const instead = ["routes", "requestPolicies", "loggingPolicies"] as const;
const standIn = { "GET /": { kind: "stock", status: 200 } };
/** Rules whose problems stand at a route's path, or at its methods. */
const ofPath = ["route-path", "route-parameter", "route-wildcard", "route-prefix-repeated"];
const ofMethods = ["route-methods", "route-any-mixed"];

/** The arguments, with the routes and policies of a specification when one is given. */
export function routedArgs<F extends string>(given: ServerlessApiArgs<F>): Routed<F> {
  if (!isBag(given) || given.specification === undefined) {
    return { args: given as RoutedApiArgs<F>, problems: [], locate: undefined };
  }
  const { specification, routes, requestPolicies, loggingPolicies, ...rest } = given;
  const beside = instead.filter((name) => given[name] !== undefined);
  const exclusive: Problem[] = beside.map((name) => {
    const message = "stands beside a specification, which holds it already; give one of the two";
    return { rule: "specification", key: name, message };
  });
  const { content, prefix, problems } = contentOf(specification);
  if (problems.length > 0) {
    const args = { ...rest, routes: standIn } as unknown as RoutedApiArgs<F>;
    return { args, problems: [...exclusive, ...problems], locate: (problem) => problem };
  }
  const normal = normalSpecification(content);
  const read = fromRest(normal.value, functionNames(given.functions));
  const typed = (key: string) => {
    const name = normal.typed(key);
    return name === "" ? prefix.replace(/(: |\.)$/, "") : `${prefix}${name}`.replace(".[", "[");
  };
  const located = (key: string) => {
    const place = relocated(key, read.places);
    return place === undefined ? key : typed(place);
  };
  const isReadable = Array.isArray(Object(normal.value).routes);
  const { problems: formProblems, places, ...routed } = read;
  return {
    args: { ...rest, ...routed, ...(isReadable ? {} : { routes: standIn }) } as unknown as RoutedApiArgs<F>,
    problems: [
      ...exclusive,
      ...normal.problems.map((one) => ({ ...one, key: `${prefix}${one.key}` })),
      ...formProblems.map((one) => ({ ...one, key: typed(one.key), message: renamed(one.message, typed) })),
    ],
    locate: (problem) => relocate(problem, places, located),
  };
}

function contentOf(specification: unknown): { content?: unknown; prefix: string; problems: Problem[] } {
  if (typeof specification === "string") {
    const { content, problems } = readSpecificationFile(specification);
    return { content, problems, prefix: `${specification.replace(/^\.\//, "")}: ` };
  }
  const prefix = "specification.";
  if (isBag(specification)) return { content: specification, prefix, problems: [] };
  const message = `must be a file's path, for example "./api.json", or an object with "routes"; is ${kindOf(specification)}`;
  return { prefix, problems: [{ rule: "specification-form", key: "specification", message }] };
}

function functionNames(functions: unknown) {
  const entries = isBag(functions) ? Object.entries(functions) : [];
  const keyOf = new Map(
    entries.flatMap(([key, one]) => {
      const { functionId } = Object(one) as Partial<ExistingFunctionArgs>;
      return typeof functionId === "string" ? [[functionId, key] as const] : [];
    }),
  );
  return { keys: entries.map(([key]) => key), keyOf };
}

function relocate(
  problem: Problem,
  places: ReadonlyMap<string, string>,
  located: (key: string) => string,
): Problem | undefined {
  const { rule, key, message } = problem;
  const place = places.get(key);
  // Such a route's path or methods are told of already.
  if (rule === "route-key" && key.startsWith(routeAt("#").slice(0, -2))) return undefined;
  const isRoute = place !== undefined && key.startsWith("routes[") && /^routes\[\d+\]$/.test(place);
  const below = ofPath.includes(rule) ? ".path" : ofMethods.includes(rule) ? ".methods" : "";
  return {
    ...problem,
    key: located(key) + (isRoute ? below : ""),
    message: renamed(message, located),
  };
}

/** A message that names routes by their keys, with the places of these. */
function renamed(message: string, located: (key: string) => string): string {
  return message.replace(/\broutes\[(?:"(?:[^"\\]|\\.)*"|\d+)\](?:\.\w+|\[\d+\])*/g, (key) => located(key));
}
