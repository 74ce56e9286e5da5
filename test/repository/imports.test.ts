import { dirname, join } from "node:path/posix";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { sourceFiles } from "./tracked.ts";

interface Import {
  from: string;
  /** The package, or the file from the repository's folder. */
  to: string;
}

const files = sourceFiles();
const imports: Import[] = files.flatMap(({ path, text }) =>
  ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => ({
    from: path,
    to: fileName.startsWith(".") ? join(dirname(path), fileName) : fileName,
  })),
);

/** Room, what it doesn't import. */
const rules: [room: string, files: RegExp, forbidden: RegExp][] = [
  [
    "components/model imports no Pulumi and nothing beside itself but zod",
    /^components\/model\//,
    /^(?!components\/model\/|node:|zod$)/,
  ],
  [
    "components imports neither emulator nor local",
    /^components\//,
    /^(emulator|local|test|tools|settings|functions)\b/,
  ],
  [
    "emulator imports nothing of the product and nothing of Pulumi",
    /^emulator\//,
    /^(components|local|settings|functions|test|tools|index\.ts|@pulumi)\b/,
  ],
  [
    "functions imports nothing of the rest",
    /^functions\//,
    /^(components|emulator|local|settings|test|tools|index\.ts|@pulumi)\b/,
  ],
  [
    "rules of the policy pack import the model and zod, nothing of Pulumi",
    /^policy\/(?!pack\.ts$|policy\.ts$)/,
    /^(?!policy\/|components\/model\/|node:|zod$)/,
  ],
  [
    "settings imports neither emulator nor local",
    /^settings/,
    /^(emulator|local|functions|test|tools|index\.ts)\b/,
  ],
  [
    "the program imports settings and components only",
    /^index\.ts$/,
    /^(?!settings\.ts$|components\/index\.ts$)/,
  ],
  [
    "local imports no tests, and of the tools only the engine's",
    /^local\//,
    /^(test|bench|tools\/(?!engine\/))\b/,
  ],
];

describe("the import rule", () => {
  it("sees the imports", () => {
    expect(imports).toContainEqual({ from: "index.ts", to: "settings.ts" });
    expect(imports).toContainEqual({ from: "settings.ts", to: "@pulumi/pulumi" });
  });

  it.each(rules)("%s", (_, room, forbidden) => {
    const broken = imports.filter(({ from, to }) => room.test(from) && forbidden.test(to));
    expect(broken.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  it("the provider is imported by sub-path, for the whole of it takes seconds", () => {
    const whole = imports.filter(({ to }) => to === "@pulumi/oci" || to === "@pulumi/oci/index.js");
    expect(whole.map(({ from }) => from)).toEqual([]);
    const namespaces = files.filter(({ text }) => /import \* as \w+ from "@pulumi\/oci/.test(text));
    expect(namespaces.map(({ path }) => path)).toEqual([]);
  });

  it("relative imports name a file that exists", () => {
    const known = new Set(files.map(({ path }) => path));
    const missing = imports.filter(
      ({ to }) => /^[a-z]+\/.*\.ts$/.test(to) && !to.startsWith("node_modules") && !known.has(to),
    );
    expect(missing.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });
});
