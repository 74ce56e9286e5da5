import { missingResource } from "../../core/compartments.ts";
import type { FieldProblem } from "../../core/errors.ts";
import type { Call } from "../../core/operation.ts";
import type { Body, Stored } from "../../core/store.ts";

/** What every resource of a VCN has in common. */
export const networkCommon = {
  service: "core",
  states: { active: "AVAILABLE", deleted: "TERMINATED" },
  statuses: { create: 200, update: 200, delete: 204 },
  canChangeCompartment: true,
} as const;

export const inVcnList = {
  shape: "array",
  required: ["compartmentId"],
  filters: ["vcnId", "displayName", "lifecycleState"],
} as const;

/** The name that OCI makes when none is given: the noun and the time. */
export function defaultName(noun: string, call: Call): string {
  return `${noun}${call.emulation.now().toISOString().replace(/\D/g, "").slice(0, 14)}`;
}

/** A problem unless the VCN exists. */
export function vcnProblems(next: Body, call: Call): FieldProblem[] {
  return missingResource(call, "vcn", "VCN", "vcnId", next.vcnId);
}

/** A problem unless the resource exists and lies in the same VCN. */
export function sameVcnProblems(
  call: Call,
  next: Body,
  type: string,
  noun: string,
  path: string,
  id: unknown,
): FieldProblem[] {
  const missing = missingResource(call, type, noun, path, id);
  if (missing.length > 0 || id === undefined) return missing;
  const { vcnId } = call.emulation.store.live(type, id)?.body ?? {};
  return vcnId === next.vcnId
    ? []
    : [{ path, message: `${noun} ${String(id)} lies in another VCN, ${String(vcnId)}` }];
}

/** Live resources of the type that belong to the VCN. */
export function inSameVcn(call: Call, type: string, next: Body): Stored[] {
  return call.emulation.store.listBy(type, "vcnId", next.vcnId).filter(({ id }) => id !== next.id);
}
