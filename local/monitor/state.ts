import type { Properties } from "../values.ts";
import type { HookBinding } from "./registration.ts";

/** One resource as the engine remembers it. Plain JSON; secrets keep their marks. */
export interface ResourceState {
  urn: string;
  type: string;
  custom: boolean;
  /** Absent for components. */
  id?: string;
  inputs: Properties;
  outputs: Properties;
  parent: string;
  /** `URN::id` of an explicit provider, else empty. */
  provider: string;
  dependencies: string[];
  propertyDependencies: Record<string, string[]>;
  deletedWith: string;
  isProtected: boolean;
  isRetainedOnDelete: boolean;
  hooks: HookBinding;
  timeouts: Timeouts;
  /** Read, not made: never updated and never deleted. */
  isExternal: boolean;
  /** Made, but never became ready: the next run updates it, whatever has changed. */
  isIncomplete?: true;
  /** Replaced by a newer one of the same URN; its deletion is still to come. */
  isPendingDelete: boolean;
}

/** Milliseconds; absent means the default. */
export interface Timeouts {
  create?: number;
  update?: number;
  delete?: number;
}

/** All resources of a stack in the order in which they were made. */
export type StackState = ResourceState[];

/** URNs that a resource needs while it lives. */
export function needs(state: ResourceState): Set<string> {
  const providerUrn = state.provider.slice(0, state.provider.lastIndexOf("::"));
  const urns = [...state.dependencies, state.parent, providerUrn, state.deletedWith];
  return new Set(urns.filter((urn) => urn !== "" && urn !== state.urn));
}

/** The states in groups: whoever stands in a group is needed by nobody in a later group. Dependents come first. */
export function deletionOrder(states: readonly ResourceState[]): ResourceState[][] {
  const groups: ResourceState[][] = [];
  let rest = [...states];
  while (rest.length > 0) {
    const needed = new Set(rest.flatMap((state) => [...needs(state)]));
    const free = rest.filter((state) => !needed.has(state.urn));
    // A circle can't come from a program; should a state hold one, take what was made last.
    const group = free.length > 0 ? free : rest.slice(-1);
    groups.push(group);
    rest = rest.filter((state) => !group.includes(state));
  }
  return groups;
}

/** Every state that needs `urn`, directly or through others, itself not included. */
export function dependentsOf(urn: string, states: readonly ResourceState[]): ResourceState[] {
  const urns = new Set([urn]);
  const found: ResourceState[] = [];
  for (let grown = true; grown; ) {
    const more = states.filter(
      (state) => !found.includes(state) && [...needs(state)].some((need) => urns.has(need)),
    );
    for (const state of more) urns.add(state.urn);
    found.push(...more);
    grown = more.length > 0;
  }
  return found;
}

/** The same state with one URN replaced wherever another resource names it. */
export function renameUrn(states: StackState, from: string, to: string): StackState {
  const rename = (urn: string) => (urn === from ? to : urn);
  return states.map((state) => ({
    ...state,
    urn: rename(state.urn),
    parent: rename(state.parent),
    deletedWith: rename(state.deletedWith),
    provider: state.provider.startsWith(`${from}::`)
      ? to + state.provider.slice(from.length)
      : state.provider,
    dependencies: state.dependencies.map(rename),
    propertyDependencies: Object.fromEntries(
      Object.entries(state.propertyDependencies).map(([name, urns]) => [name, urns.map(rename)]),
    ),
  }));
}
