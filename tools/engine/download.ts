import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { downloadedFile, downloadedVersion, downloadHome } from "./cache.ts";
import { lastLines, run } from "./command.ts";
import { withLock } from "./lock.ts";
import { isExecutable } from "./path.ts";
import type { Surroundings, Way } from "./types.ts";

const timeoutInMs = 5 * 60_000;

/** The npm package `pulumi`, which runs the official installer; into the cache, not into the user's home. */
export function downloadByNpm({ environment, cacheFolder, onProgress }: Surroundings): Way {
  return {
    name: "the npm package pulumi",
    async find() {
      const path = downloadedFile(cacheFolder);
      await mkdir(cacheFolder, { recursive: true });
      return withLock(join(cacheFolder, "download.lock"), async () => {
        if (isExecutable(path)) return { path, version: downloadedVersion, from: "cache" };
        onProgress(`Looking for a download of the Pulumi CLI ${downloadedVersion} …`);
        const { stderr } = await run(
          "npm",
          ["exec", "--yes", `--package=pulumi@${downloadedVersion}`, "--", "pulumi", "version"],
          {
            environment: { ...environment, PULUMI_HOME: downloadHome(cacheFolder) },
            directory: cacheFolder,
            timeoutInMs,
          },
        );
        if (isExecutable(path)) return { path, version: downloadedVersion, from: "download" };
        return { why: lastLines(stderr, 1) || "it downloaded nothing" };
      });
    },
  };
}
