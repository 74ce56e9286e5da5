/** The process that evaluates a program once: it loads the SDK, waits to be told, answers and ends. */
import type { ChildMessage, EvaluationRequest, ParentMessage } from "./messages.ts";

// Ctrl-C reaches the whole process group; the parent decides. When the parent is gone, so are we.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => {});
process.on("disconnect", () => process.exit(0));

// Every program imports the whole SDK: loaded here, it is there when the request comes.
const evaluation = import("./evaluate.ts").then(async (module) => {
  await import("@pulumi/pulumi");
  return module;
});
process.on("message", (message: ParentMessage) => void run(message.request));
evaluation.then(() => send({ type: "ready" }), fail);

async function run(request: EvaluationRequest): Promise<void> {
  try {
    process.chdir(request.directory);
    const { evaluate } = await evaluation;
    const result = await evaluate(request, { onEvent: (event) => send({ type: "event", event }) });
    process.send?.({ type: "result", result } satisfies ChildMessage, () => process.exit(0));
  } catch (error) {
    fail(error);
  }
}

function fail(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`, () => process.exit(1));
}

function send(message: ChildMessage): void {
  if (process.connected) process.send?.(message);
}
