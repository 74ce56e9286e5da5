import type { Properties } from "../values.ts";

/** A row's view of one input property. */
export type PropertyKind = "string" | "number" | "boolean" | "list" | "map" | "object";

/** One input property that can't be accepted. */
export interface CheckFailure {
  property: string;
  /** Why, what is allowed and what to write; may quote the value. */
  reason: string;
  /** The same without the value. Absent where the reason quotes none. */
  secretReason?: string;
}

/** How new inputs differ from the old ones. */
export interface Difference {
  /** Names of the changed properties, sorted. */
  changed: string[];
  /** Those of them that only a replacement can change. */
  replaces: string[];
  /** Whether the old resource has to go before the new one comes. */
  isDeletedBeforeReplace: boolean;
}

/** Where an operation is carried out and how long it may take. */
export interface OperationContext {
  /** Region of an explicit provider; absent for the default one. */
  region: string | undefined;
  /** How long to wait for a final state. */
  timeoutInMs: number;
}

export interface Created {
  id: string;
  outputs: Properties;
}

/**
 * Everything the monitor (and later the plugin) needs of a cloud. Inputs and outputs are plain: no secrets,
 * and unknown values only in `check` and `diff`.
 */
export interface ResourceProvider {
  /** Whether the type is modelled; throws {@link UnmodelledError} naming what is. */
  assertModelled(type: string): void;
  /** @param region - of an explicit provider; absent for the default one */
  check(type: string, inputs: Properties, region?: string): CheckFailure[];
  diff(type: string, oldInputs: Properties, newInputs: Properties): Difference;
  /** Refuses what {@link update} couldn't do, at preview already; throws {@link UnmodelledError}. */
  assertChangeable(type: string, oldInputs: Properties, newInputs: Properties): void;
  create(type: string, inputs: Properties, context: OperationContext): Promise<Created>;
  /** The resource as it is now, or `undefined` when it is gone. */
  read(
    type: string,
    id: string,
    inputs: Properties,
    context: OperationContext,
  ): Promise<Properties | undefined>;
  update(
    type: string,
    id: string,
    oldInputs: Properties,
    newInputs: Properties,
    context: OperationContext,
  ): Promise<Properties>;
  /** A resource that is gone already counts as deleted. */
  delete(type: string, id: string, outputs: Properties, context: OperationContext): Promise<void>;
  invoke(token: string, args: Properties, context: OperationContext): Promise<Properties>;
}

/** A type, function or change that the local provider doesn't know. */
export class UnmodelledError extends Error {
  override readonly name = "UnmodelledError";
}

/** A resource came to be but didn't become what it should: it has an id, and the stack must remember it. */
export class PartlyCreatedError extends Error {
  override readonly name = "PartlyCreatedError";
  readonly id: string;

  constructor(id: string, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.id = id;
  }
}
