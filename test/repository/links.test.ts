import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { root } from "../../tools/docs/tree.ts";
import { trackedFiles } from "./tracked.ts";

const pages = trackedFiles((path) => path.endsWith(".md"));

/** Files that a page's relative links name, from the repository's folder. */
function linked({ path, text }: { path: string; text: string }): string[] {
  const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)\s#]+)/g)];
  return links.map(([, target = ""]) => join(dirname(path), target));
}

it.each(pages)("every relative link of $path leads to a file", (page) => {
  expect(linked(page).filter((target) => !existsSync(join(root, target)))).toEqual([]);
});

it("every page of docs is found from README.md, by links alone", () => {
  const found = new Set<string>(["README.md"]);
  for (const path of found) {
    const page = pages.find((one) => one.path === path);
    if (page !== undefined) for (const target of linked(page)) found.add(target);
  }
  const docs = pages.map(({ path }) => path).filter((path) => path.startsWith("docs/"));
  expect(docs.length).toBeGreaterThan(0);
  expect(docs.filter((path) => !found.has(path))).toEqual([]);
});
