import { type Command, type Options, readOptions, usageError, usageOf } from "../../local/command-line.ts";

export interface ReadyOptions {
  source: { stack: string } | { localStack: string } | { url: string } | { outputsFile: string };
  /** Path of the route, as it is called: `/users/1?x=y`; absent: chosen from the stack's outputs. */
  route: string | undefined;
  timeoutInSeconds: number;
}

const command = {
  name: "npm run ready --",
  description: "Calls an API until it answers, else names the broken link.",
  args: {
    stack: {
      type: "string",
      alias: "s",
      valueHint: "STACK",
      example: "dev",
      description: "Stack whose outputs name the routes.",
    },
    local: {
      type: "boolean",
      description: "The stack is one of npm run up:local. Default stack: local",
    },
    outputs: {
      type: "string",
      valueHint: "FILE",
      example: "outputs.json",
      description: "Reads the outputs from a file, as `pulumi stack output --json` writes them.",
    },
    url: {
      type: "string",
      valueHint: "URL",
      example: "https://…/v1/hello",
      description: "Calls this URL and asks no stack.",
    },
    route: {
      type: "string",
      valueHint: "PATH",
      example: "/users/1",
      description:
        "Path to call below the endpoint, for example /users/1. Default: the first GET route without parameters that everybody may call, of a function if there is one.",
    },
    timeout: {
      type: "string",
      valueHint: "SECONDS",
      example: "60",
      description: "How long to try, 1 to 3600. Default: 600.",
    },
  },
  epilogue: `
Exit code: 0 when the route answers, 1 when it doesn't within the time, 2 when there is nothing to call.

EXAMPLES

  npm run ready -- -s dev                       after pulumi up -s dev
  npm run ready -- --local                      after npm run up:local
  npm run ready -- -s dev --route /users/1      another route than the first one
  npm run ready -- --url https://…/v1/hello     without a stack
`,
} as const satisfies Command<Options>;

/** What the stack gives out can't be used. */
export class ReadyError extends Error {
  override readonly name = "ReadyError";
}

/** Reads the command line. @throws {@link UsageError} listing everything that isn't understood */
export function parseOptions(typed: readonly string[]): ReadyOptions | "help" {
  const read = readOptions(command, typed);
  if (read === "help") return "help";
  const { problems } = read;
  const { stack, local, outputs, url, route, timeout = "600" } = read.values;
  const sources = [
    ...(local === true ? [{ localStack: stack ?? "local" }] : stack === undefined ? [] : [{ stack }]),
    ...(url === undefined ? [] : [{ url }]),
    ...(outputs === undefined ? [] : [{ outputsFile: outputs }]),
  ];
  const [source] = sources;
  if (sources.length !== 1)
    problems.push("give one of --stack, --local, --url and --outputs, for example -s dev");
  if (url && !/^https?:\/\/[^/]/.test(url)) {
    problems.push(`--url is ${JSON.stringify(url)}, but must begin with https:// or http://`);
  }
  if (route && !route.startsWith("/")) {
    problems.push(`--route is ${JSON.stringify(route)}, but must begin with "/", for example /users/1`);
  }
  const seconds = Number(timeout);
  if (timeout !== "" && !(Number.isInteger(seconds) && seconds >= 1 && seconds <= 3600)) {
    problems.push(`--timeout is ${JSON.stringify(timeout)}, but must be 1 to 3600 seconds`);
  }
  if (problems.length > 0 || source === undefined) throw usageError(command, problems);
  return { source, route, timeoutInSeconds: seconds };
}

export const usage = () => usageOf(command);
