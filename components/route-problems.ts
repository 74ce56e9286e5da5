import type {
  BackendArgs,
  FunctionRouteArgs,
  RoutePoliciesArgs,
  ServerlessApiArgs,
  SingleBackendArgs,
} from "./args.ts";
import { plainProblems } from "./checked.ts";
import { checkSslVerify, checkStock, checkStockBody, checkTimeouts } from "./model/backends.ts";
import { checkSettings } from "./model/known-settings.ts";
import { isAuthenticated } from "./model/lint/plain-api.ts";
import { checkOcid } from "./model/ocids.ts";
import { checkRoutePolicies } from "./model/policies/checks.ts";
import { checkDynamicRouting } from "./model/policies/dynamic-routing.ts";
import type { Problem } from "./model/problems.ts";
import { checkFunctionRegion } from "./model/regions.ts";
import { RouteKey, routeAt } from "./model/routes.ts";
import { defaultSendTimeoutInSeconds } from "./model/specification/backends.ts";
import { checkUrl, type UrlScope } from "./model/urls.ts";
import { isBag, shown } from "./model/values.ts";
import { routePolicies } from "./policies.ts";

const policySettings = ["requestPolicies", "responsePolicies", "loggingPolicies"];
const settingsOfKind: Readonly<Record<string, readonly string[]>> = {
  function: ["kind", "function", "functionId"],
  http: [
    "kind",
    "url",
    "connectTimeoutInSeconds",
    "readTimeoutInSeconds",
    "sendTimeoutInSeconds",
    "isSslVerifyDisabled",
  ],
  stock: ["kind", "status", "body", "headers"],
  dynamic: ["kind", "selectionSource", "routingBackends"],
};
const singleKinds = ["function", "http", "stock"];

/** What all back ends of a route are checked with. */
interface Scope extends UrlScope {
  functionKeys: readonly string[];
  region: unknown;
}

/** Everything that is wrong with the routes' back ends and policies, as far as it is plain. */
export function routeProblems(args: ServerlessApiArgs): Problem[] {
  return Object.entries(args.routes ?? {}).flatMap(([key, route]) => {
    const scope = {
      ...routeScope(key, args),
      functionKeys: Object.keys(args.functions ?? {}),
      region: args.region,
    };
    const at = routeAt(key);
    if (!isBag(route) || !("kind" in route)) return backendProblems(route, at, scope, "route");
    return [
      ...backendProblems(route, at, scope, "route"),
      ...checkRoutePolicies(routePolicies(route as RoutePoliciesArgs), at, scope),
    ];
  });
}

/** What a route's policies and back ends may refer to. */
export function routeScope(key: string, args: Pick<ServerlessApiArgs, "requestPolicies">): UrlScope {
  return {
    // Of a route that can't be read, the parameters aren't known: its own problem is told.
    parameters: RouteKey.parse(key).route?.parameters,
    hasAuthentication: isAuthenticated(args),
  };
}

/** What is wrong with the name of a function. */
export function functionProblems(name: unknown, functionKeys: readonly string[], key: string): Problem[] {
  if (typeof name === "string" && functionKeys.includes(name)) return [];
  const known = functionKeys.length === 0 ? "there are none" : `there are ${functionKeys.join(", ")}`;
  const message =
    name === undefined
      ? `is missing; must name one of "functions"; ${known}`
      : `names function ${shown(name)}, which is not among "functions"; ${known}`;
  return [{ rule: "route-function", key, message }];
}

function backendProblems(backend: unknown, at: string, scope: Scope, place: "route" | "choice"): Problem[] {
  if (typeof backend === "string") return functionProblems(backend, scope.functionKeys, at);
  const kinds = place === "route" ? Object.keys(settingsOfKind) : singleKinds;
  const listed = kinds.join('", "');
  if (typeof backend !== "object" || backend === null || !("kind" in backend)) {
    const message = `must be a function's key or an object with a "kind": "${listed}"`;
    return [{ rule: "route-backend", key: at, message }];
  }
  const settings = settingsOfKind[String(backend.kind)];
  if (settings === undefined || !kinds.includes(String(backend.kind))) {
    const where = place === "route" ? "a supported kind" : "a kind that a choice takes";
    const message = `${shown(backend.kind)} is not ${where}; supported are "${listed}"`;
    return [{ rule: "route-backend", key: `${at}.kind`, message }];
  }
  const known = place === "route" ? [...settings, ...policySettings] : settings;
  const ofPlace = place === "choice" ? sendTimeoutProblems(backend, at) : [];
  return [
    ...checkSettings(backend, known, at),
    ...kindProblems(backend as BackendArgs, at, scope),
    ...ofPlace,
  ];
}

function kindProblems(backend: BackendArgs, at: string, scope: Scope): Problem[] {
  switch (backend.kind) {
    case "function":
      return functionBackendProblems(backend, at, scope);
    case "http":
      return [
        ...plainProblems(backend.url ?? "", (url) => checkUrl(url, scope, at)),
        ...checkTimeouts(backend, at),
        ...checkSslVerify(backend.isSslVerifyDisabled, at),
      ];
    case "stock":
      return [...checkStock(backend, at), ...plainProblems(backend.body, (body) => checkStockBody(body, at))];
    case "dynamic":
      return [...checkDynamicRouting(backend, at, scope), ...nestedProblems(backend, at, scope)];
    default:
      throw new TypeError(`no such route: ${JSON.stringify(backend satisfies never)}`);
  }
}

function functionBackendProblems(given: FunctionRouteArgs, at: string, scope: Scope): Problem[] {
  const key = `${at}.functionId`;
  if (given.functionId === undefined)
    return functionProblems(given.function, scope.functionKeys, `${at}.function`);
  if (given.function !== undefined) {
    return [{ rule: "route-function", key, message: 'stands beside "function"; give one of the two' }];
  }
  return [...plainProblems(given.functionId, (id) => checkFunctionId(id, scope.region, key))];
}

/** What is wrong with the OCID of a function outside of the API's own. */
export function checkFunctionId(id: string, region: unknown, key: string): Problem[] {
  const problems = checkOcid("function-ocid", id, key);
  return problems.length > 0 || typeof region !== "string" ? problems : checkFunctionRegion(id, region, key);
}

function nestedProblems(
  { selectionSource, routingBackends }: { selectionSource?: unknown; routingBackends?: unknown },
  at: string,
  scope: Scope,
): Problem[] {
  if (!Array.isArray(routingBackends)) return [];
  const { selector } = Object(selectionSource) as { selector?: string };
  return routingBackends.flatMap((item: unknown, index) => {
    if (!isBag(item)) return [];
    return backendProblems(item.backend, nestedAt(at, index), { ...scope, selector }, "choice");
  });
}

/** Where a back end stands inside a choice. */
export function nestedAt(at: string, index: number): string {
  return `${at}.routingBackends[${index}].backend`;
}

function sendTimeoutProblems(backend: object, at: string): Problem[] {
  const { sendTimeoutInSeconds: given } = backend as Partial<SingleBackendArgs & { kind: "http" }>;
  if (given === undefined || given === defaultSendTimeoutInSeconds) return [];
  const message = `is ${shown(given)}; inside a choice the OCI provider can't set it: leave it out, then it is ${defaultSendTimeoutInSeconds}`;
  return [{ rule: "nested-send-timeout", key: `${at}.sendTimeoutInSeconds`, message }];
}
