import type { FilterPolicy, IfExists, RenameItem, SetItem } from "../specification/policies.ts";
import { unverified } from "../unverified.ts";

export type Pair = readonly [name: string, value: string];

/** What a transformation does to names and values, ready to be carried out. `V` is a value as it was parsed. */
export interface Transformation<V> {
  /** What two spellings of one name have in common. */
  keyOf(name: string): string;
  set: readonly { key: string; name: string; values: readonly V[]; ifExists: IfExists }[];
  rename: readonly { from: string; key: string; name: string; replaced: readonly string[] }[];
  /** Whether a name is left by the filter. */
  passes(key: string): boolean;
}

interface Given<V> {
  set: readonly SetItem[] | undefined;
  rename: readonly RenameItem[] | undefined;
  filter: FilterPolicy | undefined;
  keyOf(name: string): string;
  compileValue(text: string): V;
  /** Keys that no filter takes away. */
  kept?: ReadonlySet<string>;
}

/** Makes a transformation ready; undefined when there is nothing to transform. */
export function compileTransformation<V>(given: Given<V>): Transformation<V> | undefined {
  const { set = [], rename = [], filter, keyOf } = given;
  if (set.length === 0 && rename.length === 0 && filter === undefined) return undefined;
  const names = new Set(filter?.items.map(({ name }) => keyOf(name)));
  const isAllowed = filter?.type === "ALLOW";
  return {
    keyOf,
    set: set.map(({ name, values, ifExists = "OVERWRITE" }) => ({
      key: keyOf(name),
      name,
      values: values.map(given.compileValue),
      ifExists,
    })),
    rename: rename.map(({ from, to }) => {
      const [old, key] = [keyOf(from), keyOf(to)];
      const replaced = unverified.renameOntoExisting === "replaces" ? [old, key] : [old];
      return { from: old, key, name: to, replaced };
    }),
    passes: (key) => filter === undefined || names.has(key) === isAllowed || given.kept?.has(key) === true,
  };
}

/**
 * Names and values after setting, renaming and, last, filtering. Whether a name exists and what it is renamed from is
 * read in the original ("Adding Header Transformation Request Policies", SDK documentation of the policies).
 *
 * @param valuesOf - Renders the values of a set item; undefined leaves what is there.
 */
export function transform<V>(
  { keyOf, set, rename, passes }: Transformation<V>,
  original: readonly Pair[],
  valuesOf: (item: { name: string; values: readonly V[] }) => readonly string[] | undefined,
): Pair[] {
  // By index, here and below: it runs for each request, and destructuring goes through an iterator.
  const keys: string[] = [];
  for (let index = 0; index < original.length; index++) keys.push(keyOf(original[index]?.[0] ?? ""));
  const replaced: string[] = [];
  const added: Pair[] = [];
  for (const item of set) {
    if (item.ifExists === "SKIP" && keys.includes(item.key)) continue;
    const values = valuesOf(item);
    if (values === undefined) continue;
    if (item.ifExists === "OVERWRITE") replaced.push(item.key);
    if (passes(item.key)) for (const value of values) added.push([item.name, value]);
  }
  for (const { from, key, name, replaced: gone } of rename) {
    if (!keys.includes(from)) continue;
    replaced.push(...gone);
    if (!passes(key)) continue;
    for (let index = 0; index < original.length; index++) {
      if (keys[index] === from) added.push([name, original[index]?.[1] ?? ""]);
    }
  }
  const result: Pair[] = [];
  for (let index = 0; index < original.length; index++) {
    const pair = original[index];
    const key = keys[index] ?? "";
    if (pair !== undefined && !replaced.includes(key) && passes(key)) result.push(pair);
  }
  for (const pair of added) result.push(pair);
  return result;
}
