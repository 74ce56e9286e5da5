import type { Deployment } from "@pulumi/oci/apigateway/deployment.js";
import * as pulumi from "@pulumi/pulumi";
import type { AuthorizationArgs, RouteArgs, RoutedApiArgs, SingleBackendArgs } from "./args.ts";
import { withFunctionIds } from "./authentications.ts";
import { checkStockBody } from "./model/backends.ts";
import { isAuthenticated } from "./model/lint/plain-api.ts";
import { checkApiPolicies, checkRoutePolicies } from "./model/policies/checks.ts";
import { type Method, parseRouteKeys, routeAt } from "./model/routes.ts";
import {
  type ApiSpecification,
  type Backend,
  type Route,
  renderSpecification,
  type SingleBackend,
} from "./model/specification.ts";
import { checkUrl, type UrlScope } from "./model/urls.ts";
import { apiPolicies, checkedLeaves, checkedOf, type Owner, routePolicies } from "./policies.ts";
import { checkFunctionId, nestedAt, routeScope } from "./route-problems.ts";

/** A route as it is reached. */
export interface ApiRoute {
  readonly methods: readonly Method[];
  /** As declared, after the path prefix. */
  readonly path: string;
  /** Endpoint and path; parameters stand in it as declared. */
  readonly url: pulumi.Output<string>;
  /** `function <key>`, `http <url>`, `stock <status>`, or `dynamic <selector>: ` and these with a comma between. */
  readonly backend: pulumi.Output<string>;
  /** Whether everybody may call it: without an authentication every route, with one those that are `ANONYMOUS`. */
  readonly isAnonymous: boolean;
}

/** What all children of one {@link ServerlessApi} share. */
export interface Context {
  name: string;
  compartmentId: pulumi.Input<string>;
  parent: pulumi.Resource;
  /** Where a problem of the routes stands in a specification that they come from. */
  locate?: Owner["locate"];
}

/** Ids of the API's functions, by key. */
export type FunctionIds = Readonly<Record<string, pulumi.Input<string>>>;

type Value = pulumi.Input<string>;

/** The deployment specification of routes and policies, in which what is known later is checked when it resolves. */
export function specificationOf(
  context: Context,
  args: RoutedApiArgs,
  routes: readonly Route<Value>[],
  functionIds: FunctionIds,
): ApiSpecification<Value> {
  const scope = { hasAuthentication: isAuthenticated(args) };
  const checked = checkedLeaves(ownerOf(context), apiPolicies(args), "", (given) =>
    checkApiPolicies(given, scope),
  );
  const { requestPolicies } = checked;
  const idOf = (key: string) => functionIds[key];
  return renderSpecification(routes, {
    ...checked,
    requestPolicies: requestPolicies && withFunctionIds(requestPolicies, idOf),
  });
}

/** The routes with their back ends and policies, in the order of the arguments. */
export function resolveRoutes(
  context: Context,
  args: RoutedApiArgs,
  functionIds: FunctionIds,
): Route<Value>[] {
  return parseRouteKeys(Object.keys(args.routes)).routes.flatMap((route) => {
    const given = args.routes[route.key];
    if (given === undefined) return [];
    const at = routeAt(route.key);
    const scope = routeScope(route.key, args);
    const resolver = { context, functionIds, region: args.region };
    return [
      {
        route,
        backend: resolveBackend(resolver, given, at, scope),
        ...resolvePolicies(context, given, at, scope),
      },
    ];
  });
}

function resolvePolicies(context: Context, given: RouteArgs, at: string, scope: UrlScope) {
  if (typeof given === "string") return {};
  return checkedLeaves(ownerOf(context), routePolicies(given), at, (policies) =>
    checkRoutePolicies(policies, at, scope),
  );
}

/** What the back ends of an API are resolved with. */
interface Resolver {
  context: Context;
  functionIds: FunctionIds;
  region: string;
}

function resolveBackend(resolver: Resolver, given: RouteArgs, at: string, scope: UrlScope): Backend<Value> {
  if (typeof given === "string" || given.kind !== "dynamic") return resolveSingle(resolver, given, at, scope);
  const { kind, selectionSource } = given;
  const nested = { ...scope, selector: selectionSource.selector };
  const routingBackends = given.routingBackends.map(({ key, backend }, index) => {
    return { key, backend: resolveSingle(resolver, backend, nestedAt(at, index), nested) };
  });
  return { kind, selectionSource, routingBackends };
}

function resolveSingle(
  { context, functionIds, region }: Resolver,
  given: string | SingleBackendArgs,
  at: string,
  scope: UrlScope,
): SingleBackend<Value> {
  const backend = typeof given === "string" ? { kind: "function" as const, function: given } : given;
  const owner = ownerOf(context);
  switch (backend.kind) {
    case "function":
      if (backend.functionId === undefined) {
        return { kind: "function", functionId: functionIds[backend.function] ?? "" };
      }
      return {
        kind: "function",
        functionId: checkedOf(owner, backend.functionId, (id) =>
          checkFunctionId(id, region, `${at}.functionId`),
        ),
      };
    case "http": {
      const check = (url: string) => checkUrl(url, scope, at);
      return { ...backend, url: checkedOf(owner, backend.url, check) };
    }
    case "stock": {
      if (backend.body === undefined) return backend;
      const check = (body: string) => checkStockBody(body, at);
      return { ...backend, body: checkedOf(owner, backend.body, check) };
    }
    default:
      throw new TypeError(`no such back end: ${JSON.stringify(backend satisfies never)}`);
  }
}

function ownerOf({ name, parent, locate }: Context): Owner {
  return { noun: "serverless-api", name, resource: parent, locate };
}

/** A route as the outputs tell it. */
export function describeRoute(
  { route, backend, requestPolicies }: Route<Value>,
  args: RoutedApiArgs,
  deployment: Deployment,
): ApiRoute {
  const url = deployment.endpoint.apply((endpoint) => endpoint.replace(/\/$/, "") + route.path);
  const given = args.routes[route.key] ?? "";
  const authorization = requestPolicies?.authorization as AuthorizationArgs | undefined;
  return {
    methods: route.methods,
    path: route.path,
    url,
    backend: textOf(given, backend),
    isAnonymous: !isAuthenticated(args) || authorization?.type === "ANONYMOUS",
  };
}

function textOf(given: RouteArgs, backend: Backend<Value>): pulumi.Output<string> {
  if (typeof given === "string") return pulumi.output(`function ${given}`);
  switch (given.kind) {
    case "function":
      return given.functionId === undefined
        ? pulumi.output(`function ${given.function}`)
        : pulumi.interpolate`function ${given.functionId}`;
    case "http":
      return pulumi.interpolate`http ${backend.kind === "http" ? backend.url : given.url}`;
    case "stock":
      return pulumi.output(`stock ${given.status}`);
    case "dynamic": {
      const inner = backend.kind === "dynamic" ? backend.routingBackends : [];
      const texts = given.routingBackends.map((one, index) =>
        textOf(one.backend, inner[index]?.backend ?? backend),
      );
      return pulumi.all(texts).apply((all) => `dynamic ${given.selectionSource.selector}: ${all.join(", ")}`);
    }
    default:
      throw new TypeError(`no such route: ${JSON.stringify(given satisfies never)}`);
  }
}
