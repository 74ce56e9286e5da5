import { createHash } from "node:crypto";
import type { Backend } from "../backends/backend.ts";
import { compileFunctionBackend } from "../backends/function.ts";
import { compileHttpBackend } from "../backends/http.ts";
import type { HttpClients } from "../backends/http-clients.ts";
import { compileStockBackend } from "../backends/stock.ts";
import { type RequestStep, requestPlaces } from "../policies/places.ts";
import { readSpecification } from "../specification/check.ts";
import type {
  ApiSpecification,
  ApiSpecificationRoute,
  LogLevel,
  RouteBackend,
} from "../specification/model.ts";
import { pathPrefixFault } from "../specification/paths.ts";
import type { DataPlaneDependencies, DeploymentView } from "../types.ts";
import { compileMatcher, type Match } from "./matcher.ts";

export interface CompiledRoute {
  path: string;
  methods: readonly string[];
  backendType: RouteBackend["type"];
  /** Least level of its execution log's lines. */
  executionLevel: LogLevel;
  /** What the route adds to `Cdn-Loop`; begins with the gateway's token. */
  loopToken: string;
  steps: readonly RequestStep[];
  serve: Backend;
}

/** A deployment ready to serve; never changed, only replaced. */
export interface CompiledDeployment {
  id: string;
  gatewayId: string;
  pathPrefix: string;
  /** Finds the route for a path that `belowPrefix` gave. */
  match(method: string, path: string): Match<CompiledRoute>;
}

/** Compiles a deployment; throws when its specification has problems. */
export function compileDeployment(
  deployment: DeploymentView,
  dependencies: DataPlaneDependencies,
  clients: HttpClients,
): CompiledDeployment {
  const { id, gatewayId, pathPrefix } = deployment;
  const fault = pathPrefixFault(pathPrefix);
  if (fault !== undefined) throw new Error(`deployment ${id}: pathPrefix ${fault}`);
  const read = readSpecification(deployment.specification);
  if ("problems" in read) {
    const lines = read.problems.map(({ path, message }) => `${path} ${message}`);
    throw new Error(`deployment ${id}: ${lines.join("; ")}`);
  }
  const { specification } = read;
  const routes = (specification.routes ?? []).map(
    (route, index): CompiledRoute => ({
      path: route.path,
      methods: route.methods ?? ["ANY"],
      backendType: route.backend.type,
      executionLevel: levelOf(specification, route),
      loopToken: `${gatewayLoopToken(gatewayId)}-${digest(`${id} ${index} ${route.path}`)}`,
      steps: requestPlaces.flatMap((place) => place.compile?.(specification, route) ?? []),
      serve: compileBackend(route.backend, dependencies, clients),
    }),
  );
  return { id, gatewayId, pathPrefix, match: compileMatcher(routes) };
}

/** The part of a path below a prefix, beginning with a slash or empty; undefined when it isn't below it. */
export function belowPrefix(path: string, prefix: string): string | undefined {
  if (prefix === "/") return path;
  if (!path.startsWith(prefix)) return undefined;
  const rest = path.slice(prefix.length);
  return rest === "" || rest.startsWith("/") ? rest : undefined;
}

/** The token that all routes of a gateway have in common. */
export function gatewayLoopToken(gatewayId: string): string {
  return digest(gatewayId);
}

/** A route's level overrides its deployment's ("Adding Logging to API Deployments"). */
function levelOf(specification: ApiSpecification, route: ApiSpecificationRoute): LogLevel {
  return (
    route.loggingPolicies?.executionLog?.logLevel ??
    specification.loggingPolicies?.executionLog?.logLevel ??
    "INFO"
  );
}

function compileBackend(
  backend: RouteBackend,
  dependencies: DataPlaneDependencies,
  clients: HttpClients,
): Backend {
  switch (backend.type) {
    case "ORACLE_FUNCTIONS_BACKEND":
      return compileFunctionBackend(backend, dependencies);
    case "HTTP_BACKEND":
      return compileHttpBackend(backend, clients);
    case "STOCK_RESPONSE_BACKEND":
      return compileStockBackend(backend);
  }
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
