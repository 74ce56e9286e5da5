import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { isAbsolute, join, relative } from "node:path";
import { buildSync, type Message } from "esbuild";
import { parse } from "yaml";
import type { Problem } from "./model/problems.ts";

/** A function's code as it is copied into its image and run locally. */
export interface Bundle {
  /** Folder with `func.js`, `func.yaml`, `Dockerfile` and `package.json`, relative to the project. */
  directory: string;
  /** 16 hexadecimal digits that change whenever a file of the folder does. */
  contentHash: string;
}

export interface BundleArgs {
  /** The function's folder, relative to the project. */
  source: string;
  /** Where the bundle is written to, relative to the project: `.build/functions/api/hello`. */
  directory: string;
  /** Where the function stands in the arguments: `functions.hello`. */
  at: string;
  /** @default - the working directory, which Pulumi sets to the project's */
  projectDirectory?: string;
}

/** Version of Node.js that functions run on ("Languages Supported by OCI Functions"). */
const target = "node22";

/**
 * Bundles a function's `func.ts` into one file and lays it with `func.yaml` and `Dockerfile` into a folder, at once.
 * The same sources give the same bytes; the source map is inside, with paths relative to the bundle.
 */
export function bundleFunction(args: BundleArgs): Bundle | readonly Problem[] {
  const project = args.projectDirectory ?? process.cwd();
  const problems = checkSource(args, project);
  if (problems.length > 0) return problems;
  const code = buildCode(args, project);
  if (typeof code !== "string") return code;
  const files: Readonly<Record<string, string>> = {
    Dockerfile: readFileSync(join(project, args.source, "Dockerfile"), "utf8"),
    "func.js": code,
    "func.yaml": readFileSync(join(project, args.source, "func.yaml"), "utf8"),
    // The project's package.json would make func.js an ES module where the bundle runs in place.
    "package.json": '{ "private": true, "type": "commonjs" }\n',
  };
  writeFiles(join(project, args.directory), files);
  return { directory: args.directory, contentHash: hashOf(files) };
}

function checkSource({ source, at }: BundleArgs, project: string): Problem[] {
  const problem = (message: string): Problem => ({ rule: "function-source", key: `${at}.source`, message });
  if (isAbsolute(source)) {
    const message = `is "${source}"; must be a path from the project's folder: ${JSON.stringify(relative(project, source))}`;
    return [problem(message)];
  }
  const folder = join(project, source);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    return [problem(`there is no folder "${source}" in the project; for example "./functions/hello"`)];
  }
  const missing = ["func.ts", "func.yaml", "Dockerfile"].filter(
    (file) => !statSync(join(folder, file), { throwIfNoEntry: false })?.isFile(),
  );
  if (missing.length > 0) {
    return missing.map((file) =>
      problem(`"${source}" has no ${file}; see functions/hello for one that works`),
    );
  }
  const runtime = readRuntime(join(folder, "func.yaml"));
  if (/^node\d*$/.test(runtime)) return [];
  const message = `${relative(project, join(folder, "func.yaml"))} has ${runtime === "" ? "no runtime" : `the runtime "${runtime}"`}; only functions for Node.js are built from source: for others build an image and give "image"`;
  return [problem(message)];
}

function readRuntime(path: string): string {
  try {
    const value: unknown = parse(readFileSync(path, "utf8"))?.runtime;
    return typeof value === "string" ? value : "";
  } catch {
    return "";
  }
}

function buildCode({ source, directory, at }: BundleArgs, project: string): string | readonly Problem[] {
  try {
    const { outputFiles } = buildSync({
      absWorkingDir: project,
      entryPoints: [join(source, "func.ts")],
      outfile: join(directory, "func.js"),
      bundle: true,
      platform: "node",
      format: "cjs",
      target,
      charset: "utf8",
      sourcemap: "inline",
      tsconfigRaw: {},
      logLevel: "silent",
      write: false,
    });
    return outputFiles[0]?.text ?? "";
  } catch (error) {
    const { errors } = error as { errors?: readonly Message[] };
    if (errors === undefined) throw error;
    return errors.map(({ text, location }) => {
      const where = location === null ? source : `${location.file}:${location.line}:${location.column + 1}`;
      return { rule: "function-source", key: `${at}.source`, message: `${where}: ${text}` };
    });
  }
}

/** Writes what differs, each file at once, and takes away what isn't part of the bundle. */
function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    if (!Object.hasOwn(files, name) && !name.endsWith(".tmp"))
      rmSync(join(folder, name), { recursive: true });
  }
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    if (statSync(path, { throwIfNoEntry: false })?.isFile() && readFileSync(path, "utf8") === content)
      continue;
    const temporary = `${path}.${process.pid}.tmp`;
    writeFileSync(temporary, content, { mode: 0o644 });
    renameSync(temporary, path);
  }
}

function hashOf(files: Readonly<Record<string, string>>): string {
  const hash = createHash("sha256");
  for (const [name, content] of Object.entries(files))
    hash.update(`${name}\0${content.length}\0${content}\0`);
  return hash.digest("hex").slice(0, 16);
}
