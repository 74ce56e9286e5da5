/** Whether a Host header names this machine's loopback; a name that a web page made up doesn't. */
export function isLoopback(host: string | undefined): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host ?? "");
}
