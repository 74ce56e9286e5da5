import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { transcriptOf } from "./transcript.ts";

const folders = readdirSync("examples", { withFileTypes: true })
  .filter((one) => one.isDirectory())
  .map(({ name }) => name);
const list = readFileSync("docs/examples.md", "utf8");

describe.each(folders)("examples/%s", (name) => {
  it("stands in the list of examples", () => {
    const isListed = list.includes(`(../examples/${name}/`) || list.includes(`\`examples/${name}\``);
    expect(isListed).toBe(true);
  });

  const page = `examples/${name}/README.md`;
  it.skipIf(!existsSync(page))("begins its page with a command that runs it", () => {
    const text = readFileSync(page, "utf8");
    const run = [...text.matchAll(/--cwd (\S+?)[`,\s]/g)].map(([, folder]) => folder);
    expect(new Set(run)).toEqual(new Set([`examples/${name}`]));
    expect(text).toContain(`\`\`\`sh\nnpm start -- --cwd examples/${name} `);
    expect(transcriptOf(page).length).toBeGreaterThan(0);
  });
});
