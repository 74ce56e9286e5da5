import { type Location, printLocation } from "./statement.ts";
import type { IamState } from "./types.ts";

/** The tree of a tenancy's compartments. */
export class CompartmentTree {
  readonly #tenancyId: string;
  readonly #names = new Map<string, string>();
  readonly #parents = new Map<string, string>();

  constructor({ tenancyId, compartments }: IamState) {
    this.#tenancyId = tenancyId;
    for (const { id, name, compartmentId } of compartments) {
      this.#names.set(id, name);
      if (id !== tenancyId) this.#parents.set(id, compartmentId ?? tenancyId);
    }
  }

  nameOf(id: string): string | undefined {
    return this.#names.get(id);
  }

  /** Whether a compartment is another one or lies below it. */
  isWithin(id: string, ancestorId: string): boolean {
    const seen = new Set<string>();
    for (let at: string | undefined = id; at !== undefined && !seen.has(at); at = this.#parents.get(at)) {
      if (at === ancestorId) return true;
      seen.add(at);
    }
    return false;
  }

  /**
   * The compartment that a statement's location means; names count from the policy's own compartment
   * ("Policy Attachment", "Policies and Compartment Hierarchies").
   */
  resolve(location: Location, policyCompartmentId: string): { id: string } | { problem: string } {
    switch (location.kind) {
      case "tenancy":
        return policyCompartmentId === this.#tenancyId
          ? { id: this.#tenancyId }
          : { problem: '"in tenancy" needs a policy in the root compartment' };
      case "compartment-id":
        return this.isWithin(location.id, policyCompartmentId)
          ? { id: location.id }
          : {
              problem: `${printLocation(location)} doesn't lie in the policy's compartment ${policyCompartmentId}`,
            };
      case "compartment":
        return this.#follow(location.path, policyCompartmentId);
    }
  }

  #follow(path: readonly string[], policyCompartmentId: string): { id: string } | { problem: string } {
    const [first = ""] = path;
    if (path.length === 1 && sameName(this.#names.get(policyCompartmentId), first))
      return { id: policyCompartmentId };
    let id = policyCompartmentId;
    for (const name of path) {
      const child = [...this.#parents].find(
        ([key, parent]) => parent === id && sameName(this.#names.get(key), name),
      );
      if (child === undefined) return { problem: `there is no compartment "${name}" in ${id}` };
      id = child[0];
    }
    return { id };
  }
}

// unverified: names of compartments and dynamic groups in statements are compared without regard to case
export function sameName(a: string | undefined, b: string): boolean {
  return a?.toLowerCase() === b.toLowerCase();
}
