import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { root } from "../../tools/docs/tree.ts";
import { trackedFiles } from "./tracked.ts";

const pages = trackedFiles((path) => path.endsWith(".md"));

it.each(pages)("every relative link of $path leads to a file", ({ path, text }) => {
  const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)\s#]+)/g)].map(([, target = ""]) => target);
  expect(links.filter((target) => !existsSync(join(root, dirname(path), target)))).toEqual([]);
});
