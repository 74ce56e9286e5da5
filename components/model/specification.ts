import { limits } from "./limits.ts";
import type { Problem } from "./problems.ts";
import type { Method, RouteKey } from "./routes.ts";

/**
 * Where a route leads.
 *
 * @typeParam V - Values that may not be known yet: plain text in tests, `Input<string>` in the components.
 */
export type Backend<V> =
  | { kind: "function"; functionId: V }
  | {
      kind: "http";
      url: V;
      connectTimeoutInSeconds?: number | undefined;
      readTimeoutInSeconds?: number | undefined;
      sendTimeoutInSeconds?: number | undefined;
      isSslVerifyDisabled?: boolean | undefined;
    }
  | {
      kind: "stock";
      status: number;
      body?: V | undefined;
      headers?: Readonly<Record<string, string>> | undefined;
    };

export interface Route<V> {
  route: RouteKey;
  backend: Backend<V>;
}

/** The back ends in the input shape of `oci.ApiGateway.Deployment`. */
export type RenderedBackend<V> =
  | { type: "ORACLE_FUNCTIONS_BACKEND"; functionId: V }
  | {
      type: "HTTP_BACKEND";
      url: V;
      connectTimeoutInSeconds: number;
      readTimeoutInSeconds: number;
      sendTimeoutInSeconds: number;
      isSslVerifyDisabled: boolean;
    }
  | { type: "STOCK_RESPONSE_BACKEND"; status: number; body?: V; headers?: { name: string; value: string }[] };

export interface Specification<V> {
  routes: { path: string; methods: Method[]; backend: RenderedBackend<V> }[];
}

/** The deployment specification of routes, in their order ("Creating an API Deployment Specification"). */
export function renderSpecification<V>(routes: readonly Route<V>[]): Specification<V> {
  return {
    routes: routes.map(({ route, backend }) => ({
      path: route.path,
      methods: [...route.methods],
      backend: renderBackend(backend),
    })),
  };
}

/** What is wrong with a specification's size ("API Gateway Internal Limits"). */
export function checkSpecificationSize(specification: Specification<string>): Problem[] {
  const bytes = Buffer.byteLength(JSON.stringify(specification));
  if (bytes <= limits.specificationBytes) return [];
  const message = `make a specification of ${bytes} bytes; at most ${limits.specificationBytes} are allowed: split the API`;
  return [{ rule: "specification-size", key: "routes", message }];
}

function renderBackend<V>(backend: Backend<V>): RenderedBackend<V> {
  switch (backend.kind) {
    case "function":
      return { type: "ORACLE_FUNCTIONS_BACKEND", functionId: backend.functionId };
    case "http":
      // Oracle's defaults are sent along: the provider keeps an old value when a setting goes missing.
      return {
        type: "HTTP_BACKEND",
        url: backend.url,
        connectTimeoutInSeconds: backend.connectTimeoutInSeconds ?? 60,
        readTimeoutInSeconds: backend.readTimeoutInSeconds ?? 10,
        sendTimeoutInSeconds: backend.sendTimeoutInSeconds ?? 10,
        isSslVerifyDisabled: backend.isSslVerifyDisabled ?? false,
      };
    case "stock": {
      const headers = Object.entries(backend.headers ?? {}).map(([name, value]) => ({ name, value }));
      return {
        type: "STOCK_RESPONSE_BACKEND",
        status: backend.status,
        ...(backend.body === undefined ? {} : { body: backend.body }),
        ...(headers.length === 0 ? {} : { headers }),
      };
    }
    default:
      throw new TypeError(`no such back end: ${JSON.stringify(backend satisfies never)}`);
  }
}
