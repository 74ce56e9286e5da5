/** OCI's limits, as the product states them. A test compares them with the emulator's own reading. */
export const limits = {
  /** "API Gateway Internal Limits" */
  routesPerDeployment: 50,
  deploymentsPerGateway: 20,
  pathPrefixLength: 255,
  routePathLength: 2000,
  specificationBytes: 2 * 1024 * 1024,
  stockHeaders: 50,
  stockHeaderNameBytes: 1024,
  stockHeaderValueBytes: 4096,
  stockBodyBytes: 4096,
  stockHeadersBytes: 4096,
  /** "Adding Stock Responses as an API Gateway Back End": 5 KB */
  stockBodyMaximumBytes: 5120,
  /** "Adding an HTTP or HTTPS URL as an API Gateway Back End" */
  connectTimeoutInSeconds: { min: 1, max: 75 },
  readTimeoutInSeconds: { min: 1, max: 300 },
  sendTimeoutInSeconds: { min: 1, max: 300 },
  corsMethods: 50,
  /** Allowed and exposed ones together. */
  corsHeaders: 50,
  routingBackends: 100,
  /** Of a routing back end, and of an authentication server. */
  valuesPerSelectionKey: 100,
  // unverified: a rate of at most 150,000 requests per second
  rateInRequestsPerSecond: { min: 1, max: 150_000 },
  /** "Validating Tokens to Add Authentication and Authorization to API Deployments" */
  rsaKeyBits: { min: 2048, max: 4096 },
  maxClockSkewInSeconds: { min: 0, max: 120 },
  maxCacheDurationInHours: { min: 1, max: 24 },
  jwtKeys: 10,
  issuers: 5,
  audiences: 5,
  verifyClaims: 10,
  authorizerParameters: 10,
  cacheKeys: 10,
  authenticationServers: 100,
  /** "Adding Header Transformation Request Policies", "Adding Query Parameter Transformation Request Policies" */
  transformationSetItems: 20,
  transformationRenameItems: 20,
  transformationFilterItems: 50,
  transformationValues: 10,
  /** "Creating an API Gateway" */
  networkSecurityGroupsPerGateway: 5,
  displayNameLength: { min: 1, max: 255 },
  /** "Changing Default Memory and Timeout Settings" */
  memoryInMBs: [128, 256, 512, 1024, 2048, 3072],
  functionTimeoutInSeconds: { min: 5, max: 300 },
  /** "Passing Custom Configuration Parameters to Functions" */
  configBytes: 4096,
  /** "Service Limits", IAM */
  statementsPerPolicy: 50,
  iamNameLength: { min: 1, max: 100 },
  matchingRuleLength: 100_000,
  /** "Managing Logs and Log Groups" */
  logRetentionInDays: { min: 30, max: 180, step: 30 },
  /** "Managing Dynamic Groups": a changed matching rule may take an hour to have effect */
  readinessTimeoutInSeconds: { min: 0, max: 3600 },
} as const;

export type MemoryInMBs = (typeof limits.memoryInMBs)[number];
