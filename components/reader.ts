import * as pulumi from "@pulumi/pulumi";

/** What a stack of an API gives out to other stacks; `docs/outputs.md` describes each. */
export interface ReadApi {
  /** URL that all routes begin with. */
  readonly endpoint: pulumi.Output<string>;
  readonly gatewayId: pulumi.Output<string>;
  readonly gatewayHostname: pulumi.Output<string>;
  readonly routes: pulumi.Output<readonly ReadRoute[]>;
  /** By key. */
  readonly functionIds: pulumi.Output<Readonly<Record<string, string>>>;
  /**
   * The URL of a route.
   *
   * @param method - One of the route's methods, or `ANY`.
   * @param path - The path as declared, for example `/users/{id}`.
   * @throws pulumi.RunError listing the routes that there are.
   */
  url(method: string, path: string): pulumi.Output<string>;
}

export interface ReadRoute {
  readonly methods: readonly string[];
  readonly path: string;
  readonly url: string;
  readonly backend: string;
  /** Whether everybody may call it. */
  readonly isAnonymous: boolean;
}

/**
 * Reads the outputs of a stack of an API in another program.
 *
 * A missing output fails the run with its name and the stack's; in a preview, too: what a stack gives out is known
 * before another one runs.
 *
 * @example
 * const api = readApi(new pulumi.StackReference("organization/oci-serverless-api/dev"));
 * export const hello = api.url("GET", "/hello");
 */
export function readApi(stack: pulumi.StackReference): ReadApi {
  const routes = output(stack, "routes", isRoutes, "a list of routes");
  return {
    endpoint: output(stack, "endpoint", isText, "text"),
    gatewayId: output(stack, "gatewayId", isText, "text"),
    gatewayHostname: output(stack, "gatewayHostname", isText, "text"),
    routes,
    functionIds: output(stack, "functionIds", isTexts, "OCIDs by key"),
    url: (method, path) =>
      pulumi.all([routes, stack.name]).apply(([all, name]) => urlOf(all, method, path, name)),
  };
}

function output<T>(
  stack: pulumi.StackReference,
  name: string,
  isWanted: (value: unknown) => value is T,
  wanted: string,
): pulumi.Output<T> {
  return pulumi.all([stack.getOutput(name), stack.name]).apply(([value, stackName]) => {
    if (value === undefined) {
      throw new pulumi.RunError(
        `stack ${stackName} has no output "${name}": is it a stack of this API, and was it brought up (pulumi up -s ${stackName})?`,
      );
    }
    // Values of secret outputs aren't printed, nor are others: what kind is wanted says enough.
    if (isWanted(value)) return value;
    throw new pulumi.RunError(
      `output "${name}" of stack ${stackName} must be ${wanted}; it is ${kindOf(value)}`,
    );
  });
}

function urlOf(routes: readonly ReadRoute[], method: string, path: string, stack: string): string {
  const found = routes.find(
    (route) => route.path === path && (route.methods.includes(method) || route.methods.includes("ANY")),
  );
  if (found !== undefined) return found.url;
  const known = routes.map((route) => `${route.methods.join(",")} ${route.path}`).join("; ");
  throw new pulumi.RunError(`stack ${stack} has no route ${method} ${path}; there are ${known}`);
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function isTexts(value: unknown): value is Record<string, string> {
  return isRecord(value) && Object.values(value).every(isText);
}

function isRoutes(value: unknown): value is ReadRoute[] {
  return (
    Array.isArray(value) &&
    value.every(
      (route) =>
        isRecord(route) &&
        [route.path, route.url, route.backend].every(isText) &&
        Array.isArray(route.methods) &&
        route.methods.every(isText) &&
        typeof route.isAnonymous === "boolean",
    )
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : value === "" ? "empty text" : `of type ${typeof value}`;
}
