import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { builtFile, downloadedFile } from "../../tools/engine/cache.ts";
import { cacheFolder, firstOf, languageHostFor, standInHost, waysOf } from "../../tools/engine/find.ts";
import { withLock } from "../../tools/engine/lock.ts";
import { isAtLeast, versionIn } from "../../tools/engine/version.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "find-test-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** An executable shell script. */
function script(path: string, text: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
  return path;
}

/** Surroundings whose PATH holds only what a test puts into `bin`. */
function surroundings() {
  const progress: string[] = [];
  const bin = join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  const environment = { PATH: bin, HOME: folder };
  const cache = join(folder, "cache");
  return {
    bin,
    cache,
    progress,
    all: { environment, cacheFolder: cache, onProgress: progress.push.bind(progress) },
  };
}

const go = (build: string) => `
case "$1" in
  env) echo go1.26.0 ;;
  build) ${build} ;;
esac`;
const goBuilds = go(
  'while [ "$1" != -o ]; do shift; done; echo compiled >&2; echo "#!/bin/sh" > "$2"; /bin/chmod 755 "$2"',
);
const npmFails = "echo 'pulumi: fetch failed' >&2; exit 1";
const npmDownloads = `
mkdir() { /bin/mkdir "$@"; }
bin="$PULUMI_HOME/versions/3.265.0/bin"; mkdir -p "$bin"; echo "#!/bin/sh" > "$bin/pulumi"; /bin/chmod 755 "$bin/pulumi"`;

describe("a Pulumi CLI is looked for", () => {
  it("first on the PATH", async () => {
    const { bin, cache, all } = surroundings();
    const path = script(join(bin, "pulumi"), "echo v3.260.1");
    script(builtFile(cache), "");
    script(join(bin, "npm"), npmDownloads);
    expect(await firstOf(waysOf(all))).toEqual({ path, version: "3.260.1", from: "PATH" });
  });

  it("then in the cache, when the one of the PATH is too old; what was downloaded counts before what was built", async () => {
    const { bin, cache, progress, all } = surroundings();
    script(join(bin, "pulumi"), "echo v3.252.9");
    const built = script(builtFile(cache), "");
    expect(await firstOf(waysOf(all))).toEqual({ path: built, version: "3.253.0", from: "cache" });
    const downloaded = script(downloadedFile(cache), "");
    expect(await firstOf(waysOf(all))).toEqual({ path: downloaded, version: "3.265.0", from: "cache" });
    expect(progress).toEqual([]);
  });

  it("then by npm, once", async () => {
    const { bin, cache, progress, all } = surroundings();
    script(join(bin, "npm"), npmDownloads);
    script(join(bin, "go"), goBuilds);
    const path = downloadedFile(cache);
    expect(await firstOf(waysOf(all))).toEqual({ path, version: "3.265.0", from: "download" });
    expect(await firstOf(waysOf(all))).toEqual({ path, version: "3.265.0", from: "cache" });
    expect(progress).toEqual(["Looking for a download of the Pulumi CLI 3.265.0 …"]);
  });

  it("then by a build with Go, once, also when two ask at the same time", async () => {
    const { bin, cache, progress, all } = surroundings();
    script(join(bin, "npm"), npmFails);
    script(join(bin, "go"), goBuilds);
    const path = builtFile(cache);
    const both = await Promise.all([firstOf(waysOf(all)), firstOf(waysOf(all))]);
    expect(both.map(({ from }) => from).sort()).toEqual(["build", "cache"]);
    expect(await firstOf(waysOf(all))).toEqual({ path, version: "3.253.0", from: "cache" });
    expect(progress.filter((line) => line.startsWith("Building"))).toEqual([
      `Building the Pulumi CLI 3.253.0 with Go: once, about three minutes on two cores. Kept as ${path}`,
    ]);
  });

  it("throws when no way leads to one, and names each", async () => {
    const { bin, cache, all } = surroundings();
    script(join(bin, "pulumi"), "echo v3.200.0");
    script(join(bin, "npm"), npmFails);
    script(join(bin, "go"), go("echo 'no module' >&2; exit 1"));
    await expect(firstOf(waysOf(all))).rejects.toThrow(
      [
        "There is no Pulumi CLI, and none can be had:",
        `  ✖ pulumi on the PATH: ${join(bin, "pulumi")} is 3.200.0, older than 3.253.0`,
        `  ✖ the cache ${cache}: it holds no CLI`,
        "  ✖ the npm package pulumi: pulumi: fetch failed",
        "  ✖ a build with Go: go build failed: no module",
        "Cure: install it (https://www.pulumi.com/docs/install/) or Go, and run the command again.",
      ].join("\n"),
    );
  });

  it("throws when there are neither npm nor Go, or Go is too old", async () => {
    const { bin, all } = surroundings();
    await expect(firstOf(waysOf(all))).rejects.toThrow(
      "✖ a build with Go: there is no go on the PATH (1.25.11 or newer)",
    );
    const path = script(join(bin, "go"), "echo go1.24.2");
    await expect(firstOf(waysOf(all))).rejects.toThrow(
      `✖ a build with Go: ${path} is 1.24.2, older than 1.25.11`,
    );
  });
});

describe("around the CLI", () => {
  it("the stand-in language host is used only where there is no official one", () => {
    const { bin } = surroundings();
    const path = script(join(folder, "release/pulumi"), "");
    const link = join(bin, "pulumi");
    symlinkSync(path, link);
    expect(languageHostFor({ path: link }, { PATH: bin })).toBe(standInHost);
    const official = script(join(bin, "pulumi-language-nodejs"), "");
    expect(languageHostFor({ path: link }, { PATH: bin })).toBe(official);
    script(join(folder, "release/pulumi-language-nodejs"), "");
    expect(languageHostFor({ path: link }, { PATH: bin })).toBe(undefined);
  });

  it.each([
    [{ OCI_SERVERLESS_API_CACHE: "/c", XDG_CACHE_HOME: "/x" }, "/c"],
    [{ XDG_CACHE_HOME: "/x" }, "/x/oci-serverless-api"],
  ])("the cache folder of %j is %s", (environment, expected) => {
    expect(cacheFolder(environment)).toBe(expected);
  });

  it.each([
    ["3.253.0", true],
    ["3.254", true],
    ["4.0.0", true],
    ["3.252.99", false],
    ["3.99.0", false],
  ])("version %s is new enough: %s", (version, expected) => {
    expect(isAtLeast(version, "3.253.0")).toBe(expected);
    expect(versionIn(`v${version}\n`)).toBe(version);
  });

  it("a lock whose owner died doesn't hold anybody up", async () => {
    const lock = join(folder, "lock");
    mkdirSync(lock);
    writeFileSync(join(lock, "pid"), "2147483646");
    expect(await withLock(lock, async () => "done")).toBe("done");
  });
});
