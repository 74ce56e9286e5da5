import { type ChildProcess, spawn } from "node:child_process";

export interface CommandOptions {
  environment: Readonly<Record<string, string | undefined>>;
  directory?: string;
  /** Called with the process. */
  onStart?: (child: ChildProcess) => void;
  /** Called for each line of standard error. */
  onErrorLine?: (line: string) => void;
  /** How long it may take. @default - no limit */
  timeoutInMs?: number;
}

export interface CommandResult {
  /** `undefined` when it couldn't be started or was ended by a signal. */
  exitCode: number | undefined;
  stdout: string;
  stderr: string;
}

/** Runs a command to its end; never rejects. */
export function run(
  command: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<CommandResult> {
  const child = spawn(command, args, {
    cwd: options.directory,
    env: options.environment,
    stdio: ["ignore", "pipe", "pipe"],
    ...(options.timeoutInMs === undefined ? {} : { timeout: options.timeoutInMs }),
  });
  options.onStart?.(child);
  let stdout = "";
  let stderr = "";
  let rest = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    const lines = `${rest}${text}`.split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) options.onErrorLine?.(line);
  });
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ exitCode: undefined, stdout, stderr: error.message }));
    child.once("close", (code) => resolve({ exitCode: code ?? undefined, stdout, stderr }));
  });
}

/** The last lines of an output, for an error that has to say why. */
export function lastLines(text: string, count: number): string {
  return text.trim().split("\n").slice(-count).join("; ");
}
