/** How much of logs is kept on this machine; OCI keeps everything for the retention period. */
export const keptLimits = {
  linesPerLog: 50_000,
  /** Of all logs together; the oldest lines go first. */
  bytes: 64 * 1024 * 1024,
  /** Lines that wait for being written; one more and some are written at once. */
  waitingLines: 10_000,
  /** Lines that are written in one go, between requests. */
  linesPerWrite: 250,
  writeDelayInMs: 100,
  /** A line's message is cut there ("Limits for Logging": an entry has at most 1 MB). */
  messageLength: 64 * 1024,
} as const;
