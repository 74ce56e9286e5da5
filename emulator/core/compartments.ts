import type { FieldProblem } from "./errors.ts";
import type { Call, Emulation } from "./operation.ts";
import type { Stored } from "./store.ts";

/** Types of what is made in a compartment by itself; what else there is lies in one of these. */
export const typesInCompartments: readonly string[] = [
  "policy",
  "vcn",
  "application",
  "containerRepository",
  "gateway",
  "logGroup",
];

/** Whether the OCID is the tenancy's (its root compartment) or a live compartment's. */
export function compartmentExists(emulation: Emulation, id: unknown): boolean {
  return id === emulation.tenancy.id || emulation.store.live("compartment", id) !== undefined;
}

/** A problem when a field names a resource that isn't there; `noun` as in "subnet". */
export function missingResource(
  call: Call,
  type: string,
  noun: string,
  path: string,
  id: unknown,
): FieldProblem[] {
  if (id === undefined || call.emulation.store.live(type, id) !== undefined) return [];
  return [{ path, message: `there is no ${noun} ${String(id)} here`, isMissingResource: true }];
}

/** Another live resource with the same name in the same scope. */
export function sameName(
  call: Call,
  type: string,
  next: Readonly<Record<string, unknown>>,
  nameField: string,
  scopeField: string | undefined,
): Stored | undefined {
  return call.emulation.store
    .listBy(type, nameField, next[nameField])
    .find(
      ({ id, body }) => id !== next.id && (scopeField === undefined || body[scopeField] === next[scopeField]),
    );
}
