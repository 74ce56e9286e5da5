import type { z } from "zod";
import { combinationProblems } from "./combinations.ts";
import type { Allowed } from "./leaf.ts";
import { isPlaceholder, placeholderPaths } from "./placeholders.ts";
import { type Cure, formatPath, type SettingPath, type SettingProblem, shown } from "./report.ts";
import { type OwnSettings, ownKeys, providerKeys, secretKeys, textKeys } from "./table.ts";
import { unknownMessage } from "./unknown.ts";

/** A stack's settings as Pulumi hands them over. */
export interface StackConfig {
  project: string;
  stack: string;
  /** Values by namespaced key; those that aren't text are JSON. */
  config: Readonly<Record<string, string>>;
  /** Namespaced keys that hold a secret. */
  secrets: ReadonlySet<string>;
  /** Keys that the provider has in its namespace `oci:`. */
  providerConfigKeys: readonly string[];
  /** Keys of the functions that the program declares. */
  functionKeys: readonly string[];
}

export interface CheckedSettings {
  own: OwnSettings;
  region: string;
  tenancyId: string;
}

/** Either the settings, or everything that is wrong with them. */
export function checkSettings(
  stackConfig: StackConfig,
): { settings: CheckedSettings } | { problems: SettingProblem[] } {
  const ownPrefix = `${stackConfig.project}:`;
  const isSecret = (key: string) =>
    stackConfig.secrets.has(key) || secretKeys.has(key.slice(key.lastIndexOf(":") + 1));
  const own = valuesOf(stackConfig.config, ownPrefix);
  const provider = Object.fromEntries(
    Object.entries(valuesOf(stackConfig.config, "oci:")).filter(([name]) => name in providerKeys.shape),
  );

  const placeholders = [...pathsBelow(own, ownPrefix), ...pathsBelow(provider, "oci:")];
  const filled = new Set(placeholders.map(formatPath));
  const parsedOwn = ownKeys.safeParse(own);
  const parsedProvider = providerKeys.safeParse(provider);
  const fromTable = [
    ...problemsOf(parsedProvider, "oci:", provider, isSecret),
    ...problemsOf(parsedOwn, ownPrefix, own, isSecret),
  ].map((problem) =>
    filled.has(formatPath(problem.path))
      ? asPlaceholder(problem, { ...own, ...provider }, isSecret)
      : problem,
  );
  const named = new Set(fromTable.map(({ path }) => formatPath(path)));
  const unfilled = placeholders
    .filter((path) => !named.has(formatPath(path)))
    .map((path): SettingProblem => {
      const cure: Cure = { kind: isSecret(path[0]) ? "set-secret" : "set", path };
      const problem = { path, message: "", cure };
      return asPlaceholder(problem, { ...own, ...provider }, isSecret);
    });
  const problems = [
    ...fromTable,
    ...unfilled,
    ...unknownProviderKeys(stackConfig),
    ...unsealedSecrets(own, ownPrefix, stackConfig.secrets),
    ...undeclaredFunctions(own.functions, `${ownPrefix}functions`, stackConfig.functionKeys),
    ...combinationProblems(own, (name) => ownPrefix + name),
  ];
  if (problems.length > 0 || !parsedOwn.success || !parsedProvider.success) return { problems };
  const { region, tenancyOcid } = parsedProvider.data;
  return { settings: { own: parsedOwn.data, region, tenancyId: tenancyOcid } };
}

function valuesOf(config: Readonly<Record<string, string>>, prefix: string): Record<string, unknown> {
  const entries = Object.entries(config).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(
    entries.flatMap(([key, value]): [string, unknown][] => {
      const name = key.slice(prefix.length);
      // Pulumi wants a default for every key, so empty text stands for an absent one; so does a key with nothing below.
      if (value === "" || value === "null") return [];
      return [[name, prefix === "oci:" || textKeys.has(name) ? value : fromJson(value)]];
    }),
  );
}

/** Keys of the provider's namespace that the provider doesn't have: it would pass over them in silence. */
function unknownProviderKeys({ config, providerConfigKeys: known }: StackConfig): SettingProblem[] {
  const names = Object.keys(config).flatMap((key) =>
    key.startsWith("oci:") ? [key.slice("oci:".length)] : [],
  );
  return names
    .filter((name) => !known.includes(name))
    .map((name) => {
      const path: SettingPath = [`oci:${name}`];
      return { path, message: unknownMessage(name, known), cure: { kind: "remove", path } };
    });
}

function fromJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function pathsBelow(values: Record<string, unknown>, prefix: string): SettingPath[] {
  return Object.entries(values).flatMap(([name, value]) => placeholderPaths(value, [prefix + name]));
}

function problemsOf(
  result: z.ZodSafeParseResult<unknown>,
  prefix: string,
  values: Record<string, unknown>,
  isSecret: (key: string) => boolean,
): SettingProblem[] {
  return (result.error?.issues ?? []).flatMap((issue): SettingProblem[] => {
    const path = issue.path as (string | number)[];
    if (issue.code === "unrecognized_keys") {
      const known = knownKeysAt(path);
      return issue.keys.map((key) => {
        const full = below(prefix, [...path, key]);
        return { path: full, message: unknownMessage(key, known), cure: { kind: "remove", path: full } };
      });
    }
    const full = below(prefix, path);
    return [wrongValue(issue, full, valueAt(values, path), isSecret(full[0]))];
  });
}

function wrongValue(
  issue: z.core.$ZodIssue,
  path: SettingPath,
  value: unknown,
  isSecret: boolean,
): SettingProblem {
  if (issue.code !== "custom") {
    const message = `is ${shown(value, isSecret)}; allowed: an object of settings`;
    return { path, message, cure: { kind: "remove", path } };
  }
  const allowed = issue.params as unknown as Allowed;
  const start = value === undefined ? "is missing" : `is ${shown(value, isSecret)}`;
  return { path, message: `${start}; allowed: ${allowed.allowed}`, cure: cureOf(path, allowed, isSecret) };
}

function cureOf(path: SettingPath, { example, isList }: Allowed, isSecret: boolean): Cure {
  if (isList) return { kind: "replace", path, below: 0, value: example };
  const mayHideSecret = isSecret && (path.length === 1 || path.at(-2) === "config");
  return mayHideSecret ? { kind: "set-secret", path } : { kind: "set", path, value: example };
}

function asPlaceholder(
  problem: SettingProblem,
  values: Record<string, unknown>,
  isSecret: (key: string) => boolean,
): SettingProblem {
  const [key, ...rest] = problem.path;
  const value = valueAt(values, [key.slice(key.lastIndexOf(":") + 1), ...rest]);
  const allowed = problem.message.split("; allowed: ").slice(1).join("; allowed: ");
  const start = `is still the placeholder ${shown(value, isSecret(key))}`;
  return {
    ...problem,
    message: allowed === "" ? `${start}; fill it in` : `${start}; allowed: ${allowed}`,
    cure: withoutPlaceholder(problem.cure),
  };
}

/** A placeholder cures nothing where one stands already. */
function withoutPlaceholder(cure: Cure): Cure {
  const isToSet = cure.kind === "set" || cure.kind === "replace";
  return isToSet && cure.value !== undefined && isPlaceholder(cure.value, cure.path)
    ? { ...cure, value: undefined }
    : cure;
}

function unsealedSecrets(own: object, prefix: string, secrets: ReadonlySet<string>): SettingProblem[] {
  return [...secretKeys]
    .filter((name) => name in own && !secrets.has(prefix + name))
    .map((name) => {
      const path: SettingPath = [prefix + name];
      const message = "stands in the stack file in plain text; set it as a secret, and make a new one";
      return { path, message, cure: { kind: "set-secret", path } };
    });
}

function undeclaredFunctions(functions: unknown, key: string, declared: readonly string[]): SettingProblem[] {
  if (typeof functions !== "object" || functions === null || Array.isArray(functions)) return [];
  return Object.keys(functions)
    .filter((name) => !declared.includes(name))
    .map((name) => {
      const path: SettingPath = [key, name];
      const message = `isn't a function of the program; it declares ${declared.join(", ")}`;
      return { path, message, cure: { kind: "remove", path } };
    });
}

function below(prefix: string, [name, ...rest]: (string | number)[]): SettingPath {
  return [prefix + String(name), ...rest];
}

function valueAt(values: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, segment) =>
      typeof value === "object" && value !== null
        ? (value as Record<string | number, unknown>)[segment]
        : undefined,
    values,
  );
}

/** The known keys of the object at a path of the table. */
function knownKeysAt(path: readonly (string | number)[]): readonly string[] {
  const [first, second] = path;
  const shape = ownKeys.shape;
  if (first === undefined) return Object.keys(shape);
  if (first === "functions" && second !== undefined) {
    return Object.keys(shape.functions.unwrap().valueType.shape);
  }
  const inner =
    shape[first as "network" | "gateway" | "application" | "access" | "logging" | "readiness"].unwrap();
  return Object.keys(inner.shape);
}
