import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { z } from "zod";
import { localOutputs } from "../../local/commands/outputs.ts";
import { StackError } from "../../local/commands/stack-file.ts";
import { withMadeUpParameters } from "../../local/show/outputs.ts";
import { NoCliError } from "../engine/find.ts";
import { ReadyError, type ReadyOptions } from "./options.ts";

const outputsSchema = z.object({
  endpoint: z.string(),
  routes: z.array(
    z.object({
      methods: z.array(z.string()),
      path: z.string(),
      url: z.string(),
      backend: z.string(),
      // Stacks of before have none.
      isAnonymous: z.boolean().default(true),
    }),
  ),
});

/** What is called. */
export interface Target {
  url: string;
  /** Why this route, when the user named none. */
  choice?: string;
}

/** The URL to call. @throws {@link ReadyError} when the stack gives out none */
export async function targetOf({ source, route }: ReadyOptions): Promise<Target> {
  if ("url" in source) return { url: route === undefined ? source.url : join(source.url, route) };
  if ("outputsFile" in source) return chooseTarget(await read(source.outputsFile), source.outputsFile, route);
  const [text, stack] =
    "stack" in source
      ? [await stackOutputs(source.stack), source.stack]
      : [await outputsOfLocal(source.localStack), source.localStack];
  return chooseTarget(text, `stack ${stack}`, route);
}

type Route = z.output<typeof outputsSchema>["routes"][number];

/** Which back ends' routes are looked for when none is named, the one whose answer says most first. */
const preferences: readonly { choice: string; isMeant: (route: Route) => boolean }[] = [
  {
    choice: "the first GET route of a function",
    isMeant: ({ backend }) => backend.startsWith("function "),
  },
  {
    choice: "the first GET route that leaves the gateway, for no function has one",
    isMeant: ({ backend }) => !backend.startsWith("stock "),
  },
  {
    choice: "the first GET route; the gateway answers it alone, so that it says nothing of functions",
    isMeant: () => true,
  },
];

/**
 * The readiness route: `route` below the endpoint, else the first one without parameters that takes GET, of a function if
 * there is one.
 *
 * @param text - outputs as JSON
 * @param name - whose outputs they are, for errors
 */
export function chooseTarget(text: string, name: string, route: string | undefined): Target {
  const { endpoint, routes } = parsed(text, name);
  if (route !== undefined) return { url: join(endpoint, route) };
  const callable = routes.filter(
    ({ methods, path }) => (methods.includes("GET") || methods.includes("ANY")) && !path.includes("{"),
  );
  const anonymous = callable.filter(({ isAnonymous }) => isAnonymous);
  for (const { choice, isMeant } of preferences) {
    const found = anonymous.find(isMeant);
    if (found !== undefined) return { url: found.url, choice };
  }
  if (callable.length > 0) {
    throw new ReadyError(
      `${name} has no GET route without parameters that everybody may call, and this command has no credentials; give one a path of its own with authorization: { type: "ANONYMOUS" }, or say what to call, for example: --route ${callable[0]?.path}`,
    );
  }
  throw new ReadyError(
    `${name} has no GET route without parameters; say what to call, for example: --route ${withMadeUpParameters(routes[0]?.path ?? "/health")}`,
  );
}

function parsed(text: string, name: string): z.output<typeof outputsSchema> {
  let outputs: unknown;
  try {
    outputs = JSON.parse(text);
  } catch {
    throw new ReadyError(`the outputs of ${name} aren't JSON: ${text.slice(0, 200)}`);
  }
  const result = outputsSchema.safeParse(outputs);
  if (result.success) return result.data;
  const missing = [...new Set(result.error.issues.map(({ path }) => String(path[0] ?? "endpoint")))];
  throw new ReadyError(
    `${name} has no output ${missing.join(", ")} as docs/outputs.md describes it; bring it up first (pulumi up), or give --url`,
  );
}

async function stackOutputs(stack: string): Promise<string> {
  const command = ["stack", "output", "--json", "--stack", stack];
  try {
    return (await promisify(execFile)("pulumi", command)).stdout;
  } catch (error) {
    const { code, stderr = "" } = error as { code?: unknown; stderr?: string };
    if (code === "ENOENT") {
      throw new ReadyError(
        "the command pulumi isn't on PATH; install the Pulumi CLI, or give --local (a stack of npm run up:local), --url or --outputs",
      );
    }
    throw new ReadyError(`pulumi ${command.join(" ")} failed:\n${stderr.trim()}`);
  }
}

async function outputsOfLocal(stack: string): Promise<string> {
  try {
    return await localOutputs(stack, (line) => process.stderr.write(`${line}\n`));
  } catch (error) {
    if (error instanceof StackError || error instanceof NoCliError) throw new ReadyError(error.message);
    throw error;
  }
}

async function read(file: string): Promise<string> {
  return readFile(file, "utf8").catch((error: Error) => {
    throw new ReadyError(`--outputs: ${error.message}`);
  });
}

function join(base: string, path: string): string {
  return `${base.replace(/\/$/, "")}${path}`;
}
