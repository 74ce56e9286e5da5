import { perRun } from "./per-run.ts";

const byGateway = perRun(() => new Map<unknown, string[]>());

/**
 * Path prefixes of the deployments that this program declares on a gateway, in the order of their declaration; who
 * declares one adds it.
 *
 * @param gateway - OCID of the gateway, or the Output that holds it: two Outputs count as two gateways.
 */
export function prefixesOn(gateway: unknown): string[] {
  const gateways = byGateway();
  const prefixes = gateways.get(gateway) ?? [];
  gateways.set(gateway, prefixes);
  return prefixes;
}
