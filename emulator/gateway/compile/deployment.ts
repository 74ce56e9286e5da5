import { createHash } from "node:crypto";
import type { Backend } from "../backends/backend.ts";
import { compileDynamicRouting } from "../backends/dynamic-routing.ts";
import { compileFunctionBackend } from "../backends/function.ts";
import { compileHttpBackend } from "../backends/http.ts";
import type { HttpClients } from "../backends/http-clients.ts";
import { compileStockBackend } from "../backends/stock.ts";
import { compileCorsHeaders, corsOf } from "../policies/cors.ts";
import { requestPlaces, responsePlaces } from "../policies/places.ts";
import type { PolicyContext, RequestStep, ResponseStep } from "../policies/policy.ts";
import type { Exchange } from "../server/exchange.ts";
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
  /** Whether a CORS policy is in force, which answers preflights. */
  hasCors: boolean;
  steps: readonly RequestStep[];
  responseSteps: readonly ResponseStep[];
  /** Whether `responseSteps` make the same of the same headers, whatever the request. */
  hasConstantResponses: boolean;
  serve: Backend;
}

/** A deployment ready to serve; never changed, only replaced. */
export interface CompiledDeployment {
  id: string;
  gatewayId: string;
  pathPrefix: string;
  /** Finds the route for a path that `belowPrefix` gave. */
  match(method: string, path: string): Match<CompiledRoute>;
  /** Adds the deployment's CORS headers to answers of the gateway where no route is found. */
  addCorsHeaders: ((exchange: Exchange) => void) | undefined;
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
  const shared = sharing();
  const routes = (specification.routes ?? []).map((route, index): CompiledRoute => {
    const context: PolicyContext = { deployment, specification, route, dependencies, clients, shared };
    const responseSteps = responsePlaces.flatMap((place) => place.compile?.(context) ?? []);
    return {
      path: route.path,
      methods: route.methods ?? ["ANY"],
      backendType: route.backend.type,
      executionLevel: levelOf(specification, route),
      loopToken: `${gatewayLoopToken(gatewayId)}-${digest(`${id} ${index} ${route.path}`)}`,
      hasCors: corsOf(specification, route) !== undefined,
      steps: requestPlaces.flatMap((place) => place.compile?.(context) ?? []),
      responseSteps,
      hasConstantResponses: responseSteps.every(({ isConstant }) => isConstant),
      serve: compileBackend(route.backend, dependencies, clients),
    };
  });
  const cors = specification.requestPolicies?.cors;
  const addCorsHeaders = cors && compileCorsHeaders(cors);
  return { id, gatewayId, pathPrefix, match: compileMatcher(routes), addCorsHeaders };
}

/** Keeps what the policies of one deployment have in common. */
function sharing(): PolicyContext["shared"] {
  const kept = new Map<string, unknown>();
  return <T>(name: string, create: () => T): T => {
    if (!kept.has(name)) kept.set(name, create());
    return kept.get(name) as T;
  };
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
  selector?: string,
): Backend {
  switch (backend.type) {
    case "ORACLE_FUNCTIONS_BACKEND":
      return compileFunctionBackend(backend, dependencies);
    case "HTTP_BACKEND":
      return compileHttpBackend(backend, clients, selector);
    case "STOCK_RESPONSE_BACKEND":
      return compileStockBackend(backend);
    case "DYNAMIC_ROUTING_BACKEND":
      return compileDynamicRouting(backend, (single, selector) =>
        compileBackend(single, dependencies, clients, selector),
      );
  }
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
