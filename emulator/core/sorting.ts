import { OciError } from "./errors.ts";
import type { Body } from "./store.ts";

/** Query parameters of lists that can be sorted. */
export const sortParameters = ["sortBy", "sortOrder"] as const;

/** What lists of most services sort by: `TIMECREATED` or `timeCreated`, `DISPLAYNAME` or `displayName`. */
export const displayNameSorts = sortsOf("timeCreated", "displayName");
/** What identity's lists sort by. */
export const nameSorts = sortsOf("timeCreated", "name");

function sortsOf(...fields: string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    fields.flatMap((field) => [
      [field, field],
      [field.toUpperCase(), field],
    ]),
  );
}

/** A list in the order that the query asks for: times newest first, names from A, unless `sortOrder` says otherwise. */
export function sorted<Item>(
  items: readonly Item[],
  query: Readonly<Record<string, string>>,
  sorts: Readonly<Record<string, string>>,
  bodyOf: (item: Item) => Body = (item) => item as Body,
): readonly Item[] {
  const { sortBy, sortOrder } = query;
  if (sortBy === undefined && sortOrder === undefined) return items;
  const [byDefault = ""] = Object.keys(sorts);
  const field = Object.hasOwn(sorts, sortBy ?? byDefault) ? sorts[sortBy ?? byDefault] : undefined;
  if (field === undefined) {
    throw new OciError(
      "InvalidParameter",
      `sortBy: "${sortBy}" isn't one of ${Object.keys(sorts).join(", ")}`,
    );
  }
  if (sortOrder !== undefined && sortOrder !== "ASC" && sortOrder !== "DESC") {
    throw new OciError("InvalidParameter", `sortOrder: "${sortOrder}" isn't one of ASC, DESC`);
  }
  const order = sortOrder ?? (field.startsWith("time") ? "DESC" : "ASC");
  const ascending = items
    .map((item, index) => ({ item, index, key: String(bodyOf(item)[field]) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.index - b.index))
    .map(({ item }) => item);
  return order === "ASC" ? ascending : ascending.reverse();
}
