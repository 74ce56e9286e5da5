import type { Properties } from "../values.ts";
import type { Timeouts } from "./state.ts";
import type { Alias } from "./urn.ts";

export type HookMoment =
  | "beforeCreate"
  | "afterCreate"
  | "beforeUpdate"
  | "afterUpdate"
  | "beforeDelete"
  | "afterDelete"
  | "onError";

/** Names of the hooks that are bound to a resource. */
export type HookBinding = Partial<Record<HookMoment, string[]>>;

/** One `new Resource(…)` of the program, after transforms, read from the SDK's request. */
export interface Registration {
  type: string;
  name: string;
  parent: string;
  custom: boolean;
  inputs: Properties;
  /** `URN::id` of an explicit provider, else empty. */
  provider: string;
  dependencies: string[];
  propertyDependencies: Record<string, string[]>;
  aliases: Alias[];
  isProtected: boolean;
  isRetainedOnDelete: boolean;
  /** `undefined` when the program doesn't say. */
  isDeletedBeforeReplace: boolean | undefined;
  deletedWith: string;
  ignoreChanges: string[];
  replaceOnChanges: string[];
  additionalSecretOutputs: string[];
  hooks: HookBinding;
  timeouts: Timeouts;
}

/** What the program gets back for a registration. */
export interface Registered {
  urn: string;
  /** Absent for components and where a preview can't know it. */
  id?: string;
  outputs: Properties;
}
