import { gatewayProblems, isExistingGateway } from "./api-gateway.ts";
import type {
  ExistingFunctionArgs,
  HttpRouteArgs,
  ImageFunctionArgs,
  RouteArgs,
  ServerlessApiArgs,
  StockRouteArgs,
} from "./args.ts";
import { isPlain, plainProblems } from "./checked.ts";
import { bundleSources } from "./function-image.ts";
import { accessProblems } from "./gateway-access.ts";
import { checkSslVerify, checkStock, checkStockBody, checkTimeouts } from "./model/backends.ts";
import { checkFunctions, functionAt } from "./model/functions.ts";
import { checkImage, checkRegistry } from "./model/images.ts";
import { checkSettings } from "./model/known-settings.ts";
import { checkNetwork } from "./model/network.ts";
import { checkOcid } from "./model/ocids.ts";
import { checkPathPrefix } from "./model/paths.ts";
import type { Problem } from "./model/problems.ts";
import { checkReadiness } from "./model/readiness.ts";
import { checkFunctionRegion, checkRegion } from "./model/regions.ts";
import { parseRouteKeys, RouteKey, routeAt } from "./model/routes.ts";
import { type Backend, checkSpecificationSize, renderSpecification } from "./model/specification.ts";
import { checkUrl } from "./model/urls.ts";
import { isLater, shown } from "./model/values.ts";
import { withShape } from "./serverless-api-shape.ts";

const knownSettings: readonly (keyof ServerlessApiArgs)[] = [
  "compartmentId",
  "tenancyId",
  "region",
  "homeRegion",
  "network",
  "gateway",
  "pathPrefix",
  "application",
  "functions",
  "routes",
  "access",
  "registry",
  "readiness",
  "freeformTags",
];

const settingsOfKind: Readonly<Record<string, readonly string[]>> = {
  function: ["kind", "function"],
  http: [
    "kind",
    "url",
    "connectTimeoutInSeconds",
    "readTimeoutInSeconds",
    "sendTimeoutInSeconds",
    "isSslVerifyDisabled",
  ],
  stock: ["kind", "status", "body", "headers"],
};

/** Everything that is wrong with what is plain in the arguments; Outputs are checked when they resolve. */
export function serverlessApiProblems(name: string, args: ServerlessApiArgs): Problem[] {
  return withShape(args, (usable) => shapedProblems(name, usable));
}

function shapedProblems(name: string, args: ServerlessApiArgs): Problem[] {
  const { functions = {}, routes = {}, gateway = {}, access = {} } = args;
  return [
    ...checkSettings(args, knownSettings, ""),
    ...requiredOcid("compartment-ocid", args.compartmentId, "compartmentId"),
    ...requiredOcid("tenancy-ocid", args.tenancyId, "tenancyId"),
    ...checkRegion(args.region, "region"),
    ...(args.homeRegion === undefined ? [] : checkRegion(args.homeRegion, "homeRegion")),
    ...checkNetwork(args.network ?? {}, subnetNeed(args)),
    ...gatewayProblems(gateway),
    ...checkPathPrefix(args.pathPrefix ?? "/v1"),
    ...checkFunctions(functions, args.application),
    ...imageProblems(args),
    ...functionRegionProblems(args),
    ...bundleSources(`${name}-functions`, functions).problems,
    ...checkRegistry(args.registry),
    ...parseRouteKeys(Object.keys(routes)).problems,
    ...routesProblems(routes, Object.keys(functions)),
    ...accessProblems(access),
    ...checkReadiness(args.readiness),
    ...unusedStatements(args),
  ];
}

function requiredOcid(rule: "compartment-ocid" | "tenancy-ocid", id: unknown, key: string): Problem[] {
  return isLater(id) ? [] : checkOcid(rule, id, key);
}

/** Which existing subnets the arguments must name. */
export function subnetNeed(args: ServerlessApiArgs): { gatewaySubnet: boolean; functionsSubnets: boolean } {
  const { application = {}, functions = {}, gateway = {} } = args;
  const hasOwnFunctions = Object.values(functions).some((one) => !("functionId" in Object(one)));
  return {
    gatewaySubnet: !isExistingGateway(gateway),
    functionsSubnets: hasOwnFunctions && !("applicationId" in application),
  };
}

function routesProblems(routes: ServerlessApiArgs["routes"], functionKeys: readonly string[]): Problem[] {
  const problems = Object.entries(routes).flatMap(([key, route]) =>
    backendProblems(key, route, functionKeys),
  );
  // What isn't a back end has no size.
  return problems.length > 0 ? problems : sizeProblems(routes);
}

