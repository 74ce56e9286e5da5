import { OciError } from "./errors.ts";
import type { Answer } from "./operation.ts";

const limits = { default: 1000, max: 1000 };

/**
 * One page of a list ("List Pagination"): `limit`, `page`, and `opc-next-page` while there is more.
 *
 * @param show - what the page shows of an item; asked for those of the page only. @default - the item
 */
export function page<Item>(
  items: readonly Item[],
  query: Readonly<Record<string, string>>,
  shape: "array" | "items",
  show: (item: Item) => unknown = (item) => item,
): Answer {
  const size = limitOf(query.limit);
  const start = startOf(query.page, items.length);
  const part = items.slice(start, start + size).map(show);
  const next = start + size;
  return {
    status: 200,
    body: shape === "array" ? part : { items: part },
    headers:
      next < items.length ? { "opc-next-page": Buffer.from(`after:${next}`).toString("base64url") } : {},
  };
}

function limitOf(text: string | undefined): number {
  if (text === undefined) return limits.default;
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > limits.max) {
    throw new OciError("InvalidParameter", `limit: "${text}" isn't a whole number from 1 to ${limits.max}`);
  }
  return limit;
}

function startOf(token: string | undefined, length: number): number {
  if (token === undefined) return 0;
  const [, index] = /^after:(\d+)$/.exec(Buffer.from(token, "base64url").toString()) ?? [];
  if (index === undefined) {
    throw new OciError("InvalidParameter", `page: "${token}" isn't a value of opc-next-page`);
  }
  return Math.min(Number(index), length);
}
