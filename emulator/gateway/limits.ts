import { unverified } from "./unverified.ts";

/** Limits of "API Gateway Internal Limits", unless another title is given. */
export const limits = {
  deploymentsPerGateway: 20,
  routesPerDeployment: 50,
  pathPrefixLength: 255,
  routePathLength: 2000,
  specificationBytes: 2 * 1024 * 1024,
  requestBodyBytes: 20 * 1024 * 1024,
  functionRequestBodyBytes: 6 * 1024 * 1024,
  requestHeadBytes: 8 * 1024,
  /** Time between two reads of the head or the body, and between two sends of the answer. */
  stallTimeoutInMs: 15_000,
  connectionsPerClient: 1000,
  stockHeaders: 50,
  stockHeaderNameBytes: 1024,
  stockHeaderValueBytes: 4096,
  stockHeadersJsonBytes: 4096,
  stockBodyBytes: unverified.stockBodyBytes,
  /** Any valid HTTP code, "Adding Stock Responses as an API Gateway Back End". */
  stockStatus: { min: 100, max: 599 },
  /** "Adding an HTTP or HTTPS URL as an API Gateway Back End"; its JSON text says 0, the Console and the limits say 1. */
  connectTimeoutInSeconds: { min: 1, max: 75, default: 60 },
  readTimeoutInSeconds: { min: 1, max: 300, default: 10 },
  sendTimeoutInSeconds: { min: 1, max: 300, default: 10 },
  /** "Adding Header Transformation Request Policies", and the pages on responses and query parameters. */
  transformationSetItems: 20,
  transformationValuesPerItem: 10,
  transformationRenameItems: 20,
  transformationFilterItems: 50,
  routingBackends: 100,
  /** Of a routing back end, and of an authentication server. */
  valuesPerSelectionKey: 100,
  // unverified: 50 headers are allowed and exposed headers together
  corsHeaders: 50,
  corsMethods: 50,
  rateInRequestsPerSecond: { min: 1, max: unverified.maximumRateInRequestsPerSecond },
  /** "Validating Tokens to Add Authentication and Authorization to API Deployments" */
  rsaKeyBits: { min: 2048, max: 4096 },
  maxClockSkewInSeconds: { min: 0, max: 120 },
  maxCacheDurationInHours: { min: 1, max: 24, default: 1 },
  jwtKeys: 10,
  issuers: 5,
  audiences: 5,
  verifyClaims: 10,
  // unverified: an unknown key id has the keys loaded again, at most every 30 seconds
  keySetPauseInMs: 30_000,
  /** Pause after a load that failed while there were no keys. */
  keySetRetryInMs: 1000,
  keySetTimeoutInMs: 10_000,
  keySetBytes: 256 * 1024,
  /** What a deployment remembers at least; at most twice as many. */
  rememberedTokens: 2000,
  rememberedAuthorizerResults: 1000,
  rememberedAuthorizerResultBytes: 64 * 1024,
  authorizerParameters: 10,
  cacheKeys: 10,
  /** How long an authorizer function's result is remembered ("Creating an Authorizer Function"). */
  authorizerResultInSeconds: { min: 60, max: 3600 },
  authenticationServers: 100,
} as const;

/** What a test may shorten. */
export interface DataPlaneSettings {
  /** Milliseconds a client may stall. @default 15000 */
  stallTimeoutInMs: number;
  /** Milliseconds a connection may stay without a request, counted in stall times. @default 75000 */
  keepAliveTimeoutInMs: number;
  /** Milliseconds that a request's head may take in all. @default 60000 */
  headTimeoutInMs: number;
  /** Simultaneous connections of one client address. @default 1000 */
  connectionsPerClient: number;
  /** Milliseconds that an answered, but still sending client is read on, so that it sees the answer. @default 5000 */
  lingerTimeoutInMs: number;
  /** Milliseconds on a clock that never goes back. @default performance.now */
  nowInMs: () => number;
}

export const defaultSettings: DataPlaneSettings = {
  keepAliveTimeoutInMs: unverified.keepAliveTimeoutInMs,
  stallTimeoutInMs: limits.stallTimeoutInMs,
  // unverified: a request's head must be complete within 60 seconds, however steadily it comes
  headTimeoutInMs: 60_000,
  connectionsPerClient: limits.connectionsPerClient,
  lingerTimeoutInMs: 5_000,
  nowInMs: () => performance.now(),
};
