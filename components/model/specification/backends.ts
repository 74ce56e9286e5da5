/**
 * Where a route leads.
 *
 * @typeParam V - Values that may not be known yet: plain text in tests, `Input<string>` in the components.
 */
export type Backend<V> =
  | SingleBackend<V>
  | {
      kind: "dynamic";
      selectionSource: { type: "SINGLE"; selector: string };
      routingBackends: readonly { key: SelectionKey; backend: SingleBackend<V> }[];
    };

/** A back end that stands alone. */
export type SingleBackend<V> =
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

/** A rule of a choice, as OCI's specification has it. */
export type SelectionKey =
  | { type: "ANY_OF"; name: string; values?: readonly string[] | undefined; isDefault?: boolean | undefined }
  | { type: "WILDCARD"; name: string; expression: string; isDefault?: boolean | undefined };

/** A back end in the names of OCI's REST API. */
export type RenderedBackend<V> =
  | RenderedSingleBackend<V>
  | {
      type: "DYNAMIC_ROUTING_BACKEND";
      selectionSource: { type: "SINGLE"; selector: string };
      routingBackends: { key: SelectionKey; backend: RenderedSingleBackend<V> }[];
    };

export type RenderedSingleBackend<V> =
  | { type: "ORACLE_FUNCTIONS_BACKEND"; functionId: V }
  | {
      type: "HTTP_BACKEND";
      url: V;
      connectTimeoutInSeconds: number;
      readTimeoutInSeconds: number;
      /** Not inside a choice: the provider can't set it there. */
      sendTimeoutInSeconds?: number;
      isSslVerifyDisabled: boolean;
    }
  | { type: "STOCK_RESPONSE_BACKEND"; status: number; body?: V; headers?: { name: string; value: string }[] };

/** Oracle's default, "Adding an HTTP or HTTPS URL as an API Gateway Back End". */
export const defaultSendTimeoutInSeconds = 10;

export function renderBackend<V>(backend: Backend<V>): RenderedBackend<V> {
  if (backend.kind !== "dynamic") return renderSingle(backend);
  const { type, selector } = backend.selectionSource;
  return {
    type: "DYNAMIC_ROUTING_BACKEND",
    selectionSource: { type, selector },
    routingBackends: backend.routingBackends.map(({ key, backend: inner }) => ({
      key: { ...key, isDefault: key.isDefault ?? false },
      backend: withoutSendTimeout(renderSingle(inner)),
    })),
  };
}

function renderSingle<V>(backend: SingleBackend<V>): RenderedSingleBackend<V> {
  switch (backend.kind) {
    case "function":
      return { type: "ORACLE_FUNCTIONS_BACKEND", functionId: backend.functionId };
    case "http":
      return {
        type: "HTTP_BACKEND",
        url: backend.url,
        connectTimeoutInSeconds: backend.connectTimeoutInSeconds ?? 60,
        readTimeoutInSeconds: backend.readTimeoutInSeconds ?? 10,
        sendTimeoutInSeconds: backend.sendTimeoutInSeconds ?? defaultSendTimeoutInSeconds,
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

function withoutSendTimeout<V>(backend: RenderedSingleBackend<V>): RenderedSingleBackend<V> {
  if (backend.type !== "HTTP_BACKEND") return backend;
  const { sendTimeoutInSeconds: _, ...rest } = backend;
  return rest;
}
