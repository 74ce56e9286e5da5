import type { CoverageState } from "./core/operation.ts";
import { allOperations, allRefused } from "./operations.ts";

/** How far one operation of OCI's API is carried out. */
export interface Coverage {
  service: string;
  operation: string;
  /** `ANY` for refused groups of operations. */
  method: string;
  path: string;
  state: CoverageState;
  /** What is simplified or refused. */
  note: string;
}

/** The coverage table, by service and operation. Operations that it doesn't list are refused as unknown. */
export function coverage(): Coverage[] {
  return [
    ...allOperations().map(({ service, name, method, path, state, note }) => ({
      service,
      operation: name,
      method,
      path,
      state,
      note: note ?? "",
    })),
    ...allRefused.map(({ service, name, path, note }) => ({
      service,
      operation: name,
      method: "ANY",
      path,
      state: "refused" as const,
      note,
    })),
  ];
}
