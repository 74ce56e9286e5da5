import { type ArgsDef, parseArgs, renderUsage } from "citty";

export interface ReadyOptions {
  source: { stack: string } | { localStack: string } | { url: string } | { outputsFile: string };
  /** Path of the route, as it is called: `/users/1?x=y`; absent: chosen from the stack's outputs. */
  route: string | undefined;
  timeoutInSeconds: number;
}

const args = {
  stack: {
    type: "string",
    alias: "s",
    valueHint: "STACK",
    description: "Stack whose outputs name the routes.",
  },
  local: {
    type: "boolean",
    description: "The stack is one of npm run up:local. Default stack: local",
  },
  outputs: {
    type: "string",
    valueHint: "FILE",
    description: "Reads the outputs from a file, as `pulumi stack output --json` writes them.",
  },
  url: { type: "string", valueHint: "URL", description: "Calls this URL and asks no stack." },
  route: {
    type: "string",
    valueHint: "PATH",
    description:
      "Path to call below the endpoint, for example /users/1. Default: the first GET route without parameters that everybody may call, of a function if there is one.",
  },
  timeout: { type: "string", valueHint: "SECONDS", description: "How long to try, 1 to 3600. Default: 600." },
  help: { type: "boolean", alias: "h", description: "Show this and exit." },
} as const satisfies ArgsDef;

const meta = {
  name: "npm run ready --",
  description: "Calls an API until it answers, else names the broken link.",
};

/** What was typed, or what the stack gives out, can't be used. */
export class ReadyError extends Error {
  override readonly name = "ReadyError";
}

/** Reads the command line. @throws {@link ReadyError} listing everything that isn't understood */
export function parseOptions(typed: readonly string[]): ReadyOptions | "help" {
  if (typed.includes("--help") || typed.includes("-h")) return "help";
  const parsed = parseArgs<typeof args>([...typed], args);
  const names = Object.keys(args);
  const unknown = Object.keys(parsed).filter((name) => !["_", "s", "h", ...names].includes(name));
  const options = names.map((name) => `--${name}`).join(", ");
  const problems = unknown.map((name) => `unknown option --${name}; there are ${options}`);
  problems.push(...parsed._.map((word) => `unexpected "${word}"; options begin with --`));
  const { stack, local, outputs, url, route, timeout = "600" } = parsed;
  const sources = [
    ...(local === true ? [{ localStack: stack ?? "local" }] : stack === undefined ? [] : [{ stack }]),
    ...(url === undefined ? [] : [{ url }]),
    ...(outputs === undefined ? [] : [{ outputsFile: outputs }]),
  ];
  const [source] = sources;
  if (sources.length !== 1)
    problems.push("give one of --stack, --local, --url and --outputs, for example -s dev");
  if (url !== undefined && !/^https?:\/\/[^/]/.test(url)) {
    problems.push(`--url is ${JSON.stringify(url)}, but must begin with https:// or http://`);
  }
  if (route !== undefined && !route.startsWith("/")) {
    problems.push(`--route is ${JSON.stringify(route)}, but must begin with "/", for example /users/1`);
  }
  const seconds = Number(timeout);
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > 3600) {
    problems.push(`--timeout is ${JSON.stringify(timeout)}, but must be 1 to 3600 seconds`);
  }
  if (problems.length > 0 || source === undefined) {
    throw new ReadyError([...problems, "Try: npm run ready -- --help"].join("\n"));
  }
  return { source, route, timeoutInSeconds: seconds };
}

const epilogue = `
Exit code: 0 when the route answers, 1 when it doesn't within the time, 2 when there is nothing to call.

EXAMPLES

  npm run ready -- -s dev                       after pulumi up -s dev
  npm run ready -- --local                      after npm run up:local
  npm run ready -- -s dev --route /users/1      another route than the first one
  npm run ready -- --url https://…/v1/hello     without a stack
`;

export async function usage(): Promise<string> {
  return `${await renderUsage({ meta, args })}\n${epilogue}`;
}
