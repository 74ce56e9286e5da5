import type { LogLevel } from "../specification/model.ts";

interface GatewayError {
  status: number;
  /** Reason phrase, which is also the `message` of the body. */
  reason: string;
  /** Code of OCI's execution log ("API Gateway log details"), where it has one. */
  code?: string;
  level?: LogLevel;
}

/**
 * Every answer that the gateway gives by itself. Its body is `{"code": <status>, "message": "<reason phrase>"}`
 * ("Troubleshooting API Gateway", recorded answers).
 */
export const gatewayErrors = {
  // unverified: malformed requests are answered 400
  malformedRequest: { status: 400, reason: "Bad Request" },
  // unverified: a request path with `.` or `..` segments, a backslash or characters outside ASCII is refused with 400
  unsafePath: { status: 400, reason: "Bad Request" },
  noRoute: { status: 404, reason: "Not Found" },
  // "Using Tokens to Add Authentication and Authorization to API Deployments"
  unauthorized: { status: 401, reason: "Unauthorized", level: "WARN" },
  // Measured: a token without one of the scopes is answered 404, not 403.
  outOfScope: {
    status: 404,
    reason: "Not Found",
    code: "authorization.unauthorizedRequest",
    level: "WARN",
  },
  authorizerFailed: {
    status: 502,
    reason: "Bad Gateway",
    code: "customAuthentication.failedFunctionInvocation",
    level: "ERROR",
  },
  /** A remote key set can't be had: every request of the deployment fails. */
  keySetUnavailable: { status: 500, reason: "Internal Server Error", level: "ERROR" },
  tooManyRequests: {
    status: 429,
    reason: "Too Many Requests",
    code: "rateLimiting.requestDenied",
    level: "WARN",
  },
  // unverified: a request that fails a validation is answered 400, one with another content type 415
  validationFailed: {
    status: 400,
    reason: "Bad Request",
    code: "requestValidation.validationError",
    level: "WARN",
  },
  unsupportedMediaType: {
    status: 415,
    reason: "Unsupported Media Type",
    code: "requestValidation.validationError",
    level: "WARN",
  },
  // unverified: where no rule of a dynamic routing back end matches, the answer is 404
  noBackendMatched: {
    status: 404,
    reason: "Not Found",
    code: "dynamicRouting.backendRejected",
    level: "WARN",
  },
  // unverified: 405 where a path matches and its method doesn't, and for methods that OCI doesn't know
  methodNotAllowed: { status: 405, reason: "Method Not Allowed" },
  // unverified: a client that stalls is answered 408
  clientTimeout: { status: 408, reason: "Request Timeout", code: "request.clientTimeout", level: "WARN" },
  // unverified: the reason phrase of 413
  bodyTooLarge: {
    status: 413,
    reason: "Request Entity Too Large",
    code: "request.bodyTooLarge",
    level: "WARN",
  },
  // unverified: an expectation other than 100-continue is answered 417
  expectationFailed: { status: 417, reason: "Expectation Failed" },
  // unverified: request line and headers over 8 KB are answered 431
  headTooLarge: { status: 431, reason: "Request Header Fields Too Large" },
  // unverified: status 499, in the log only, of a request whose client went away
  clientEof: { status: 499, reason: "Client Closed Request", code: "request.clientEof", level: "WARN" },
  // unverified: a client's connection over the limit is answered 503
  tooManyConnections: {
    status: 503,
    reason: "Service Unavailable",
    code: "request.serviceUnavailable",
    level: "WARN",
  },
  internalError: {
    status: 500,
    reason: "Internal Server Error",
    code: "request.internalServiceError",
    level: "ERROR",
  },
  // unverified: a loop is answered 508
  loopDetected: { status: 508, reason: "Loop Detected", code: "request.loopDetected", level: "ERROR" },

  functionNotFound: {
    status: 500,
    reason: "Internal Server Error",
    code: "functionBackend.notFoundOrNotAuthorized",
    level: "ERROR",
  },
  functionBodyTooLarge: {
    status: 413,
    reason: "Request Entity Too Large",
    code: "request.bodyTooLarge",
    level: "WARN",
  },
  // unverified: a throttled function is answered 429
  functionRateLimited: {
    status: 429,
    reason: "Too Many Requests",
    code: "functionBackend.rateLimited",
    level: "WARN",
  },
  functionBadGateway: {
    status: 502,
    reason: "Bad Gateway",
    code: "functionBackend.badGateway",
    level: "ERROR",
  },
  functionBadResponse: {
    status: 502,
    reason: "Bad Gateway",
    code: "functionBackend.badResponse",
    level: "ERROR",
  },
  functionUnavailable: {
    status: 503,
    reason: "Service Unavailable",
    code: "functionBackend.serviceUnavailable",
    level: "ERROR",
  },
  functionTimeout: {
    status: 504,
    reason: "Gateway Timeout",
    code: "functionBackend.timeout",
    level: "ERROR",
  },

  // unverified: a request whose values make the back end's URL invalid is answered 400
  urlInvalid: { status: 400, reason: "Bad Request", code: "httpBackend.urlInvalid", level: "ERROR" },
  backendUnreachable: {
    status: 502,
    reason: "Bad Gateway",
    code: "httpBackend.requestError",
    level: "ERROR",
  },
  backendTimeout: {
    status: 504,
    reason: "Gateway Timeout",
    code: "httpBackend.requestError",
    level: "ERROR",
  },
} as const satisfies Record<string, GatewayError>;

export type GatewayErrorName = keyof typeof gatewayErrors;

const bodies = new Map<string, Buffer>(
  Object.entries(gatewayErrors).map(([name, { status, reason }]) => [
    name,
    Buffer.from(JSON.stringify({ code: status, message: reason })),
  ]),
);

/** A gateway error's status, reason phrase, log code and body. */
export function gatewayError(name: GatewayErrorName): GatewayError & { body: Buffer } {
  return { ...gatewayErrors[name], body: bodies.get(name) ?? Buffer.alloc(0) };
}

/** Thrown where a request can't go on; `detail` is for the execution log only. */
export class GatewayFault extends Error {
  readonly error: GatewayErrorName;
  /** Code of the execution log that replaces the error's own. */
  readonly code: string | undefined;
  /** Names and values in turn that come to the answer. */
  readonly headers: readonly string[];

  constructor(
    error: GatewayErrorName,
    detail: string,
    more: { code?: string; headers?: readonly string[] } = {},
  ) {
    super(detail);
    this.error = error;
    this.code = more.code;
    this.headers = more.headers ?? [];
  }
}
