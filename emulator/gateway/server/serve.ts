import {
  belowPrefix,
  type CompiledDeployment,
  type CompiledRoute,
  gatewayLoopToken,
} from "../compile/deployment.ts";
import type { Match } from "../compile/matcher.ts";
import { isPreflight } from "../policies/cors.ts";
import { unverified } from "../unverified.ts";
import { GatewayFault } from "./errors.ts";
import type { Exchange } from "./exchange.ts";
import { refuse } from "./refuse.ts";

/**
 * Takes one request through match, request policies and back end: at once, as long as nobody has to be waited for. Never
 * throws.
 */
export function serve(
  exchange: Exchange,
  deployments: readonly CompiledDeployment[],
  fault: GatewayFault | undefined,
): void {
  try {
    if (fault !== undefined) throw fault;
    const route = findRoute(exchange, deployments);
    refuseLoop(exchange, route);
    goOn(exchange, route, 0);
  } catch (error) {
    refuse(exchange, error);
  }
}

/** Takes the route's steps from one of them on, then its back end. */
function goOn(exchange: Exchange, route: CompiledRoute, from: number): void {
  const { steps } = route;
  for (let index = from; index < steps.length; index++) {
    const goesOn = steps[index]?.(exchange);
    if (goesOn === true) continue;
    if (typeof goesOn === "object") void resume(exchange, route, goesOn, index + 1);
    return;
  }
  route.serve(exchange)?.catch((error) => refuse(exchange, error));
}

/** Goes on with the steps after one that has been waited for. */
async function resume(
  exchange: Exchange,
  route: CompiledRoute,
  goesOn: Promise<boolean>,
  next: number,
): Promise<void> {
  try {
    if (await goesOn) goOn(exchange, route, next);
  } catch (error) {
    refuse(exchange, error);
  }
}

/** @param deployments - The gateway's, longest prefix first. */
function findRoute(exchange: Exchange, deployments: readonly CompiledDeployment[]): CompiledRoute {
  const { method, path } = exchange.head;
  for (const deployment of deployments) {
    const rest = belowPrefix(path, deployment.pathPrefix);
    if (rest === undefined) continue;
    exchange.deployment = deployment;
    const match = preflightMatch(exchange, deployment, rest) ?? deployment.match(method, rest);
    if (match.kind !== "route") deployment.addCorsHeaders?.(exchange);
    if (match.kind === "no-route") {
      if (unverified.nestedPrefixes === "next-on-miss") continue;
      break;
    }
    if (match.kind === "no-method")
      throw new GatewayFault("methodNotAllowed", `no route of ${path} answers ${method}`);
    exchange.route = match.route;
    exchange.parameters = match.parameters;
    return match.route;
  }
  throw new GatewayFault("noRoute", `no route for ${path}`);
}

/**
 * The route that a browser asks for by a preflight: its CORS policy answers, with no need of a route for OPTIONS
 * ("Adding CORS support to API Deployments").
 */
// unverified: a preflight for a method that no route of the path answers is an OPTIONS request like others
function preflightMatch(
  exchange: Exchange,
  deployment: CompiledDeployment,
  path: string,
): Match<CompiledRoute> | undefined {
  if (!isPreflight(exchange)) return undefined;
  const isForRoute = unverified.preflightOfOptionsRoute === "route";
  if (isForRoute && deployment.match("OPTIONS", path).kind === "route") return undefined;
  const match = deployment.match(exchange.head.first.get("access-control-request-method") ?? "", path);
  return match.kind === "route" && match.route.hasCors ? match : undefined;
}

function refuseLoop(exchange: Exchange, route: CompiledRoute): void {
  const loop = exchange.head.first.get("cdn-loop");
  if (loop === undefined) return;
  const all = exchange.head.headers.filter(([name]) => name.toLowerCase() === "cdn-loop").join();
  if (all.includes(route.loopToken)) {
    throw new GatewayFault("loopDetected", `the request has been at route ${route.path} before`);
  }
  if (all.includes(gatewayLoopToken(exchange.gateway.view.id))) {
    if (unverified.loopIsAt === "gateway")
      throw new GatewayFault("loopDetected", "the request has been at this gateway before");
    exchange.record("WARN", "request.possibleLoopDetected", "the request has been at this gateway before");
  }
}
