import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run } from "./command.ts";
import { minimumVersion, type Surroundings, type Way } from "./types.ts";
import { isAtLeast, versionIn } from "./version.ts";

/** The `pulumi` of the PATH, when its version will do. */
export function onPath({ environment, cacheFolder }: Surroundings): Way {
  return {
    name: "pulumi on the PATH",
    async find() {
      const path = executableOnPath("pulumi", environment.PATH ?? "");
      if (path === undefined) return { why: "there is none" };
      // The CLI writes logs even for this; not into the user's home.
      const PULUMI_HOME = join(cacheFolder, "home");
      const { stdout } = await run(path, ["version"], { environment: { ...environment, PULUMI_HOME } });
      const version = versionIn(stdout);
      if (version === undefined) return { why: `${path} version doesn't answer a version` };
      if (isAtLeast(version, minimumVersion)) return { path, version, from: "PATH" };
      return { why: `${path} is ${version}, older than ${minimumVersion}` };
    },
  };
}

/** The first executable file of that name. */
export function executableOnPath(name: string, path: string): string | undefined {
  return path
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
