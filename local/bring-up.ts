import type { Emulator } from "../emulator/types.ts";
import type { NamedImage } from "./adoption.ts";
import type { StackState } from "./monitor/state.ts";
import type { EvaluationRequest, EvaluationResult } from "./program/messages.ts";
import type { ProgramProcess } from "./program/program-process.ts";
import type { Project } from "./project.ts";
import { createOciClient } from "./provider/http.ts";
import { createStepsView, formatProblems } from "./show/steps.ts";

/** The stack didn't come up; the message is what to print. */
export class BringUpError extends Error {
  override readonly name = "BringUpError";
}

/** Tells the local OCI of what the stack's settings name. @param body - of `POST /_emulator/adopt` */
export async function adopt(
  { url }: Pick<Emulator, "url">,
  { body, images }: { body: Readonly<Record<string, unknown>>; images: readonly NamedImage[] },
): Promise<void> {
  const client = createOciClient(url);
  try {
    await client.call("POST", "/_emulator/adopt", { body });
    for (const { image, digest } of images) {
      await client.call("PUT", "/_emulator/images", { body: { image, digest } });
    }
  } finally {
    client.close();
  }
}

/**
 * Evaluates the program twice: a preview, whose problems stop everything before a single write, and then for good.
 *
 * @param processes - one for each evaluation, started before so that they load the SDK meanwhile
 * @throws {@link BringUpError}
 */
export async function bringUp(
  project: Project,
  url: string,
  processes: { preview: ProgramProcess; up: ProgramProcess },
  state: StackState,
  out: NodeJS.WriteStream,
): Promise<EvaluationResult> {
  const request: EvaluationRequest = {
    isPreview: true,
    project: project.name,
    stack: project.stack,
    directory: project.directory,
    main: project.main,
    config: project.config,
    secretKeys: project.secretKeys,
    url,
    state,
  };
  // The program says the same in both evaluations: the preview's words count only when nothing comes after them.
  const words: string[] = [];
  const preview = await processes.preview.evaluate(request, {
    onEvent: () => {},
    onOutput: (text) => words.push(text),
  });
  if (preview.problems.length > 0) {
    out.write(words.join(""));
    throw new BringUpError(`${formatProblems(preview.problems)}\nNothing was created.`);
  }
  const view = createStepsView(out);
  const start = performance.now();
  const result = await processes.up.evaluate(
    { ...request, isPreview: false },
    { onEvent: view.onEvent, onOutput: (text) => out.write(text) },
  );
  view.end();
  if (result.problems.length > 0) {
    throw new BringUpError(`${formatProblems(result.problems)}\nThe stack isn't up: ${view.summary()}.`);
  }
  out.write(`Up in ${((performance.now() - start) / 1000).toFixed(1)} s: ${view.summary()}.\n\n`);
  return result;
}
