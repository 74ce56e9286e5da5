import { mkdir } from "node:fs/promises";
import { delimiter, join, resolve } from "node:path";
import type { Engine } from "../../tools/engine/find.ts";
import { addressVariable } from "../plugin/address.ts";

/** Folder of everything that local runs keep: `.local`, or what `OCI_SERVERLESS_API_LOCAL` says. */
export const localFolder = resolve(
  process.env.OCI_SERVERLESS_API_LOCAL || join(import.meta.dirname, "../../.local"),
);

/** Where Pulumi keeps what it keeps: none of it in the user's home. */
export interface Workspace {
  /** Pulumi's home: credentials, plugins, work spaces. */
  home: string;
  /** File backend: states of all stacks. */
  backend: string;
  /** Copies of stack files, by project. */
  projects: string;
}

/** Protects nothing: what a local stack encrypts are made-up values. */
const passphrase = "local";

export async function openWorkspace(folder: string): Promise<Workspace> {
  const workspace = {
    home: join(folder, "home"),
    backend: join(folder, "backend"),
    projects: join(folder, "projects"),
  };
  for (const path of Object.values(workspace)) await mkdir(path, { recursive: true });
  return workspace;
}

/** Holds `pulumi-resource-oci` and `pulumi-resource-docker-build`. */
export const pluginFolder = join(import.meta.dirname, "../plugin/bin");

/** Variables of the user's shell that must not reach the engine: logins, credentials, other places. */
const foreign = /^(PULUMI_|OCI_|TF_VAR_|CLIENT_HOST_OVERRIDES$|USE_.*OCI|DOCKER_)/;

/** What the engine runs with. */
export function engineEnvironment(
  engine: Pick<Engine, "pathFolders">,
  workspace: Workspace,
  url: string,
  shell: Readonly<Record<string, string | undefined>> = process.env,
): Record<string, string> {
  const kept = Object.entries(shell).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !foreign.test(entry[0]),
  );
  return {
    ...Object.fromEntries(kept),
    PATH: [pluginFolder, ...engine.pathFolders, shell.PATH ?? ""].join(delimiter),
    ...pulumiVariables(workspace),
    // Else each step writes the whole state twice. The backend replaces the file by renaming, so no copy is needed.
    PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
    [addressVariable]: url,
  };
}

/** Variables that keep Pulumi to the workspace. */
export function pulumiVariables(workspace: Workspace): Record<string, string> {
  return {
    PULUMI_HOME: workspace.home,
    PULUMI_BACKEND_URL: `file://${workspace.backend}`,
    PULUMI_CONFIG_PASSPHRASE: passphrase,
    PULUMI_IGNORE_AMBIENT_PLUGINS: "false",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
}
