export type Operation = "same" | "create" | "update" | "replace" | "delete" | "read";

/** Told while an evaluation runs. */
export interface StepEvent {
  type: "step";
  phase: "started" | "done" | "failed";
  operation: Operation;
  urn: string;
  /** Names of the changed properties of an update or a replacement. */
  changed?: string[];
  durationInMs?: number;
}

export interface WarningEvent {
  type: "warning";
  urn?: string;
  message: string;
}

export type MonitorEvent = StepEvent | WarningEvent;
