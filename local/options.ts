import { type Command, type Options, readOptions, UsageError, usageError, usageOf } from "./command-line.ts";

export interface StartOptions {
  stack: string;
  /** Folder of the program. */
  cwd: string;
  /** Port of the first gateway; absent: 8080 or the next free one. */
  port: number | undefined;
}

const command = {
  name: "npm start --",
  description:
    "Brings the API up on this machine: an OCI of its own, on loopback, with nothing of the cloud.",
  args: {
    stack: {
      type: "string",
      default: "local",
      valueHint: "NAME",
      example: "dev",
      description:
        "Stack to bring up: reads Pulumi.NAME.yaml. What another stack than local names is adopted.",
    },
    cwd: {
      type: "string",
      default: ".",
      valueHint: "FOLDER",
      example: "examples/canary",
      description: "Folder of the program, the one of its Pulumi.yaml.",
    },
    port: {
      type: "string",
      valueHint: "N",
      example: "9000",
      description: "Port of the first gateway, 0 for any free one. Default: 8080, or the next free one.",
    },
  },
  epilogue: `
While it runs, one line for each request; Ctrl-C ends it and leaves nothing behind.
Exit code: 0 when ended by Ctrl-C or SIGTERM while serving, 130 or 143 when ended before that, 1 after an error.

EXAMPLES

  npm start                            the stack local, on http://127.0.0.1:8080
  npm start -- --port 9000             on port 9000
  npm start -- --stack dev             the settings of Pulumi.dev.yaml, still on this machine
  npm start -- --cwd examples/canary   another program
`,
} as const satisfies Command<Options>;

/** Reads the command line. @throws {@link UsageError} listing everything that isn't understood */
export function parseOptions(
  typed: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): StartOptions | "help" {
  const read = readOptions(command, typed);
  if (read === "help") return "help";
  assertNotSwallowed(typed, environment);
  const { problems } = read;
  const { stack, cwd, port } = read.values;
  if (port && !(/^\d+$/.test(port) && Number(port) <= 65_535)) {
    problems.push(`--port is ${JSON.stringify(port)}, but must be 0 to 65535, for example --port 9000`);
  }
  if (problems.length > 0) throw usageError(command, problems);
  return { stack, cwd, port: port === undefined ? undefined : Number(port) };
}

/** Without `--` before them, npm keeps our options: `npm start --port 9000` hands on `9000` alone. */
function assertNotSwallowed(typed: readonly string[], environment: NodeJS.ProcessEnv): void {
  if (environment.npm_lifecycle_event !== "start") return;
  const swallowed = (["stack", "cwd", "port"] as const).flatMap((name) => {
    const value = environment[`npm_config_${name}`];
    return value === undefined ? [] : [{ name, value }];
  });
  if (swallowed.length === 0) return;
  const words = [...typed];
  const meant = swallowed.map(({ name, value }) => {
    return `--${name} ${value === "true" ? (words.shift() ?? command.args[name].valueHint) : value}`;
  });
  const names = swallowed.map(({ name }) => `--${name}`).join(", ");
  throw new UsageError(`npm took ${names} for itself; write: npm start -- ${meant.join(" ")}`);
}

export const usage = () => usageOf(command);
