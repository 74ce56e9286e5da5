import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { root } from "../docs/tree.ts";

/** What the packed pack leaves to the project that takes it. */
const left = ["@pulumi/policy", "@pulumi/pulumi"];

/**
 * Writes the policy pack as a folder that runs without this repository: one JavaScript file with the rules and what of
 * the model they rest on, and Pulumi's SDKs as its only dependencies.
 *
 * @param folder - new or empty, or an earlier pack
 * @returns the files, by name
 * @throws when the folder holds something else
 */
export async function packPolicies(folder: string): Promise<readonly string[]> {
  const files: Readonly<Record<string, string>> = {
    "PulumiPolicy.yaml": readFileSync(join(root, "policy/PulumiPolicy.yaml"), "utf8"),
    "index.js": await bundle(),
    "package.json": `${JSON.stringify(manifest(), undefined, 2)}\n`,
  };
  const others = statSync(folder, { throwIfNoEntry: false }) === undefined ? [] : foreignFiles(folder, files);
  if (others.length > 0) {
    throw new Error(`${folder} holds ${others.join(", ")}, which no policy pack does; name a new folder`);
  }
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return Object.keys(files);
}

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(root, "policy/pack.ts")],
    bundle: true,
    write: false,
    platform: "node",
    // The SDK's entry point requires it.
    format: "cjs",
    target: "node20",
    external: left,
    legalComments: "inline",
  });
  return outputFiles[0]?.text ?? "";
}

function manifest() {
  const { name, version, license } = JSON.parse(readFileSync(join(root, "policy/package.json"), "utf8"));
  const own = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const known: Record<string, string> = { ...own.dependencies, ...own.devDependencies };
  return {
    name,
    version,
    license,
    main: "index.js",
    dependencies: Object.fromEntries(left.map((one) => [one, known[one]])),
  };
}

function foreignFiles(folder: string, files: Readonly<Record<string, string>>): string[] {
  const own = [...Object.keys(files), "node_modules", "package-lock.json"];
  return readdirSync(folder).filter((name) => !own.includes(name));
}
