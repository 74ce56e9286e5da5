import { describe, expect, it } from "vitest";
import { sourceFiles, trackedFiles } from "./tracked.ts";

describe("the rooms", () => {
  it("no source file is longer than 300 lines, and no test, with its tables, than 600", () => {
    const allowed = (path: string) => (path.startsWith("test/") ? 600 : 300);
    const long = sourceFiles().filter(({ path, text }) => text.trimEnd().split("\n").length > allowed(path));
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  it("the program has at most 40 lines and no `if`", () => {
    const [program] = trackedFiles((path) => path === "index.ts");
    expect(program?.text.trimEnd().split("\n").length).toBeLessThanOrEqual(40);
    expect(program?.text).not.toMatch(/\bif\b|\?\s/);
  });

  it("only settings.ts and the home region's provider read the configuration", () => {
    const readers = sourceFiles().filter(({ path, text }) => {
      return /^(index|settings|components)/.test(path) && /new pulumi\.Config\(|\ballConfig\(/.test(text);
    });
    expect(readers.map(({ path }) => path)).toEqual(["components/home-region.ts", "settings.ts"]);
  });

  it("no file names a path of the machine that it was written on, or a registry's host", () => {
    const home = /(?<![\w.$}-])\/(?:home|root|Users|work)\/[\w.-]+\/|\bC:\\Users\\/;
    const files = trackedFiles((path) => /\.(ts|mjs|js|json|yaml|yml|md)$|^\.ci\/|^\.npmrc$/.test(path));
    const named = files.filter(
      ({ path, text }) => path !== "test/repository/rooms.test.ts" && home.test(text),
    );
    expect(named.map(({ path }) => path)).toEqual([]);
  });

  it("no test is skipped or alone", () => {
    const marks = /\b(?:it|test|describe)\.(?:only|skip|todo)\b/;
    const marked = sourceFiles().filter(({ path, text }) => path.startsWith("test/") && marks.test(text));
    expect(marked.map(({ path }) => path)).toEqual([]);
  });
});
