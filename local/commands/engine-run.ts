import { spawn } from "node:child_process";
import type { Engine } from "../../tools/engine/find.ts";
import type { CommandOptions } from "./options.ts";

/** What a terminal's Ctrl-C sends to all of the group, the engine included. */
const terminalSignals = ["SIGINT", "SIGQUIT"] as const;
const forwardedSignals = ["SIGTERM", "SIGHUP"] as const;

/** Arguments of pulumi for one of our commands. */
export function engineArguments(
  { verb, stack, rest }: Pick<CommandOptions, "verb" | "stack" | "rest">,
  configFile: string,
  isInteractive: boolean,
): string[] {
  const isAnswered = rest.some((word) =>
    ["--yes", "-y", "--skip-preview", "-f", "--preview-only"].includes(word),
  );
  const isAsking = verb !== "preview" && !isAnswered;
  return [
    verb,
    ...["--stack", stack],
    ...["--config-file", configFile],
    // Where nobody can answer, yes: it is the local OCI.
    ...(isAsking && !isInteractive ? ["--yes"] : []),
    ...rest,
  ];
}

/** Runs the engine in the user's terminal; answers its exit code. */
export async function runEngine(
  engine: Pick<Engine, "path">,
  args: readonly string[],
  options: { directory: string; environment: Readonly<Record<string, string>> },
): Promise<number> {
  const child = spawn(engine.path, args, {
    cwd: options.directory,
    env: options.environment,
    stdio: "inherit",
  });
  for (const signal of terminalSignals) process.on(signal, () => {});
  for (const signal of forwardedSignals) process.on(signal, () => child.kill("SIGINT"));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
}