function functionRegionProblems({ functions = {}, region }: ServerlessApiArgs): Problem[] {
  return Object.entries(functions).flatMap(([key, one]) => {
    const { functionId } = Object(one) as Partial<ExistingFunctionArgs>;
    return typeof functionId === "string" && typeof region === "string"
      ? checkFunctionRegion(functionId, region, `${functionAt(key)}.functionId`)
      : [];
  });
}

function imageProblems({ functions = {}, region }: ServerlessApiArgs): Problem[] {
  // Without a region there is no right registry.
  if (checkRegion(region, "region").length > 0) return [];
  return Object.entries(functions).flatMap(([key, one]) =>
    "image" in Object(one) && typeof (one as ImageFunctionArgs).image === "string"
      ? checkImage((one as ImageFunctionArgs).image as string, region, `${functionAt(key)}.image`)
      : [],
  );
}

function backendProblems(key: string, route: unknown, functionKeys: readonly string[]): Problem[] {
  const at = routeAt(key);
  if (typeof route === "string") return functionProblems(route, functionKeys, at);
  const kinds = Object.keys(settingsOfKind).join('", "');
  if (typeof route !== "object" || route === null || !("kind" in route)) {
    const message = `must be a function's key or an object with a "kind": "${kinds}"`;
    return [{ rule: "route-backend", key: at, message }];
  }
  const settings = settingsOfKind[String(route.kind)];
  if (settings === undefined) {
    const message = `${shown(route.kind)} is not a supported kind; supported are "${kinds}"`;
    return [{ rule: "route-backend", key: `${at}.kind`, message }];
  }
  return [...checkSettings(route, settings, at), ...kindProblems(route as RouteArgs, key, functionKeys)];
}

function kindProblems(route: RouteArgs, key: string, functionKeys: readonly string[]): Problem[] {
  const at = routeAt(key);
  if (typeof route === "string") return [];
  switch (route.kind) {
    case "function":
      return functionProblems(route.function, functionKeys, `${at}.function`);
    case "http":
      return [
        ...plainProblems(route.url ?? "", urlCheck(key)),
        ...checkTimeouts(route, at),
        ...checkSslVerify(route.isSslVerifyDisabled, at),
      ];
    case "stock":
      return [...checkStock(route, at), ...plainProblems(route.body, stockBodyCheck(key))];
    case "dynamic":
      return [];
    default:
      throw new TypeError(`no such route: ${JSON.stringify(route satisfies never)}`);
  }
}

function functionProblems(name: unknown, functionKeys: readonly string[], key: string): Problem[] {
  if (typeof name === "string" && functionKeys.includes(name)) return [];
  const known = functionKeys.length === 0 ? "there are none" : `there are ${functionKeys.join(", ")}`;
  const message = `names function ${shown(name)}, which is not among "functions"; ${known}`;
  return [{ rule: "route-function", key, message }];
}

/** The check of a route's URL, for now or for when it resolves. */
export function urlCheck(key: string): (url: HttpRouteArgs["url"] & string) => Problem[] {
  const parameters = RouteKey.parse(key).route?.parameters;
  return (url) =>
    // Of a route that can't be read, the parameters aren't known: its own problem is told.
    checkUrl(url, parameters ?? [], routeAt(key)).filter(
      ({ rule }) => parameters !== undefined || rule !== "http-url-variable",
    );
}

/** The check of a stock response's body, for now or for when it resolves. */
export function stockBodyCheck(key: string): (body: StockRouteArgs["body"] & string) => Problem[] {
  return (body) => checkStockBody(body, routeAt(key));
}

/** Unknown values count nothing: the limit is far above what OCIDs need. */
function sizeProblems(routes: ServerlessApiArgs["routes"]): Problem[] {
  const plain = Object.entries(routes).flatMap(([key, args]) => {
    const { route } = RouteKey.parse(key);
    return route === undefined ? [] : [{ route, backend: plainBackend(args) }];
  });
  return checkSpecificationSize(renderSpecification(plain));
}

function plainBackend(args: RouteArgs): Backend<string> {
  if (typeof args !== "object" || args === null) return { kind: "function", functionId: "" };
  if (args.kind === "http") return { ...args, url: isPlain(args.url) ? args.url : "" };
  if (args.kind !== "stock") return { kind: "function", functionId: "" };
  const { body } = args;
  return { ...args, body: body !== undefined && isPlain(body) ? body : undefined };
}

function unusedStatements({ access, functions = {} }: ServerlessApiArgs): Problem[] {
  if (Object.keys(functions).length > 0 || (access?.statements ?? []).length === 0) return [];
  const message = "are given, but there is no function whose compartment a policy is made in; leave them out";
  return [{ rule: "access-unused", key: "access.statements", message }];
}
