import type { RoutedApiArgs, SingleBackendArgs } from "./args.ts";

/** Every back end of an API, those inside choices too; a function's key stands for itself. */
export function backendsOf(routes: RoutedApiArgs["routes"]): (string | SingleBackendArgs)[] {
  return Object.values(routes).flatMap((route) => {
    if (typeof route === "string") return [route];
    return route.kind === "dynamic" ? route.routingBackends.map(({ backend }) => backend) : [route];
  });
}

/** Whether a back end of an API is reached over HTTP, for which its gateway needs a way out. */
export function hasHttpBackends(routes: RoutedApiArgs["routes"]): boolean {
  return backendsOf(routes).some((backend) => typeof backend === "object" && backend.kind === "http");
}
