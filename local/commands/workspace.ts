import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { addressVariable } from "../plugin/address.ts";

/** Folder of everything that local runs keep: `.local`, or what `OCI_SERVERLESS_API_LOCAL` says. */
export const localFolder = resolve(
  process.env.OCI_SERVERLESS_API_LOCAL || join(import.meta.dirname, "../../.local"),
);

/** Where Pulumi keeps what it keeps: none of it in the user's home. */
export interface Workspace {
  /** Pulumi's home for our commands, with the plugins for the local OCI. */
  home: string;
  /** Pulumi's home for a `pulumi` that users run themselves: the official provider is installed there. */
  userHome: string;
  /** File backend: states of all stacks. */
  backend: string;
  /** Copies of stack files, by project. */
  projects: string;
}

/** Protects nothing: what a local stack encrypts are made-up values. */
const passphrase = "local";

export async function openWorkspace(folder: string): Promise<Workspace> {
  const workspace = {
    home: join(folder, "engine"),
    userHome: join(folder, "home"),
    backend: join(folder, "backend"),
    projects: join(folder, "projects"),
  };
  for (const path of Object.values(workspace)) await mkdir(path, { recursive: true });
  return workspace;
}

/** Variables of the user's shell that must not reach the engine: logins, credentials, other places. */
const foreign = /^(PULUMI_|OCI_|TF_VAR_|CLIENT_HOST_OVERRIDES$|USE_.*OCI|DOCKER_)/;

/**
 * What the engine runs with.
 *
 * @param choice.isWithoutCheckpoints - the state is written at the end only, not after each step. @default false
 */
export function engineEnvironment(
  workspace: Workspace,
  url: string,
  shell: Readonly<Record<string, string | undefined>> = process.env,
  choice: { isWithoutCheckpoints: boolean } = { isWithoutCheckpoints: false },
): Record<string, string> {
  const kept = Object.entries(shell).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !foreign.test(entry[0]),
  );
  return {
    ...Object.fromEntries(kept),
    ...pulumiVariables(workspace),
    PULUMI_HOME: workspace.home,
    // The plugins are installed there (plugins.ts), and nothing else serves.
    PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
    // One plugin stands for every version that a program or a state asks for.
    PULUMI_ENABLE_LEGACY_PLUGIN_SEARCH: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    // Else each step writes the whole state twice. The backend replaces the file by renaming, so no copy is needed.
    PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
    // Else what loads a policy pack leaves a cache in the system's temporary folder.
    TS_NODE_CACHE: "false",
    ...(choice.isWithoutCheckpoints ? { PULUMI_SKIP_CHECKPOINTS: "true" } : {}),
    [addressVariable]: url,
  };
}

/** Variables that keep every `pulumi` to the workspace. */
export function pulumiVariables(workspace: Workspace): Record<string, string> {
  return {
    // Attributes beside the state serve nobody, cost a checksum at each step, and may be cut off by a kill.
    PULUMI_BACKEND_URL: `file://${workspace.backend}?metadata=skip`,
    PULUMI_CONFIG_PASSPHRASE: passphrase,
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
}
