import { inspect } from "node:util";
import { ResourceError, RunError } from "@pulumi/pulumi/errors.js";
import type { Diagnostic } from "../monitor/errors.ts";

export interface ProgramErrors {
  add(error: unknown): void;
  problems(): Diagnostic[];
  /** Stops listening for unhandled rejections. */
  stop(): void;
}

/**
 * Collects what the program throws, also from promises that nobody awaits. Errors that only follow from a
 * resource that failed before are dropped.
 *
 * @param hasFailedResources - whether the engine has noted a failed resource
 */
export function createProgramErrors(hasFailedResources: () => boolean): ProgramErrors {
  const problems: Diagnostic[] = [];
  const seen = new Set<unknown>();
  const urns: Promise<void>[] = [];

  function add(error: unknown): void {
    const message = describe(error);
    if (seen.has(error) || seen.has(message) || (isConsequence(error) && hasFailedResources())) return;
    seen.add(error).add(message);
    const problem: Diagnostic = { message };
    problems.push(problem);
    if (ResourceError.isInstance(error)) {
      const urn = error.resource?.urn as unknown as { promise(): Promise<string> } | undefined;
      urns.push(
        Promise.resolve(urn?.promise()).then(
          (text) => void (text !== undefined && Object.assign(problem, { urn: text })),
          () => {},
        ),
      );
    }
  }

  process.on("unhandledRejection", add);
  process.on("uncaughtException", add);
  return {
    add,
    problems: () => problems,
    stop() {
      process.off("unhandledRejection", add);
      process.off("uncaughtException", add);
    },
  };
}

/** The SDK rejects the outputs of a failed resource, and everything that waits for them, with texts that end in this. */
function isConsequence(error: unknown): boolean {
  return (
    error instanceof Error &&
    /resource .+ \[.+\] failed to register$|^failed to read resource #/.test(error.message)
  );
}

function describe(error: unknown): string {
  if (RunError.isInstance(error) || ResourceError.isInstance(error)) return error.message;
  return (error instanceof Error && error.stack) || inspect(error);
}
