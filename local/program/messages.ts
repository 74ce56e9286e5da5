import type { Diagnostic } from "../monitor/errors.ts";
import type { MonitorEvent } from "../monitor/events.ts";
import type { StackState } from "../monitor/state.ts";
import type { Properties } from "../values.ts";

/** What an evaluation of a program needs to know. Plain JSON: it travels to a child process. */
export interface EvaluationRequest {
  isPreview: boolean;
  project: string;
  stack: string;
  /** Folder of `Pulumi.yaml`; the program's working directory. */
  directory: string;
  /** Module to import. */
  main: string;
  config: Readonly<Record<string, string>>;
  secretKeys: readonly string[];
  /** Address of the OCI control plane. */
  url: string;
  state: StackState;
}

export interface EvaluationResult {
  /** Empty when everything went well. */
  problems: Diagnostic[];
  /** What is there now; after a preview, what would be. */
  state: StackState;
  /** Outputs of the stack; secrets keep their marks. */
  outputs: Properties;
}

export type ParentMessage = { type: "evaluate"; request: EvaluationRequest };

export type ChildMessage =
  | { type: "ready" }
  | { type: "event"; event: MonitorEvent }
  | { type: "result"; result: EvaluationResult };
