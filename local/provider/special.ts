import type { Properties } from "../values.ts";
import type { CheckFailure, Created, Difference, OperationContext } from "./types.ts";

/** A resource type whose life doesn't follow the common pattern. */
export interface SpecialResource {
  check(inputs: Properties): CheckFailure[];
  diff(oldInputs: Properties, newInputs: Properties): Difference;
  create(inputs: Properties, context: OperationContext): Promise<Created>;
  read(id: string, inputs: Properties, context: OperationContext): Promise<Properties | undefined>;
  update(id: string, newInputs: Properties, context: OperationContext): Promise<Properties>;
  delete(id: string, outputs: Properties, context: OperationContext): Promise<void>;
  /** Absent where making it twice is the same as once. */
  list?(inputs: Properties, context: OperationContext): Promise<Created[]>;
}
