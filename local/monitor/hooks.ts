import type { Properties } from "../values.ts";
import type { HookBinding, HookMoment } from "./registration.ts";

/** What a hook is told of the resource; values as they travel on the wire. */
export interface HookArgs {
  urn: string;
  id: string;
  name: string;
  type: string;
  newInputs?: Properties;
  oldInputs?: Properties;
  newOutputs?: Properties;
  oldOutputs?: Properties;
}

/** Hooks as the program registered them, called directly: program and engine share a process. */
export interface HookRunner {
  /** Runs the bound hooks one after the other; rejects when one fails and its errors aren't ignored. */
  run(moment: Exclude<HookMoment, "onError">, binding: HookBinding, args: HookArgs): Promise<void>;
  /** Whether one of the bound error hooks wants the operation again. @param errors - newest first */
  wantsRetry(
    binding: HookBinding,
    args: HookArgs,
    operation: "create" | "update" | "delete",
    errors: readonly string[],
  ): Promise<boolean>;
}
