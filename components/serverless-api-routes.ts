import type { Deployment } from "@pulumi/oci/apigateway/deployment.js";
import * as pulumi from "@pulumi/pulumi";
import type { RouteArgs, ServerlessApiArgs } from "./args.ts";
import { checkedInput } from "./checked.ts";
import type { FunctionApp } from "./function-app.ts";
import { type Method, parseRouteKeys, type RouteKey } from "./model/routes.ts";
import type { Backend, Route } from "./model/specification.ts";
import { stockBodyCheck, urlCheck } from "./serverless-api-problems.ts";

/** A route as it is reached. */
export interface ApiRoute {
  readonly methods: readonly Method[];
  /** As declared, after the path prefix. */
  readonly path: string;
  /** Endpoint and path; parameters stand in it as declared. */
  readonly url: pulumi.Output<string>;
  /** `function <key>`, `http <url>` or `stock <status>`. */
  readonly backend: pulumi.Output<string>;
}

/** What all children of one {@link ServerlessApi} share. */
export interface Context {
  name: string;
  compartmentId: pulumi.Input<string>;
  parent: pulumi.Resource;
}

/** The routes with their back ends, in the order of the arguments. */
export function resolveRoutes<F extends string>(
  context: Context,
  args: ServerlessApiArgs<F>,
  functionApp: FunctionApp<F> | undefined,
): Route<pulumi.Input<string>>[] {
  return parseRouteKeys(Object.keys(args.routes)).routes.flatMap((route) => {
    const given = args.routes[route.key];
    return given === undefined
      ? []
      : [{ route, backend: resolveBackend(context, route, given, functionApp) }];
  });
}

function resolveBackend<F extends string>(
  { name, parent }: Context,
  { key }: RouteKey,
  given: RouteArgs<F>,
  functionApp: FunctionApp<F> | undefined,
): Backend<pulumi.Input<string>> {
  const route = typeof given === "string" ? { kind: "function" as const, function: given } : given;
  switch (route.kind) {
    case "function":
      return { kind: "function", functionId: functionApp?.functionIds[route.function] ?? "" };
    case "http":
      return { ...route, url: checkedInput("serverless-api", name, route.url, urlCheck(key), parent) };
    case "stock": {
      if (route.body === undefined) return route;
      return {
        ...route,
        body: checkedInput("serverless-api", name, route.body, stockBodyCheck(key), parent),
      };
    }
    case "dynamic":
      throw new TypeError(`routes[${JSON.stringify(key)}] is refused by the checks`);
    default:
      throw new TypeError(`no such route: ${JSON.stringify(route satisfies never)}`);
  }
}

/** A route as the outputs tell it. */
export function describeRoute(
  { route, backend }: Route<pulumi.Input<string>>,
  args: ServerlessApiArgs,
  deployment: Deployment,
): ApiRoute {
  const url = deployment.endpoint.apply((endpoint) => endpoint.replace(/\/$/, "") + route.path);
  const given = args.routes[route.key];
  const key = typeof given === "object" && given.kind === "function" ? given.function : given;
  const text = {
    function: () => pulumi.output(`function ${key}`),
    http: () => pulumi.interpolate`http ${backend.kind === "http" ? backend.url : ""}`,
    stock: () => pulumi.output(`stock ${backend.kind === "stock" ? backend.status : ""}`),
  };
  return { methods: route.methods, path: route.path, url, backend: text[backend.kind]() };
}
