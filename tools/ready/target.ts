import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { z } from "zod";
import { localOutputs } from "../../local/commands/outputs.ts";
import { StackError } from "../../local/commands/stack-file.ts";
import { NoCliError } from "../engine/find.ts";
import { ReadyError, type ReadyOptions } from "./options.ts";

const outputsSchema = z.object({
  endpoint: z.string(),
  routes: z.array(
    z.object({ methods: z.array(z.string()), path: z.string(), url: z.string(), backend: z.string() }),
  ),
});

/** The URL to call. @throws {@link ReadyError} when the stack gives out none */
export async function targetOf({ source, route }: ReadyOptions): Promise<string> {
  if ("url" in source) return route === undefined ? source.url : join(source.url, route);
  if ("outputsFile" in source) return chooseUrl(await read(source.outputsFile), source.outputsFile, route);
  const [text, stack] =
    "stack" in source
      ? [await stackOutputs(source.stack), source.stack]
      : [await outputsOfLocal(source.localStack), source.localStack];
  return chooseUrl(text, `stack ${stack}`, route);
}

/**
 * The readiness route: `route` below the endpoint, else the first route of a function that takes GET and has no
 * parameters.
 *
 * @param text - outputs as JSON
 * @param name - whose outputs they are, for errors
 */
export function chooseUrl(text: string, name: string, route: string | undefined): string {
  const { endpoint, routes } = parsed(text, name);
  if (route !== undefined) return join(endpoint, route);
  const found = routes.find(
    ({ methods, path, backend }) =>
      backend.startsWith("function ") &&
      (methods.includes("GET") || methods.includes("ANY")) &&
      !path.includes("{"),
  );
  if (found !== undefined) return found.url;
  throw new ReadyError(
    `${name} has no GET route of a function without parameters; say what to call, for example: --route ${routes[0]?.path ?? "/health"}`,
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
