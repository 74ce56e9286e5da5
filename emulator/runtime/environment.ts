import type { FunctionDefinition } from "./types.ts";

/** Marks every process of an instance, also those that left its process group. */
export const INSTANCE_MARKER = "FN_EMULATOR_INSTANCE";

/**
 * The whole environment of a function's process, built from nothing: what the emulator itself was started with
 * (credentials above all) never reaches a function. Names as a container of the service sees them.
 */
export function buildEnvironment(
  definition: FunctionDefinition,
  instance: { marker: string; socketPath: string; temporaryDirectory: string },
  resourcePrincipal: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const config = Object.entries(definition.config).filter(([key]) => !isReserved(key));
  return {
    PATH: "/usr/local/bin:/usr/bin:/bin",
    HOME: instance.temporaryDirectory,
    TMPDIR: instance.temporaryDirectory,
    ...Object.fromEntries(config),
    FN_LISTENER: `unix:${instance.socketPath}`,
    FN_FORMAT: "http-stream",
    FN_FN_ID: definition.id,
    FN_FN_NAME: definition.displayName,
    FN_APP_ID: definition.applicationId,
    FN_APP_NAME: definition.applicationName,
    FN_MEMORY: String(definition.memoryInMBs),
    FN_CPUS: cpuShare(definition.memoryInMBs),
    FN_TYPE: "sync",
    [INSTANCE_MARKER]: instance.marker,
    ...resourcePrincipal,
  };
}

function isReserved(key: string): boolean {
  return /^(FN|OCI_RESOURCE_PRINCIPAL)_/.test(key);
}

/** Thousandths of a processor. */
// unverified: FN_CPUS grows with memory, 100m for each 128 MB; one value, 100m, has been seen
function cpuShare(memoryInMBs: number): string {
  return `${Math.round((memoryInMBs / 128) * 100)}m`;
}
