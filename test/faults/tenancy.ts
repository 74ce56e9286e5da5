/** How many live in each collection. */
export function counts(ids: Readonly<Record<string, readonly string[]>>): Record<string, number> {
  return Object.fromEntries(Object.entries(ids).map(([path, { length }]) => [path, length]));
}
