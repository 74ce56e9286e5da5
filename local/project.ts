import { readdir, readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parse, YAMLParseError } from "yaml";
import { isRecord, type Properties } from "./values.ts";

/** A Pulumi project with one of its stacks, as the CLI would hand it to the program. */
export interface Project {
  name: string;
  stack: string;
  /** Folder of `Pulumi.yaml`. */
  directory: string;
  /** Module that the program begins with. */
  main: string;
  /** Every value as text by its full key, `namespace:key`; objects as JSON. */
  config: Readonly<Record<string, string>>;
  secretKeys: readonly string[];
  /** Declared secrets whose encrypted value only the CLI can read; `config` holds a stand-in for them. */
  omittedSecrets: readonly string[];
}

/** The project can't be read; the message lists everything that is wrong. */
export class ProjectError extends Error {
  override readonly name = "ProjectError";
}

/**
 * Reads `Pulumi.yaml` and `Pulumi.<stack>.yaml` as the CLI does ("Pulumi project file reference", "Stack
 * settings file reference"); never writes them.
 *
 * @throws {@link ProjectError} for a missing or malformed file, an unknown stack, an encrypted value.
 */
export async function readProject(directory: string, stack: string): Promise<Project> {
  const { name, ...project } = await readProjectFile(directory);
  const settings = await readStack(directory, stack);
  if (!isRecord(settings.config ?? {})) {
    throw new ProjectError(
      `Pulumi.${stack}.yaml: config must hold keys and values, for example\nconfig:\n  oci:region: eu-frankfurt-1`,
    );
  }
  if (settings.environment !== undefined) {
    throw new ProjectError(
      `Pulumi.${stack}.yaml: environment (Pulumi ESC) isn't supported by the local run; write its values under config`,
    );
  }
  const declared = declaredKeys(name, project.config);
  const { values, omitted } = stackValues(name, stack, settings.config, declared);
  const defaults = [...declared].flatMap(([key, { value }]) =>
    value === undefined ? [] : [[key, value] as const],
  );
  return {
    name,
    stack,
    directory,
    main: await mainModule(directory, project.main),
    config: { ...Object.fromEntries(defaults), ...values },
    secretKeys: [...declared].filter(([, { isSecret }]) => isSecret).map(([key]) => key),
    omittedSecrets: omitted,
  };
}

/** Reads `Pulumi.yaml`. @throws {@link ProjectError} */
export async function readProjectFile(directory: string): Promise<Properties & { name: string }> {
  const file = join(directory, "Pulumi.yaml");
  const project = await readYaml(file);
  if (project === undefined) {
    throw new ProjectError(`${file} is missing: start in the project's folder, or name it with --cwd FOLDER`);
  }
  const { name } = project;
  if (typeof name !== "string" || name === "") throw new ProjectError(`${file}: name is missing`);
  return { ...project, name };
}

async function readStack(directory: string, stack: string): Promise<Properties> {
  const settings = await readYaml(join(directory, `Pulumi.${stack}.yaml`));
  if (settings !== undefined) return settings;
  const names = (await readdir(directory)).flatMap((entry) => /^Pulumi\.(.+)\.ya?ml$/.exec(entry)?.[1] ?? []);
  const stacks = names.length === 0 ? "there is none" : `there are ${names.sort().join(", ")}`;
  throw new ProjectError(
    `no stack "${stack}" (no file Pulumi.${stack}.yaml in ${directory}); ${stacks}. Choose one with --stack`,
  );
}

async function readYaml(file: string): Promise<Properties | undefined> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw new ProjectError(`${file} can't be read: ${error.message}`);
  });
  if (text === undefined) return undefined;
  try {
    const content: unknown = parse(text) ?? {};
    if (isRecord(content)) return content;
  } catch (error) {
    if (error instanceof YAMLParseError) throw new ProjectError(`${file}: ${error.message.trim()}`);
    throw error;
  }
  throw new ProjectError(`${file} must hold keys and values`);
}

interface DeclaredKey {
  /** Value of the project or its default. */
  value: string | undefined;
  isSecret: boolean;
}

/** In the place of a secret that isn't needed on this machine: whether it is set may still decide something. */
const standIn = "encrypted";

/** The `config` block of `Pulumi.yaml`: either a value, or an object that describes the key. */
function declaredKeys(project: string, config: unknown): Map<string, DeclaredKey> {
  const entries = Object.entries(isRecord(config) ? config : {});
  return new Map(
    entries.map(([key, declaration]) => {
      if (!isRecord(declaration))
        return [fullKey(project, key), { value: textOf(declaration), isSecret: false }];
      const value = declaration.value ?? declaration.default;
      const isSecret = declaration.secret === true;
      return [fullKey(project, key), { value: value === undefined ? undefined : textOf(value), isSecret }];
    }),
  );
}

function stackValues(
  project: string,
  stack: string,
  config: unknown,
  declared: ReadonlyMap<string, DeclaredKey>,
): { values: Record<string, string>; omitted: string[] } {
  const values: Record<string, string> = {};
  const omitted: string[] = [];
  const encrypted: string[] = [];
  for (const [typed, value] of Object.entries(isRecord(config) ? config : {})) {
    const key = fullKey(project, typed);
    if (!isEncrypted(value)) values[key] = textOf(value);
    else if (declared.get(key)?.isSecret) {
      omitted.push(key);
      values[key] = standIn;
    } else encrypted.push(typed);
  }
  if (encrypted.length > 0) {
    throw new ProjectError(
      [
        `Pulumi.${stack}.yaml holds encrypted values, which only the Pulumi CLI can read:`,
        ...encrypted.map((key) => `  ✖ ${key}`),
        `Copy the file to Pulumi.<name>.yaml, write made-up plain values for these keys, and start with --stack <name>.`,
      ].join("\n"),
    );
  }
  return { values, omitted };
}

/** `{secure: …}`, at the top or anywhere inside an object. */
function isEncrypted(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isEncrypted);
  if (!isRecord(value)) return false;
  const keys = Object.keys(value);
  return (keys.length === 1 && keys[0] === "secure") || Object.values(value).some(isEncrypted);
}

/** A configuration key with its namespace, the project's where none is written. */
export function fullKey(project: string, key: string): string {
  return key.includes(":") ? key : `${project}:${key}`;
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

async function mainModule(directory: string, main: unknown): Promise<string> {
  const path = resolve(directory, typeof main === "string" ? main : ".");
  const found = await stat(path).catch(() => undefined);
  if (found === undefined)
    throw new ProjectError(`Pulumi.yaml: main is ${String(main)}, but ${path} doesn't exist`);
  if (found.isFile()) return path;
  for (const name of ["index.ts", "index.mts", "index.mjs", "index.js"]) {
    if (await stat(join(path, name)).catch(() => undefined)) return join(path, name);
  }
  throw new ProjectError(
    `${path} holds no index.ts, index.mts, index.mjs or index.js; name the program with main`,
  );
}
