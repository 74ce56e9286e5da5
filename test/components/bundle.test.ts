import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bundleFunction } from "../../components/bundle.ts";
import { bundleSources } from "../../components/function-image.ts";

let project = "";

beforeEach(() => {
  project = makeProject();
});
afterEach(() => {
  rmSync(project, { recursive: true, force: true });
});

function makeProject(): string {
  const folder = mkdtempSync(join(tmpdir(), "bundle-"));
  cpSync("functions", join(folder, "functions"), { recursive: true });
  symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
  return folder;
}

function bundle(projectDirectory = project, source = "./functions/hello") {
  const directory = ".build/functions/api/hello";
  return bundleFunction({ source, directory, at: "functions.hello", projectDirectory });
}

function edit(file: string, content: string): void {
  writeFileSync(join(project, "functions/hello", file), content);
}

describe("bundleFunction", () => {
  it("lays code, func.yaml, Dockerfile and package.json into the folder", () => {
    expect(bundle()).toEqual({
      directory: ".build/functions/api/hello",
      contentHash: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
    const folder = join(project, ".build/functions/api/hello");
    expect(readdirSync(folder).sort()).toEqual(["Dockerfile", "func.js", "func.yaml", "package.json"]);
    expect(readFileSync(join(folder, "package.json"), "utf8")).toBe(
      '{ "private": true, "type": "commonjs" }\n',
    );
    expect(readFileSync(join(folder, "Dockerfile"), "utf8")).toBe(
      readFileSync("functions/hello/Dockerfile", "utf8"),
    );
  });

  it("gives the same bytes in another folder, and names no folder of this machine", () => {
    const other = makeProject();
    try {
      expect(bundle(other)).toEqual(bundle());
      const code = readFileSync(join(project, ".build/functions/api/hello/func.js"), "utf8");
      expect(code).toBe(readFileSync(join(other, ".build/functions/api/hello/func.js"), "utf8"));
      const map = JSON.parse(Buffer.from(code.split("base64,").at(-1) ?? "", "base64").toString());
      expect(map.sources).toContain("../../../../functions/hello/handler.ts");
      expect(code).not.toContain(project);
      expect(JSON.stringify(map.sources)).not.toContain(tmpdir());
    } finally {
      rmSync(other, { recursive: true, force: true });
    }
  });

  it("changes the hash with any file, and writes only what differs", () => {
    const first = bundle();
    const path = join(project, ".build/functions/api/hello/func.js");
    const written = statSync(path).ino;
    edit("Dockerfile", "FROM fnproject/node:22\n");
    const second = bundle();
    expect(second).not.toEqual(first);
    expect(statSync(path).ino).toBe(written);
    edit("func.ts", "console.log(1);\n");
    expect(bundle()).not.toEqual(second);
    expect(statSync(path).ino).not.toBe(written);
  });

  it("takes away what an earlier bundle left", () => {
    const folder = join(project, ".build/functions/api/hello");
    mkdirSync(join(folder, "old"), { recursive: true });
    bundle();
    expect(readdirSync(folder)).not.toContain("old");
  });
});

describe("[function-source]", () => {
  const key = "functions.hello.source";
  const rule = "function-source";

  it("[function-source] refuses a folder that isn't there", () => {
    rmSync(join(project, "functions/hello"), { recursive: true });
    const message = 'there is no folder "./functions/hello" in the project; for example "./functions/hello"';
    expect(bundle()).toEqual([{ rule, key, message }]);
  });

  it("[function-source] refuses an absolute path", () => {
    const message = `is "${project}/functions/hello"; must be a path from the project's folder: "functions/hello"`;
    expect(bundle(project, `${project}/functions/hello`)).toEqual([{ rule, key, message }]);
  });

  it("[function-source] names every missing file", () => {
    for (const file of ["func.ts", "func.yaml", "Dockerfile"]) rmSync(join(project, "functions/hello", file));
    expect(bundle()).toEqual(
      ["func.ts", "func.yaml", "Dockerfile"].map((file) => ({
        rule,
        key,
        message: `"./functions/hello" has no ${file}; see functions/hello for one that works`,
      })),
    );
  });

  it.each([
    ["runtime: python\n", 'the runtime "python"'],
    ["name: hello\n", "no runtime"],
    ["{", "no runtime"],
  ])("[function-source] refuses func.yaml %j", (yaml, found) => {
    edit("func.yaml", yaml);
    const message = `functions/hello/func.yaml has ${found}; only functions for Node.js are built from source: for others build an image and give "image"`;
    expect(bundle()).toEqual([{ rule, key, message }]);
  });

  it("[function-source] shows an error in the code with file, line and column", () => {
    edit("func.ts", 'import { a } from "./nothing.ts";\nimport "no-such-package";\na();\n');
    expect(bundle()).toEqual([
      { rule, key, message: 'functions/hello/func.ts:1:19: Could not resolve "./nothing.ts"' },
      { rule, key, message: 'functions/hello/func.ts:2:8: Could not resolve "no-such-package"' },
    ]);
  });
});

it("[function-key] writes and deletes nothing under a key that leads to another folder", () => {
  const key = "../../../no-such-bundle";
  const { bundles } = bundleSources("api-functions", { [key]: { source: "./functions/hello" } });
  expect(bundles).toEqual({});
  expect(existsSync("no-such-bundle")).toBe(false);
});
