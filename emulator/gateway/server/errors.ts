import { STATUS_CODES } from "node:http";
import type { LogLevel } from "../specification/model.ts";
import { unverified } from "../unverified.ts";

interface GatewayError {
  status: number;
  /** Reason phrase, which is also the `message` of the body. */
  reason: string;
  /** Code of OCI's execution log ("API Gateway log details"), where it has one. */
  code?: string;
  level?: LogLevel;
}

/** A status that no source confirms, with its reason phrase. */
function answered(status: number): { status: number; reason: string } {
  return { status, reason: STATUS_CODES[status] ?? "Client Closed Request" };
}

/**
 * Every answer that the gateway gives by itself. Its body is `{"code": <status>, "message": "<reason phrase>"}`
 * ("Troubleshooting API Gateway", recorded answers).
 */
export const gatewayErrors = {
  malformedRequest: answered(unverified.malformedRequestStatus),
  unsafePath: answered(unverified.unsafePathStatus),
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
  authorizerNotFound: {
    ...answered(unverified.missingAuthorizerStatus),
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
  validationFailed: {
    ...answered(unverified.validationStatus),
    code: "requestValidation.validationError",
    level: "WARN",
  },
  unsupportedMediaType: {
    ...answered(unverified.mediaTypeStatus),
    code: "requestValidation.validationError",
    level: "WARN",
  },
  noBackendMatched: {
    ...answered(unverified.noBackendMatchedStatus),
    code: "dynamicRouting.backendRejected",
    level: "WARN",
  },
  methodNotAllowed: answered(unverified.methodNotAllowedStatus),
  clientTimeout: {
    ...answered(unverified.clientTimeoutStatus),
    code: "request.clientTimeout",
    level: "WARN",
  },
  bodyTooLarge: {
    status: 413,
    reason: unverified.contentTooLargeReason,
    code: "request.bodyTooLarge",
    level: "WARN",
  },
  expectationFailed: answered(unverified.expectationFailedStatus),
  headTooLarge: answered(unverified.headTooLargeStatus),
  clientEof: { ...answered(unverified.clientGoneStatus), code: "request.clientEof", level: "WARN" },
  tooManyConnections: {
    ...answered(unverified.tooManyConnectionsStatus),
    code: "request.serviceUnavailable",
    level: "WARN",
  },
  internalError: {
    status: 500,
    reason: "Internal Server Error",
    code: "request.internalServiceError",
    level: "ERROR",
  },
  loopDetected: { ...answered(unverified.loopStatus), code: "request.loopDetected", level: "ERROR" },

  functionNotFound: {
    status: 500,
    reason: "Internal Server Error",
    code: "functionBackend.notFoundOrNotAuthorized",
    level: "ERROR",
  },
  functionBodyTooLarge: {
    status: 413,
    reason: unverified.contentTooLargeReason,
    code: "request.bodyTooLarge",
    level: "WARN",
  },
  functionRateLimited: {
    ...answered(unverified.functionThrottledStatus),
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

  urlInvalid: { ...answered(unverified.urlInvalidStatus), code: "httpBackend.urlInvalid", level: "ERROR" },
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
