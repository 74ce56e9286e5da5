/**
 * Seeds of the generated cases. A seed that once found a fault stays, with a word on the fault.
 */
export const seeds = {
  // 2: requests in a row on one connection reached the back end out of their order.
  http1: [1, 2, 3],
  matcher: [1, 2, 3],
  headers: [1, 2, 3],
  paths: [1, 2, 3],
} as const;
