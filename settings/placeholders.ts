import type { SettingPath } from "./report.ts";

/**
 * Paths of values that nobody has filled in: `<…>` as a whole, and within ids, names and images.
 * An environment variable may hold such text within a longer one.
 */
export function placeholderPaths(value: unknown, path: SettingPath): SettingPath[] {
  if (typeof value === "string") return isPlaceholder(value, path) ? [path] : [];
  if (typeof value !== "object" || value === null) return [];
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return entries.flatMap(([segment, inner]) => placeholderPaths(inner, [...path, segment]));
}

/** Whether a value at a path is `<…>`, or holds such a word where it can't be meant. */
export function isPlaceholder(value: string, path: SettingPath): boolean {
  if (/^\s*<[^<>]+>\s*$/.test(value)) return true;
  return /<[^<>]+>/.test(value) && path.at(-2) !== "config" && path.at(-2) !== "statements";
}
