/** Limits of Logging ("Managing Logs and Log Groups", LogGroup and Log of the Logging Management API). */
export const loggingLimits = {
  /** In steps of its minimum. */
  retentionDurationInDays: { min: 30, max: 180, step: 30 },
  displayNameLength: { min: 1, max: 255 },
} as const;
