import { resolve } from "node:path";
import type { StackState } from "../../local/monitor/state.ts";
import type { EvaluationResult } from "../../local/program/messages.ts";
import { startProgramProcess } from "../../local/program/program-process.ts";
import { readProject } from "../../local/project.ts";

export interface ProgramRun extends EvaluationResult {
  /** What the program wrote, log lines among it. */
  text: string;
  /** `create api-deployment`, `replace …`: the steps that were carried out, or would be. */
  steps: string[];
}

export interface ProgramOptions {
  /** Folder of `Pulumi.yaml`. @default - the repository's own program */
  directory?: string;
  isPreview?: boolean;
  /** Values over those of `Pulumi.local.yaml`, by full key. */
  config?: Readonly<Record<string, string>>;
  state?: StackState;
}

/** Evaluates a program once, as a preview or for good. */
export async function runProgram(url: string, options: ProgramOptions = {}): Promise<ProgramRun> {
  const { directory = ".", isPreview = false, config = {}, state = [] } = options;
  const project = await readProject(resolve(directory), "local");
  const program = startProgramProcess();
  const words: string[] = [];
  const steps: string[] = [];
  const request = {
    isPreview,
    project: project.name,
    stack: project.stack,
    directory: project.directory,
    main: project.main,
    config: { ...project.config, ...config },
    secretKeys: project.secretKeys,
    url,
    state,
  };
  try {
    const result = await program.evaluate(request, {
      onEvent: (event) => {
        if (event.type !== "step" || event.phase !== "started") return;
        steps.push(`${event.operation} ${event.urn.split("::").pop()}`);
      },
      onOutput: (text) => words.push(text),
    });
    return { ...result, text: words.join(""), steps };
  } finally {
    await program.stop();
  }
}
