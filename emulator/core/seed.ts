import type { TenancySeed } from "../types.ts";
import type { Store } from "./store.ts";

const timeCreated = "2026-01-01T00:00:00.000Z";

/** The tenancy that a state file holds. */
export function storedTenancy(store: Store): TenancySeed | undefined {
  const [tenancy] = store.list("tenancy");
  return tenancy?.hidden.seed as TenancySeed | undefined;
}

/** Writes a tenancy with its compartments; compartments that are there stay as they are. */
export function seedTenancy(store: Store, seed: TenancySeed): void {
  for (const { id } of store.list("tenancy")) store.erase(id);
  store.put("tenancy", seed.id, { id: seed.id, name: seed.name }, { seed });
  for (const { id, name, compartmentId } of seed.compartments) {
    if (store.live("compartment", id) === undefined) {
      store.put("compartment", id, compartmentBody(id, name, compartmentId), { isSeed: true });
    }
  }
}

export function compartmentBody(id: string, name: string, compartmentId: string): Record<string, unknown> {
  return {
    id,
    compartmentId,
    name,
    description: name,
    isAccessible: true,
    lifecycleState: "ACTIVE",
    timeCreated,
    definedTags: {},
    freeformTags: {},
  };
}
