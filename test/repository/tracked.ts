import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../tools/docs/tree.ts";

export interface TrackedFile {
  path: string;
  text: string;
}

/** Paths of the repository's files: those that git tracks, and new ones that it doesn't ignore. */
export function paths(): string[] {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  });
  return [...new Set(listed.split("\0"))].filter((path) => path !== "").sort();
}

/** The repository's text files that exist. */
export function trackedFiles(isWanted: (path: string) => boolean): TrackedFile[] {
  return paths().flatMap((path) => {
    if (!isWanted(path)) return [];
    try {
      return [{ path, text: readFileSync(join(root, path), "utf8") }];
    } catch (error) {
      // Deleted, but not committed yet.
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
      throw error;
    }
  });
}

/** All TypeScript of the repository. */
export function sourceFiles(): TrackedFile[] {
  return trackedFiles((path) => path.endsWith(".ts") && !path.startsWith("test/fixtures/"));
}
