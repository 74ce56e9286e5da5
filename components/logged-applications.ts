import { getMonitor } from "@pulumi/pulumi/runtime/settings.js";

/** Of each run of a program its own, for several can run in one process. */
const runs = new WeakMap<object, Set<unknown>>();

/**
 * Applications whose invoke log this program declares; who declares one adds it: its OCID, or the Output that holds it.
 */
export function loggedApplications(): Set<unknown> {
  const run = getMonitor();
  const known = (run && runs.get(run)) ?? new Set();
  if (run !== undefined) runs.set(run, known);
  return known;
}
