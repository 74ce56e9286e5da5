import { checkSettings } from "../known-settings.ts";
import { parsePath } from "../paths.ts";
import type { Problem } from "../problems.ts";
import { checkMethods, routeAt } from "../routes.ts";
import { isBag, kindOf, shown } from "../values.ts";
import { restAuthentications } from "./from-rest/authentications.ts";
import { type FunctionNames, restBackend } from "./from-rest/backends.ts";

type Bag = Readonly<Record<string, unknown>>;

/** Routes and policies as the component's arguments have them. */
export interface FromRest {
  routes: Record<string, unknown>;
  requestPolicies?: unknown;
  loggingPolicies?: unknown;
  /** Of what the arguments have no form for. Keys are the specification's. */
  problems: Problem[];
  /** Where something stands in the specification, by its key in the arguments. */
  places: Map<string, string>;
}

const settings = ["requestPolicies", "loggingPolicies", "routes"];
const routeSettings = [
  "path",
  "methods",
  "backend",
  "requestPolicies",
  "responsePolicies",
  "loggingPolicies",
];

/**
 * A deployment specification in the names of OCI's REST API as arguments, for the checks that these have
 * ("Creating an API Deployment Specification").
 *
 * @param names - The functions that a `functionId` may name by key or by OCID.
 */
export function fromRest(given: unknown, names: FunctionNames): FromRest {
  const places = new Map(settings.map((name) => [name, name]));
  const result: FromRest = { routes: {}, problems: [], places };
  if (!isBag(given)) {
    const message = `must be an object with "routes"; is ${kindOf(given)}`;
    result.problems.push({ rule: "specification-form", key: "", message });
    return result;
  }
  const wrapped = wrappedIn(given);
  if (wrapped !== undefined) {
    const message = `is not a specification but holds one: give what stands under ${JSON.stringify(wrapped)} alone`;
    result.problems.push({ rule: "specification-form", key: "", message });
    return result;
  }
  result.problems.push(...checkSettings(given, settings, ""));
  if (given.requestPolicies !== undefined) {
    result.requestPolicies = restAuthentications(given.requestPolicies, {
      names,
      places,
      problems: result.problems,
    });
  }
  if (given.loggingPolicies !== undefined) result.loggingPolicies = given.loggingPolicies;
  if (Array.isArray(given.routes)) {
    for (const [index, route] of given.routes.entries()) addRoute(result, route, index, names);
  } else {
    const message = `must be a list, for example [{ "path": "/hello", "methods": ["GET"], "backend": … }]; is ${kindOf(given.routes)}`;
    result.problems.push({ rule: "specification-form", key: "routes", message });
  }
  return result;
}

/** A whole deployment, or what the command line prints of one. */
function wrappedIn(given: Bag): string | undefined {
  if (given.routes !== undefined) return undefined;
  if (isBag(given.specification)) return "specification";
  return isBag(given.data) && isBag(given.data.specification) ? "data.specification" : undefined;
}

function addRoute(result: FromRest, route: unknown, index: number, names: FunctionNames): void {
  const { problems, places, routes } = result;
  const place = `routes[${index}]`;
  if (!isBag(route)) {
    const message = `must be an object with "path", "methods" and "backend"; is ${kindOf(route)}`;
    problems.push({ rule: "specification-form", key: place, message });
    places.set(routeAt(unread(index)), place);
    routes[unread(index)] = { kind: "stock", status: 200 };
    return;
  }
  const key = keyOf(route, place, problems);
  const earlier = key === undefined ? undefined : places.get(routeAt(key));
  if (earlier !== undefined) {
    const message = `has the path and the methods of ${earlier}; keep one of them`;
    problems.push({ rule: "route-duplicate", key: place, message });
  }
  const used = key === undefined || earlier !== undefined ? unread(index) : key;
  places.set(routeAt(used), place);
  problems.push(...checkSettings(route, routeSettings, place));
  const backend = restBackend(route.backend, { args: routeAt(used), place: `${place}.backend` }, "route", {
    names,
    places,
    problems,
  });
  const policies = ["requestPolicies", "responsePolicies", "loggingPolicies"].filter(
    (name) => route[name] !== undefined,
  );
  for (const name of policies) places.set(`${routeAt(used)}.${name}`, `${place}.${name}`);
  routes[used] = { ...backend, ...Object.fromEntries(policies.map((name) => [name, route[name]])) };
}

/** Stands for a route whose path or methods are wrong, so that the rest of it is checked. */
function unread(index: number): string {
  return `#${index}`;
}

function keyOf({ path, methods }: Bag, place: string, problems: Problem[]): string | undefined {
  const read = readMethods(methods, `${place}.methods`);
  const isReadable = typeof path === "string" && /^\S+$/.test(path) && read.problems.length === 0;
  // A path that can stand in a route's key is looked at there.
  if (!isReadable) problems.push(...pathProblems(path, `${place}.path`), ...read.problems);
  return isReadable ? `${read.methods.join(",")} ${path}` : undefined;
}

function pathProblems(path: unknown, key: string): Problem[] {
  if (typeof path === "string") return parsePath(path, key).problems;
  const message = `must be text, for example "/users/{id}"; is ${kindOf(path)}`;
  return [{ rule: "specification-form", key, message }];
}

function readMethods(methods: unknown, at: string): ReturnType<typeof checkMethods> {
  if (Array.isArray(methods) && methods.length > 0) {
    const texts = methods.map((method: unknown) => (typeof method === "string" ? method : shown(method)));
    return checkMethods(texts, (index) => `${at}[${index}]`, 'for example ["GET", "PUT"]');
  }
  // unverified: what a route without methods means, so that they have to be named
  const is = Array.isArray(methods)
    ? "an empty list"
    : typeof methods === "string"
      ? shown(methods)
      : kindOf(methods);
  const message = `must be a list with at least one method, for example ["GET", "PUT"] or ["ANY"]; is ${is}`;
  return { methods: [], problems: [{ rule: "specification-form", key: at, message }] };
}
