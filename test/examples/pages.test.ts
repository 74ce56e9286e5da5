import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { mistakes } from "./mistakes.ts";
import { transcriptOf } from "./transcript.ts";

const folders = readdirSync("examples", { withFileTypes: true })
  .filter((one) => one.isDirectory())
  .map(({ name }) => name);
const list = readFileSync("docs/examples.md", "utf8");

/** Pages whose programs don't stay up to be called. */
const withoutCalls = ["consumer", "insecure", "mistakes"];

describe.each(folders)("examples/%s", (name) => {
  it("stands in the list of examples", () => {
    expect(list).toContain(`(../examples/${name}/README.md)`);
  });
});

describe.each(folders.filter((name) => !withoutCalls.includes(name)))("the page of examples/%s", (name) => {
  it("begins with a command that runs it", () => {
    const page = `examples/${name}/README.md`;
    const text = readFileSync(page, "utf8");
    const run = [...text.matchAll(/--cwd (\S+?)[`,\s]/g)].map(([, folder]) => folder);
    expect(new Set(run)).toEqual(new Set([`examples/${name}`]));
    expect(text).toContain(`\`\`\`sh\nnpm start -- --cwd examples/${name} `);
    expect(transcriptOf(page).length).toBeGreaterThan(0);
  });
});

it("examples/consumer says that the API comes first", () => {
  const text = readFileSync("examples/consumer/README.md", "utf8");
  expect(text).toMatch(/```sh\nnpm run up:local .*\nnpm run up:local -- --cwd examples\/consumer /);
});

it("examples/mistakes lists each, and shows what one is answered", () => {
  const text = readFileSync("examples/mistakes/README.md", "utf8");
  const listed = [...text.matchAll(/^\| \[(\S+)\]\((\S+)\/index\.ts\)/gm)];
  expect(listed.map(([, name]) => name).toSorted()).toEqual(mistakes.map(({ name }) => name).toSorted());
  expect(listed.map(([, name]) => name)).toEqual(listed.map(([, , folder]) => folder));
  const [, run = ""] = /^npm start -- --cwd examples\/mistakes\/(\S+)/m.exec(text) ?? [];
  const shown = mistakes.find(({ name }) => name === run);
  expect(text).toContain(
    `error: Functions.Function (${shown?.resource}):\n  ${shown?.property} ${shown?.reason}\nNothing was created.\n`,
  );
});
