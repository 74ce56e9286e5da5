import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";

interface Job {
  steps: { uses?: string; run?: string }[];
  "timeout-minutes"?: number | string;
  strategy?: { matrix?: { include?: { minutes?: number }[] } };
}

interface Workflow {
  permissions: unknown;
  jobs: Record<string, Job>;
}

/** Of a matrix, each has its own. */
function minutesOf({ strategy, "timeout-minutes": minutes }: Job): unknown[] {
  if (minutes !== "${{ matrix.minutes }}") return [minutes];
  return (strategy?.matrix?.include ?? []).map((one) => one.minutes);
}

const folder = ".github/workflows";
const workflows = readdirSync(folder).map((name) => {
  const text = readFileSync(`${folder}/${name}`, "utf8");
  return { name, text, content: parse(text) as Workflow };
});

it("there are the four", () => {
  expect(workflows.map(({ name }) => name).sort()).toEqual([
    "ci.yml",
    "cloud.yml",
    "nightly.yml",
    "preview.yml",
  ]);
});

it.each(workflows)(
  "$name pins actions by commit, reads only by default, and ends in time",
  ({ text, content }) => {
    expect(content.permissions).toEqual({ contents: "read" });
    for (const job of Object.values(content.jobs)) {
      const minutes = minutesOf(job);
      expect(minutes).not.toEqual([]);
      // An hour and a half is what mutants of the gateway may take at night; without a limit a job hangs for six hours.
      for (const most of minutes) expect(most).toBeLessThanOrEqual(90);
      for (const { uses } of job.steps)
        if (uses !== undefined) expect(uses).toMatch(/^[\w/-]+@[0-9a-f]{40}$/);
    }
    // The version stands beside each pin.
    const pins = text.split("\n").filter((line) => line.includes("uses:"));
    for (const line of pins) expect(line).toMatch(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  },
);

it.each(workflows)("$name runs scripts that exist", ({ content }) => {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };
  const named = Object.values(content.jobs)
    .flatMap(({ steps }) => steps)
    .flatMap(({ run = "" }) => [...run.matchAll(/npm run ([\w:-]+)/g)].map(([, name = ""]) => name));
  for (const name of named) expect(Object.keys(scripts)).toContain(name);
});

it("a pull request's preview knows no secret, and no text of the request reaches a shell", () => {
  const preview = workflows.find(({ name }) => name === "preview.yml");
  expect(preview?.text).not.toContain("secrets.");
  for (const { content } of workflows) {
    const runs = Object.values(content.jobs).flatMap(({ steps }) => steps.map(({ run = "" }) => run));
    for (const run of runs) expect(run).not.toContain("${{");
  }
});
