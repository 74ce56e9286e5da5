import { OciError } from "../../core/errors.ts";
import type { Call } from "../../core/operation.ts";

/** A deleted gateway or application leaves its VNICs in the subnets for a while (switch `lingeringVnic`). */
export function leaveVnics(call: Call, subnetIds: readonly unknown[]): void {
  const { switches, lingeringVnics } = call.emulation;
  if (switches.lingeringVnic === 0) return;
  for (const id of subnetIds) lingeringVnics.set(String(id), switches.lingeringVnic);
}

/** "Subnet deletion": refused as long as a VNIC is in it. Each refusal takes one away. */
export function refuseWhileVnicsLinger(call: Call, subnetId: string): void {
  const { lingeringVnics } = call.emulation;
  const left = lingeringVnics.get(subnetId) ?? 0;
  if (left === 0) return;
  lingeringVnics.set(subnetId, left - 1);
  throw new OciError(
    "Conflict",
    `The Subnet ${subnetId} references the VNIC of a resource that was deleted a moment ago. You must remove the reference to proceed with this operation.`,
  );
}
