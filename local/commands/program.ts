import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { readProject, readProjectFile } from "../project.ts";
import type { Properties } from "../values.ts";

/** A Pulumi program with one of its stacks, as the engine is to run it. */
export interface Program {
  directory: string;
  project: string;
  stack: string;
  /** Content of the stack file, or of one that it would need here. */
  settings: Properties;
  /** Every value as text by its full key. */
  config: Readonly<Record<string, string>>;
  omittedSecrets: readonly string[];
}

/**
 * Reads a project and its stack file, without writing either. A program without a file for the stack gets the local
 * OCI's region and tenancy.
 *
 * @throws {@link ProjectError}
 */
export async function readProgram(
  directory: string,
  stack: string,
  own: { region: string; tenancyId: string },
): Promise<Program> {
  const folder = resolve(directory);
  const file = join(folder, `Pulumi.${stack}.yaml`);
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text !== undefined) {
    const { name: project, config, omittedSecrets } = await readProject(folder, stack);
    return { directory: folder, project, stack, settings: parse(text) ?? {}, config, omittedSecrets };
  }
  const config = { "oci:region": own.region, "oci:tenancyOcid": own.tenancyId };
  const { name: project } = await readProjectFile(folder);
  return { directory: folder, project, stack, settings: { config }, config, omittedSecrets: [] };
}
