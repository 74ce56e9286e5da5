import { realpathSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { buildByGo } from "./build.ts";
import { cached } from "./cache.ts";
import { downloadByNpm } from "./download.ts";
import { executableOnPath, isExecutable, onPath } from "./path.ts";
import type { Cli, Surroundings, Way } from "./types.ts";

/** There is no CLI and none can be had; the message names each way and what it failed at. */
export class NoCliError extends Error {
  override readonly name = "NoCliError";
}

/** A CLI with the language host that has to be installed for it. */
export interface Engine extends Cli {
  /** Executable; `undefined` when the CLI has its own beside it. */
  languageHost: string | undefined;
}

/**
 * Finds a Pulumi CLI: on the PATH, in the cache, by the download of the npm package `pulumi`, or by building it with Go.
 *
 * @throws {@link NoCliError}
 */
export async function findEngine(onProgress: (line: string) => void = () => {}): Promise<Engine> {
  const environment = process.env;
  const surroundings = { environment, cacheFolder: cacheFolder(environment), onProgress };
  const cli = await firstOf(waysOf(surroundings));
  return { ...cli, languageHost: languageHostFor(cli, environment) };
}

export function waysOf(surroundings: Surroundings): readonly Way[] {
  return [onPath(surroundings), cached(surroundings), downloadByNpm(surroundings), buildByGo(surroundings)];
}

/** Tries the ways in their order. */
export async function firstOf(ways: readonly Way[]): Promise<Cli> {
  const reasons: string[] = [];
  for (const way of ways) {
    const found = await way.find();
    if (!("why" in found)) return found;
    reasons.push(`  ✖ ${way.name}: ${found.why}`);
  }
  throw new NoCliError(
    [
      "There is no Pulumi CLI, and none can be had:",
      ...reasons,
      "Cure: install it (https://www.pulumi.com/docs/install/) or Go, and run the command again.",
    ].join("\n"),
  );
}

/**
 * Folder that survives `npm ci`: `OCI_SERVERLESS_API_CACHE`, else `oci-serverless-api` in `XDG_CACHE_HOME` or `~/.cache`.
 */
export function cacheFolder(environment: Readonly<Record<string, string | undefined>>): string {
  const own = environment.OCI_SERVERLESS_API_CACHE;
  if (own) return own;
  return join(environment.XDG_CACHE_HOME || join(homedir(), ".cache"), "oci-serverless-api");
}

/** The official language host, beside the CLI or on the PATH; the stand-in only where there is none. */
export function languageHostFor(
  cli: Pick<Cli, "path">,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  // The CLI looks beside the file that it was started from, symbolic links resolved.
  if (isExecutable(join(dirname(realpathSync(cli.path)), hostName))) return undefined;
  return executableOnPath(hostName, environment.PATH ?? "") ?? standInHost;
}

const hostName = "pulumi-language-nodejs";

export const standInHost = join(import.meta.dirname, "language/bin", hostName);
