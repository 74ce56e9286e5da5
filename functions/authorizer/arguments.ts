import { signatureHeaders } from "../kit/signature.ts";

/** What the gateway passes: the arguments of the deployment's authentication policy that the request has. */
export interface Arguments {
  /** Header `x-api-key`. */
  readonly apiKey?: Value;
  /** Query parameter `code`. */
  readonly code?: Value;
  readonly key?: Value;
  readonly timestamp?: Value;
  readonly nonce?: Value;
  readonly method?: Value;
  readonly path?: Value;
  readonly bodySha256?: Value;
  readonly signature?: Value;
  /** The request's own `Host`. */
  readonly host?: Value;
}

/** Several headers or query parameters of one name come as a list. */
export type Value = string | readonly string[];

/** The `parameters` of the deployment's authentication policy; a policy with codes only may leave out the rest. */
export const argumentSources: Readonly<Record<keyof Arguments, string>> = {
  apiKey: "request.headers[x-api-key]",
  code: "request.query[code]",
  key: `request.headers[${signatureHeaders.keyId}]`,
  timestamp: `request.headers[${signatureHeaders.timestamp}]`,
  nonce: `request.headers[${signatureHeaders.nonce}]`,
  method: `request.headers[${signatureHeaders.method}]`,
  path: `request.headers[${signatureHeaders.path}]`,
  bodySha256: `request.headers[${signatureHeaders.bodySha256}]`,
  signature: `request.headers[${signatureHeaders.signature}]`,
  host: "request.host",
};

/**
 * Reads the body of the gateway's call ("Creating an Authorizer Function", multi-argument):
 * `{"type": "USER_DEFINED", "data": {"key": "erp", …}}`.
 *
 * @throws Error when the deployment's authentication policy is another one; the gateway then answers 502.
 */
export function readArguments(body: Buffer): Arguments {
  const { type, data } = objectOf(parse(body));
  if (type !== "USER_DEFINED" || typeof data !== "object" || data === null || Array.isArray(data)) {
    throw new Error(
      `the authorizer was not called with arguments: give the authentication policy parameters, not tokenHeader or tokenQueryParam`,
    );
  }
  const unknown = Object.keys(data).filter((name) => !Object.hasOwn(argumentSources, name));
  if (unknown.length > 0) {
    const known = Object.keys(argumentSources).join(", ");
    throw new Error(
      `the authentication policy gives the unknown parameters ${unknown.join(", ")}; known are ${known}`,
    );
  }
  return data as Arguments;
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
