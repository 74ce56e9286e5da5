/** Something that a resource's declaration or operation failed with. */
export interface Diagnostic {
  /** Absent when the program as a whole failed. */
  urn?: string;
  message: string;
}

/** An operation on a resource failed; the message is meant for people. */
export class StepError extends Error {
  override readonly name = "StepError";
  readonly urn: string;

  constructor(urn: string, message: string) {
    super(message);
    this.urn = urn;
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
