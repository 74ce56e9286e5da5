import { type ArgsDef, parseArgs, renderUsage } from "citty";

export interface StartOptions {
  stack: string;
  /** Folder of the program. */
  cwd: string;
  /** Port of the first gateway; absent: 8080 or the next free one. */
  port: number | undefined;
}

const args = {
  stack: {
    type: "string",
    default: "local",
    valueHint: "NAME",
    description: "Stack to bring up: reads Pulumi.NAME.yaml. What another stack than local names is adopted.",
  },
  cwd: {
    type: "string",
    default: ".",
    valueHint: "FOLDER",
    description: "Folder of another program, the one of its Pulumi.yaml. Default: this one.",
  },
  port: {
    type: "string",
    valueHint: "N",
    description: "Port of the first gateway, 0 for any free one. Default: 8080, or the next free one.",
  },
  help: { type: "boolean", alias: "h", description: "Show this and exit." },
} as const satisfies ArgsDef;

const meta = {
  name: "npm start --",
  description:
    "Brings the API up on this machine: an OCI of its own, on loopback, with nothing of the cloud.",
};

/** What was typed can't be used; the message says what can. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Reads the command line. @throws {@link UsageError} listing everything that isn't understood */
export function parseOptions(
  typed: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): StartOptions | "help" {
  if (typed.includes("--help") || typed.includes("-h")) return "help";
  assertNotSwallowed(typed, environment);
  const parsed = parseArgs<typeof args>([...typed], args);
  const known = Object.keys(args);
  const problems = Object.keys(parsed)
    .filter((name) => name !== "_" && name !== "h" && !known.includes(name))
    .map(
      (name) =>
        `unknown option ${asTyped(typed, name)}; there are ${known.map((key) => `--${key}`).join(", ")}`,
    );
  if (problems.length === 0) {
    problems.push(...parsed._.map((word) => `unexpected "${word}"; options begin with --`));
  }
  const { stack, cwd, port } = parsed;
  if (typeof stack !== "string" || stack === "")
    problems.push("--stack needs a name, for example --stack dev");
  if (typeof cwd !== "string" || cwd === "")
    problems.push("--cwd needs a folder, for example --cwd examples/canary");
  if (port !== undefined && (!/^\d+$/.test(String(port)) || Number(port) > 65_535)) {
    problems.push(`--port is ${JSON.stringify(port)}, but must be 0 to 65535, for example --port 9000`);
  }
  if (problems.length > 0) throw new UsageError([...problems, "Try: npm start -- --help"].join("\n"));
  return { stack, cwd, port: port === undefined ? undefined : Number(port) };
}

const asTyped = (typed: readonly string[], name: string) =>
  name.length === 1 && !typed.some((word) => word.startsWith(`--${name}`)) ? `-${name}` : `--${name}`;

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
    return `--${name} ${value === "true" ? (words.shift() ?? args[name].valueHint) : value}`;
  });
  const names = swallowed.map(({ name }) => `--${name}`).join(", ");
  throw new UsageError(`npm took ${names} for itself; write: npm start -- ${meant.join(" ")}`);
}

const epilogue = `
While it runs, one line for each request; Ctrl-C ends it and leaves nothing behind.
Exit code: 0 when ended by Ctrl-C or SIGTERM while serving, 130 or 143 when ended before that, 1 after an error.

EXAMPLES

  npm start                            the stack local, on http://127.0.0.1:8080
  npm start -- --port 9000             on port 9000
  npm start -- --stack dev             the settings of Pulumi.dev.yaml, still on this machine
  npm start -- --cwd examples/canary   another program
`;

export async function usage(): Promise<string> {
  return `${await renderUsage({ meta, args })}\n${epilogue}`;
}
