import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Engine } from "../../tools/engine/find.ts";
import type { Workspace } from "./workspace.ts";

/** Packages whose plugin is the local OCI's. */
const packages = ["oci", "docker-build"] as const;

/** Above every version that a program or a state may ask for: the engine's search takes the highest one. */
const everyVersion = "999.0.0";

/**
 * Installs the local OCI's plugins, and the language host if the CLI has none, as the engine finds plugins: an executable
 * `plugins/<kind>-<name>-v<version>/pulumi-<kind>-<name>` in Pulumi's home. Each starts the one of this repository; it is
 * written anew when the repository was moved.
 */
export async function installPlugins(
  { languageHost }: Pick<Engine, "languageHost">,
  { home }: Pick<Workspace, "home">,
): Promise<void> {
  const folder = join(home, "plugins");
  for (const name of packages) {
    const executable = join(import.meta.dirname, "../plugin/bin", `pulumi-resource-${name}`);
    for (const version of [installedVersion(name), everyVersion]) {
      await install(folder, `resource-${name}`, version, executable);
    }
  }
  if (languageHost !== undefined) await install(folder, "language-nodejs", everyVersion, languageHost);
  else await rm(join(folder, `language-nodejs-v${everyVersion}`), { recursive: true, force: true });
}

/** What a CLI without the search for higher versions asks for. */
function installedVersion(name: string): string {
  const { version } = createRequire(import.meta.url)(`@pulumi/${name}/package.json`) as { version: string };
  return version;
}

async function install(folder: string, plugin: string, version: string, executable: string): Promise<void> {
  const directory = join(folder, `${plugin}-v${version}`);
  const file = join(directory, `pulumi-${plugin}`);
  const script = `#!/bin/sh\nexec '${executable.replaceAll("'", `'\\''`)}' "$@"\n`;
  if ((await readFile(file, "utf8").catch(() => "")) === script) return;
  await mkdir(directory, { recursive: true });
  // Renamed into place: another command may start it meanwhile.
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, script, { mode: 0o755 });
  await rename(draft, file);
}
