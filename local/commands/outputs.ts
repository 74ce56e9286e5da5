import { join } from "node:path";
import { run } from "../../tools/engine/command.ts";
import { findEngine } from "../../tools/engine/find.ts";
import { StackError } from "./stack-file.ts";
import { engineEnvironment, localFolder, openWorkspace } from "./workspace.ts";

/**
 * Outputs, as JSON, of a stack that `npm run up:local` brought up; the local OCI isn't asked.
 *
 * @param folder - of everything local. Default: {@link localFolder}
 * @throws {@link StackError} with the engine's words.
 */
export async function localOutputs(
  stack: string,
  onProgress: (line: string) => void,
  folder: string = localFolder,
): Promise<string> {
  const engine = await findEngine(onProgress);
  const workspace = await openWorkspace(join(folder, "pulumi"));
  const environment = engineEnvironment(workspace, "");
  const command = ["stack", "output", "--json", "--stack", stack, "--non-interactive"];
  const { exitCode, stdout, stderr } = await run(engine.path, command, { environment });
  if (exitCode === 0) return stdout;
  throw new StackError(`pulumi ${command.join(" ")} failed:\n${stderr.trim()}`);
}
