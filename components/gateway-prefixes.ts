import { getMonitor } from "@pulumi/pulumi/runtime/settings.js";

/** Prefixes by gateway; of each run of a program its own, for several can run in one process. */
const runs = new WeakMap<object, Map<unknown, string[]>>();

/**
 * Path prefixes of the deployments that this program declares on a gateway, in the order of their declaration; who
 * declares one adds it.
 *
 * @param gateway - OCID of the gateway, or the Output that holds it: two Outputs count as two gateways.
 */
export function prefixesOn(gateway: unknown): string[] {
  const run = getMonitor();
  if (run === undefined) return [];
  const byGateway = runs.get(run) ?? new Map<unknown, string[]>();
  runs.set(run, byGateway);
  const prefixes = byGateway.get(gateway) ?? [];
  byGateway.set(gateway, prefixes);
  return prefixes;
}
