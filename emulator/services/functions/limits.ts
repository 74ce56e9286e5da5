/** Limits of the Functions service ("Service Limits", "Changing Default Memory and Timeout Settings", "Functions API"). */
export const functionsLimits = {
  memoryInMBs: [128, 256, 512, 1024, 2048, 3072],
  // unverified: a function's time-out is at least 5 seconds
  timeoutInSeconds: { default: 30, min: 5, max: 300 },
  /** Step and minimum of provisioned concurrency by memory ("Reducing Initial Latency Using Provisioned Concurrency"). */
  provisionedConcurrencyStep: (memoryInMBs: number) =>
    memoryInMBs <= 128 ? 40 : memoryInMBs <= 256 ? 20 : 10,
  /** Keys and values together, of one application or one function. */
  configBytes: 4096,
  applicationsPerRegion: 20,
  functionsPerRegion: 500,
  subnetsPerApplication: 3,
  networkSecurityGroupsPerApplication: 5,
  requestBodyBytes: 6 * 1024 * 1024,
} as const;
