import { gatewayProblems, isExistingGateway } from "./api-gateway.ts";
import type {
  ExistingFunctionArgs,
  ImageFunctionArgs,
  RouteArgs,
  RoutedApiArgs,
  ServerlessApiArgs,
  SingleBackendArgs,
} from "./args.ts";
import { isPlain } from "./checked.ts";
import { bundleSources } from "./function-image.ts";
import { accessProblems } from "./gateway-access.ts";
import { lintProblems } from "./lint.ts";
import { checkFunctions, functionAt } from "./model/functions.ts";
import { checkImage, checkRegistry } from "./model/images.ts";
import { checkSettings } from "./model/known-settings.ts";
import { authenticationsOf, isAuthenticated } from "./model/lint/plain-api.ts";
import { checkLogging } from "./model/logging.ts";
import { checkNetwork } from "./model/network.ts";
import { checkOcid } from "./model/ocids.ts";
import { checkPathPrefix, defaultPathPrefix } from "./model/paths.ts";
import { checkApiPolicies } from "./model/policies/checks.ts";
import type { Problem } from "./model/problems.ts";
import { checkReadiness } from "./model/readiness.ts";
import { checkFunctionRegion, checkRegion } from "./model/regions.ts";
import { parseRouteKeys, RouteKey } from "./model/routes.ts";
import { rules } from "./model/rules.ts";
import {
  type Backend,
  checkSpecificationSize,
  type Route,
  renderSpecification,
  type SingleBackend,
} from "./model/specification.ts";
import { isLater } from "./model/values.ts";
import { apiPolicies, plainLeaves, routePolicies } from "./policies.ts";
import { functionProblems, routeProblems } from "./route-problems.ts";
import { invokeLogProblems, loggedApplication } from "./serverless-api-logs.ts";
import { withShape } from "./serverless-api-shape.ts";
import { type Routed, routedArgs } from "./serverless-api-specification.ts";

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
  "specification",
  "requestPolicies",
  "loggingPolicies",
  "logging",
  "access",
  "registry",
  "readiness",
  "protect",
  "freeformTags",
];

/** Everything that is wrong with what is plain in the arguments; Outputs are checked when they resolve. */
export function serverlessApiProblems<F extends string>(
  name: string,
  given: ServerlessApiArgs<F>,
  { args, problems, locate = (problem) => problem }: Routed<F> = routedArgs(given),
): Problem[] {
  const found = withShape(args, (usable) => shapedProblems(name, usable));
  return [...problems, ...found.flatMap((problem) => locate(problem) ?? [])];
}

function shapedProblems(name: string, args: RoutedApiArgs): Problem[] {
  const { functions = {}, routes = {}, gateway = {}, access = {} } = args;
  return [
    ...checkSettings(args, knownSettings, ""),
    ...requiredOcid("compartment-ocid", args.compartmentId, "compartmentId"),
    ...requiredOcid("tenancy-ocid", args.tenancyId, "tenancyId"),
    ...checkRegion(args.region, "region"),
    ...(args.homeRegion === undefined ? [] : checkRegion(args.homeRegion, "homeRegion")),
    ...checkNetwork(args.network ?? {}, subnetNeed(args)),
    ...gatewayProblems(gateway),
    ...checkPathPrefix(args.pathPrefix ?? defaultPathPrefix),
    ...checkFunctions(functions, args.application),
    ...imageProblems(args),
    ...functionRegionProblems(args),
    ...bundleSources(`${name}-functions`, functions).problems,
    ...checkRegistry(args.registry),
    ...parseRouteKeys(Object.keys(routes)).problems,
    ...routesProblems(args),
    ...accessProblems(access),
    ...checkLogging(args.logging, loggedApplication(args)),
    ...invokeLogProblems(args),
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

function routesProblems(args: RoutedApiArgs): Problem[] {
  const problems = [...policyProblems(args), ...routeProblems(args), ...lintProblems(args)];
  // What isn't a back end has no size.
  const isSound = !problems.some(({ rule }) => rules[rule].level === "error");
  return isSound ? [...problems, ...sizeProblems(args)] : problems;
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

/** What is wrong with the policies of all routes; the functions that they name are known here only. */
function policyProblems(args: ServerlessApiArgs): Problem[] {
  const functionKeys = Object.keys(args.functions ?? {});
  return [
    ...checkApiPolicies(apiPolicies(args), { hasAuthentication: isAuthenticated(args) }),
    ...authenticationsOf(args).flatMap(({ given, at }) =>
      given.function === undefined ? [] : functionProblems(given.function, functionKeys, `${at}.function`),
    ),
  ];
}

/** Unknown values count nothing: the limit is far above what OCIDs need. */
function sizeProblems(args: RoutedApiArgs): Problem[] {
  const plain = Object.entries(args.routes).flatMap(([key, given]): Route<string>[] => {
    const { route } = RouteKey.parse(key);
    if (route === undefined) return [];
    const policies = typeof given === "object" ? plainLeaves(routePolicies(given)) : {};
    return [{ route, backend: plainBackend(given), ...policies }];
  });
  return checkSpecificationSize(renderSpecification(plain, plainLeaves(apiPolicies(args))));
}

function plainBackend(args: RouteArgs): Backend<string> {
  if (typeof args !== "object" || args.kind !== "dynamic") return plainSingle(args);
  const { kind, selectionSource } = args;
  const routingBackends = args.routingBackends.map(({ key, backend }) => {
    return { key, backend: plainSingle(backend) };
  });
  return { kind, selectionSource, routingBackends };
}

function plainSingle(args: string | SingleBackendArgs): SingleBackend<string> {
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
