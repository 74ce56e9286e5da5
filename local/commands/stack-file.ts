import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { run } from "../../tools/engine/command.ts";
import type { Engine } from "../../tools/engine/find.ts";
import { fullKey } from "../project.ts";
import { isRecord, type Properties } from "../values.ts";
import type { Workspace } from "./workspace.ts";

/** The engine can't make the stack; the message is the engine's. */
export class StackError extends Error {
  override readonly name = "StackError";
}

export interface StackCopy {
  engine: Pick<Engine, "path">;
  environment: Readonly<Record<string, string>>;
  workspace: Workspace;
  project: string;
  stack: string;
  /** The tracked stack file's content; it is never written. */
  settings: Properties;
  /** Declared secrets whose encrypted value only the stack's own key opens. */
  omittedSecrets: readonly string[];
}

/**
 * Makes the stack when there is none, and a copy of its file with the salt of the local secrets provider.
 *
 * `pulumi stack init` writes into the stack file of the project that it stands in; so it stands in a folder that holds
 * the project's name and nothing else.
 *
 * @returns the copy, for `--config-file`
 */
export async function copyStackFile(copy: StackCopy): Promise<string> {
  const { engine, environment, workspace, project, stack, settings } = copy;
  const directory = join(workspace.projects, project);
  const file = join(directory, `Pulumi.${stack}.yaml`);
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, "Pulumi.yaml"), stringify({ name: project, runtime: "nodejs" }));
  let earlier = await readYaml(file);
  const state = join(workspace.backend, ".pulumi/stacks", project, `${stack}.json`);
  if (earlier.encryptionsalt === undefined || !existsSync(state)) {
    const result = await run(
      engine.path,
      ["stack", "select", "--create", "--stack", stack, "--non-interactive"],
      {
        environment,
        directory,
      },
    );
    if (result.exitCode !== 0) {
      throw new StackError(
        `the stack ${stack} can't be made: ${result.stderr.trim() || result.stdout.trim()}`,
      );
    }
    earlier = await readYaml(file);
  }
  const { encryptionsalt } = earlier;
  const config = isRecord(settings.config) ? withoutSecrets(settings.config, copy) : {};
  await writeFile(file, stringify({ ...(encryptionsalt !== undefined && { encryptionsalt }), config }));
  for (const key of copy.omittedSecrets) {
    const args = ["config", "set", "--secret", key, "stand-in", "--stack", stack, "--config-file", file];
    const result = await run(engine.path, [...args, "--non-interactive"], { environment, directory });
    if (result.exitCode !== 0) throw new StackError(`${key} can't be set: ${result.stderr.trim()}`);
  }
  return file;
}

/** Only the stack's own key opens them. */
function withoutSecrets(config: Properties, { project, omittedSecrets }: StackCopy): Properties {
  return Object.fromEntries(
    Object.entries(config).filter(([key]) => !omittedSecrets.includes(fullKey(project, key))),
  );
}

async function readYaml(file: string): Promise<Properties> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  const content: unknown = parse(text);
  return isRecord(content) ? content : {};
}
