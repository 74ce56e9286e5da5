import { type ChildProcess, fork } from "node:child_process";
import { getCompileCacheDir } from "node:module";
import type { MonitorEvent } from "../monitor/events.ts";
import type { ChildMessage, EvaluationRequest, EvaluationResult, ParentMessage } from "./messages.ts";

/** A child process that evaluates a program once. */
export interface ProgramProcess {
  /** Sends the request; the process ends when it has answered. */
  evaluate(request: EvaluationRequest, listener: ProgramListener): Promise<EvaluationResult>;
  /** Ends the process, at once; resolves when it is gone. */
  stop(): Promise<void>;
}

export interface ProgramListener {
  onEvent(event: MonitorEvent): void;
  /** What the program writes to stdout and stderr. */
  onOutput(text: string, stream: "stdout" | "stderr"): void;
}

/** Starts a process that loads the SDK meanwhile and then waits. */
export function startProgramProcess(): ProgramProcess {
  const child = fork(new URL("./child.ts", import.meta.url), [], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    execArgv: [],
    env: environment(),
  });
  const gone = new Promise<void>((resolve) => child.once("close", () => resolve()));
  return {
    evaluate: (request, listener) => evaluate(child, request, listener),
    async stop() {
      child.kill("SIGKILL");
      await gone;
    },
  };
}

/** The user's environment, without what would make the SDK look for an engine of the CLI. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !name.startsWith("PULUMI_") && name !== "NODE_OPTIONS",
  );
  const cache = getCompileCacheDir();
  return { ...Object.fromEntries(kept), ...(cache !== undefined && { NODE_COMPILE_CACHE: cache }) };
}

function evaluate(
  child: ChildProcess,
  request: EvaluationRequest,
  { onEvent, onOutput }: ProgramListener,
): Promise<EvaluationResult> {
  return new Promise((resolve, reject) => {
    let result: EvaluationResult | undefined;
    child.stdout?.setEncoding("utf8").on("data", (text: string) => onOutput(text, "stdout"));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      onOutput(text, "stderr");
    });
    child.on("message", (message: ChildMessage) => {
      if (message.type === "event") onEvent(message.event);
      if (message.type === "result") result = message.result;
    });
    child.once("error", reject);
    // After `close` nothing comes any more, neither output nor messages.
    child.once("close", (code, signal) => {
      resolve(
        result ?? { problems: [{ message: describeEnd(code, signal) }], state: request.state, outputs: {} },
      );
    });
    child.send({ type: "evaluate", request } satisfies ParentMessage);
  });
}

function describeEnd(code: number | null, signal: NodeJS.Signals | null): string {
  return signal === null
    ? `the program ended its own process (exit code ${code}); let it throw an error, which is shown here`
    : `the program's process was ended from outside (${signal}) before the program was evaluated`;
}
