import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { builtFile, builtVersion } from "./cache.ts";
import { lastLines, run } from "./command.ts";
import { withLock } from "./lock.ts";
import { executableOnPath, isExecutable } from "./path.ts";
import type { Surroundings, Way } from "./types.ts";
import { isAtLeast, versionIn } from "./version.ts";

/** As the module's own go.mod says. */
const minimumGo = "1.25.11";
const progressInMs = 10_000;
const versionSymbol = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/** Builds the CLI from its Go module: minutes, once. */
export function buildByGo({ environment, cacheFolder, onProgress }: Surroundings): Way {
  return {
    name: "a build with Go",
    async find() {
      const go = executableOnPath("go", environment.PATH ?? "");
      if (go === undefined) return { why: `there is no go on the PATH (${minimumGo} or newer)` };
      const version = versionIn((await run(go, ["env", "GOVERSION"], { environment })).stdout) ?? "0";
      if (!isAtLeast(version, minimumGo)) return { why: `${go} is ${version}, older than ${minimumGo}` };
      const path = builtFile(cacheFolder);
      await mkdir(dirname(path), { recursive: true });
      return withLock(join(dirname(path), "lock"), async () => {
        if (isExecutable(path)) return { path, version: builtVersion, from: "cache" };
        const why = await build(go, path, environment, onProgress);
        return why === undefined ? { path, version: builtVersion, from: "build" } : { why };
      });
    },
  };
}

async function build(
  go: string,
  path: string,
  environment: Surroundings["environment"],
  onProgress: Surroundings["onProgress"],
): Promise<string | undefined> {
  onProgress(
    `Building the Pulumi CLI ${builtVersion} with Go: once, about three minutes on two cores. Kept as ${path}`,
  );
  const start = performance.now();
  let packages = 0;
  const timer = setInterval(() => {
    const seconds = Math.round((performance.now() - start) / 1000);
    onProgress(`  ${seconds} s, ${packages} packages compiled`);
  }, progressInMs);
  const partial = `${path}.partial`;
  const flags = `-s -w -X ${versionSymbol}=v${builtVersion}`;
  const result = await run(
    go,
    ["build", "-v", "-o", partial, "-ldflags", flags, "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"],
    {
      environment,
      directory: import.meta.dirname,
      onErrorLine: () => {
        packages += 1;
      },
    },
  );
  clearInterval(timer);
  if (result.exitCode === 0) {
    await rename(partial, path);
    onProgress(`  built in ${Math.round((performance.now() - start) / 1000)} s`);
    return undefined;
  }
  await rm(partial, { force: true });
  return `go build failed: ${lastLines(result.stderr, 3)}`;
}
