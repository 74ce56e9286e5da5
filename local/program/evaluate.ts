import { pathToFileURL } from "node:url";
import { runInPulumiStack } from "@pulumi/pulumi/runtime/stack.js";
import { createEngine } from "../monitor/engine.ts";
import type { MonitorEvent } from "../monitor/events.ts";
import { LocalMonitor } from "../monitor/monitor.ts";
import { createProgramHooks } from "../monitor/program-hooks.ts";
import { installMonitor, pendingRequests, setConfiguration } from "../monitor/sdk.ts";
import { createTransforms } from "../monitor/transforms.ts";
import { createLocalProvider } from "../provider/provider.ts";
import type { ResourceProvider } from "../provider/types.ts";
import type { Properties } from "../values.ts";
import type { EvaluationRequest, EvaluationResult } from "./messages.ts";
import { createProgramErrors } from "./program-errors.ts";

/** Name of the organization that programs see, as with a backend of one's own. */
const organization = "organization";

export interface EvaluationOptions {
  onEvent: (event: MonitorEvent) => void;
  /** Takes the place of the local provider, which talks to `request.url`. */
  provider?: ResourceProvider;
  /** Takes the place of the module `request.main`. */
  program?: () => unknown;
}

/**
 * Runs a program once in this process, against a control plane. One evaluation at a time: the SDK keeps its
 * state globally.
 */
export async function evaluate(
  request: EvaluationRequest,
  options: EvaluationOptions,
): Promise<EvaluationResult> {
  const { project, stack, isPreview, state, url, directory } = request;
  const { onEvent, program = () => importProgram(request.main) } = options;
  setConfiguration(request.config, request.secretKeys);
  const local = createLocalProvider({
    url,
    projectDirectory: directory,
    region: request.config["oci:region"],
  });
  const provider = options.provider ?? local;
  const monitor = new LocalMonitor();
  const callbacks = installMonitor(monitor, { project, stack, isPreview, organization });
  const hooks = createProgramHooks({ callbacks, isPreview, onEvent });
  const engine = createEngine({ project, stack, isPreview, state, provider, hooks, onEvent });
  const transforms = createTransforms(callbacks);
  monitor.connect({ engine, hooks, transforms, project, stack });
  const errors = createProgramErrors(() => engine.problems().length > 0);
  try {
    await runInPulumiStack(async () => program()).catch(errors.add);
    await settled();
    await engine.finish(errors.problems().length > 0);
  } finally {
    errors.stop();
    local.close();
  }
  const root = engine.state().find(({ type }) => type === "pulumi:pulumi:Stack");
  return {
    problems: [...engine.problems(), ...errors.problems()],
    state: engine.state(),
    outputs: root?.outputs ?? {},
  };
}

/** The program's outputs: its exports, or what its default export is or answers. */
export async function importProgram(main: string): Promise<unknown> {
  const exported = { ...((await import(pathToFileURL(main).href)) as Properties) };
  const program = "default" in exported ? exported.default : exported;
  return typeof program === "function" ? program() : program;
}

/** Waits until the SDK has nothing more to ask, and for rejections that come some turns later. */
async function settled(): Promise<void> {
  await pendingRequests();
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
