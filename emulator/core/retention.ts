import type { Store } from "./store.ts";

/** How long a deleted resource answers GETs with its terminal state; then it is dropped. */
// unverified: a deleted resource answers GETs with its terminal state for one minute; OCI does so for a while, no source says how long
export const terminalStateInMs = 60_000;

/** How long a work request is kept, seven days as on OCI (status of work requests, API Gateway API 20190501). */
export const workRequestKeptInMs = 7 * 24 * 60 * 60_000;

/** Drops what OCI wouldn't answer any more; looks at nothing beyond the first that is kept. */
export function dropExpired(store: Store, nowInMs: number): void {
  for (const { id, deletedAtInMs = 0 } of store.deleted()) {
    if (nowInMs - deletedAtInMs <= terminalStateInMs) break;
    store.erase(id);
  }
  for (const { id, body } of store.each("workRequest")) {
    if (nowInMs - Date.parse(String(body.timeFinished)) <= workRequestKeptInMs) break;
    store.erase(id);
  }
}
