import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { isRecord, type Properties } from "../values.ts";
import { checkProperties, difference } from "./check.ts";
import type { OciClient } from "./http.ts";
import type { SpecialResource } from "./special.ts";
import type { CheckFailure } from "./types.ts";

const properties = {
  addHosts: "list",
  buildArgs: "map",
  buildOnPreview: "boolean",
  builder: "object",
  cacheFrom: "list",
  cacheTo: "list",
  context: "object",
  dockerfile: "object",
  exec: "boolean",
  exports: "list",
  ignoreSecretsInDiffCalculation: "list",
  labels: "map",
  load: "boolean",
  network: "string",
  noCache: "boolean",
  platforms: "list",
  pull: "boolean",
  push: "boolean",
  registries: "list",
  secrets: "map",
  ssh: "list",
  tags: "list",
  target: "string",
} as const;

/**
 * `docker-build:index:Image` without Docker: the digest is taken over the files of the build context, and the
 * emulator is told which folder the image's tags stand for. Nothing is built and nothing is pushed.
 *
 * @param projectDirectory - Folder that a relative `context.location` starts from.
 */
export function createImages(client: OciClient, projectDirectory: string): SpecialResource {
  async function register(inputs: Properties) {
    const directory = resolve(projectDirectory, locationOf(inputs) ?? ".");
    const contextHash = await hashFolder(directory);
    const digest = `sha256:${contextHash}`;
    const tags = tagsOf(inputs);
    for (const image of tags) {
      await client.call("PUT", "/_emulator/images", { body: { image, digest, directory } });
    }
    return { ...inputs, digest, contextHash, ref: `${tags[0]}@${digest}` };
  }

  return {
    check: (inputs) => [...checkProperties(properties, inputs), ...checkImage(inputs)],
    diff: (oldInputs, newInputs) => difference({ createOnly: [] }, oldInputs, newInputs),
    async create(inputs) {
      const outputs = await register(inputs);
      return { id: outputs.digest, outputs };
    },
    read: async (_id, inputs) => (locationOf(inputs) === undefined ? undefined : register(inputs)),
    update: (_id, inputs) => register(inputs),
    // The emulator keeps images as a registry does: deleting the resource leaves what was pushed.
    delete: async () => {},
  };
}

function checkImage(inputs: Properties): CheckFailure[] {
  const failures: CheckFailure[] = [];
  if (locationOf(inputs) === undefined) {
    failures.push({ property: "context", reason: "needs a location: the folder of the function's bundle" });
  }
  if (tagsOf(inputs).length === 0) failures.push({ property: "tags", reason: "needs at least one tag" });
  if (inputs.push === false) {
    failures.push({
      property: "push",
      reason: "must be true: an image that isn't pushed can't run as a function",
    });
  }
  return failures;
}

function locationOf(inputs: Properties): string | undefined {
  const location = isRecord(inputs.context) ? inputs.context.location : undefined;
  return typeof location === "string" ? location : undefined;
}

function tagsOf(inputs: Properties): string[] {
  return Array.isArray(inputs.tags) ? inputs.tags.map(String) : [];
}

/** SHA-256 over names and contents of all files of a folder, in the order of their names. */
async function hashFolder(directory: string): Promise<string> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => {
    throw new Error(`the build context ${directory} isn't a readable folder`);
  });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const hash = createHash("sha256");
  for (const file of files) {
    const content = await readFile(file);
    hash.update(`${relative(directory, file).replaceAll(sep, "/")}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}
