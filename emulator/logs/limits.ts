/** How much of logs is kept on this machine; OCI keeps everything for the retention period. */
export const keptLimits = {
  linesPerLog: 20_000,
  /** Of all logs together; the oldest lines go first. */
  bytes: 64 * 1024 * 1024,
  /** Lines that are written in one go, between requests. */
  linesPerWrite: 250,
  /** Pause before the next lines are written, as long as more come than are written. */
  writeDelayInMs: 250,
  /** A line's message is cut there ("Limits for Logging": an entry has at most 1 MB). */
  messageLength: 64 * 1024,
} as const;
