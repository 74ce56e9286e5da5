import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isExecutable } from "./path.ts";
import type { Surroundings, Way } from "./types.ts";

/** Version that is downloaded; it follows the SDK's. */
export const downloadedVersion = "3.265.0";
/** Version that is built: the newest whose Go module is served by module proxies. */
export const builtVersion = "3.253.0";

/** What was downloaded or built before. */
export function cached({ cacheFolder }: Surroundings): Way {
  return {
    name: `the cache ${cacheFolder}`,
    async find() {
      const candidates = [
        { path: downloadedFile(cacheFolder), version: downloadedVersion },
        { path: builtFile(cacheFolder), version: builtVersion },
      ];
      const found = candidates.find(({ path }) => isExecutable(path));
      return found === undefined ? { why: "it holds no CLI" } : { ...found, from: "cache" };
    },
  };
}

/** Where the npm package `pulumi` puts what it downloads, with {@link downloadHome} as its `PULUMI_HOME`. */
export function downloadedFile(cacheFolder: string): string {
  return join(downloadHome(cacheFolder), "versions", downloadedVersion, "bin", "pulumi");
}

export function downloadHome(cacheFolder: string): string {
  return join(cacheFolder, "download");
}

/** Folder of a build: another one for other sources or another machine. */
export function builtFile(cacheFolder: string): string {
  const hash = createHash("sha256").update(`${process.platform}-${process.arch}-${builtVersion}\n`);
  for (const name of ["go.mod", "go.sum"]) hash.update(readFileSync(join(import.meta.dirname, name)));
  return join(cacheFolder, `engine-${hash.digest("hex").slice(0, 12)}`, "pulumi");
}
