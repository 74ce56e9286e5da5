import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { logUsage } from "../../local/commands/log-options.ts";
import { usage as upUsage } from "../../local/commands/options.ts";
import { parseSpecOptions, usage as specUsage } from "../../local/commands/spec-options.ts";
import { usage as startUsage } from "../../local/options.ts";
import { usage as readyUsage } from "../../tools/ready/options.ts";

it.each([
  ["npm start --", startUsage],
  ["npm run up:local --", upUsage],
  ["npm run -s spec --", specUsage],
  ["npm run logs --", logUsage],
  ["npm run ready --", readyUsage],
])("the help of %s has the form of all, and says each default once", async (name, usage) => {
  const lines = (await usage()).split("\n");
  expect(lines[0]).toMatch(/^[A-Z].+\.(?: \(.+\))$/);
  expect(lines[2]).toBe(`USAGE ${name} [OPTIONS]`);
  expect(lines[4]).toBe("OPTIONS");
  expect(lines.filter((line) => /^ +-h, --help {4}Show this and exit\.$/.test(line))).toHaveLength(1);
  for (const line of lines) {
    expect(line).toBe(line.trimEnd());
    expect(line.match(/Default/g)?.length ?? 0, line).toBeLessThanOrEqual(1);
  }
});

it("spec: reads its options, and throws for everything that isn't understood", () => {
  expect(parseSpecOptions([])).toEqual({
    stack: "local",
    directory: ".",
    name: undefined,
    functions: "keys",
  });
  expect(parseSpecOptions(["-s", "dev", "-C", "examples/orders", "--name=api", "--ids"])).toEqual({
    stack: "dev",
    directory: "examples/orders",
    name: "api",
    functions: "ocids",
  });
  expect(() => parseSpecOptions(["--name", "--ids", "--id"])).toThrow(
    [
      "unknown option --id; there are --stack, --cwd, --name, --ids, --help",
      "--name needs a value, for example --name api",
      "Try: npm run -s spec -- --help",
    ].join("\n"),
  );
  expect(() => parseSpecOptions(["api", "--stack="])).toThrow(
    [
      'unexpected "api"; options begin with --',
      "--stack needs a value, for example --stack dev",
      "Try: npm run -s spec -- --help",
    ].join("\n"),
  );
});

it.each(["local/commands/stop.ts", "local/commands/env.ts", "tools/preview-on-pull-request.ts"])(
  "%s does nothing when its help is asked for, or what it doesn't have",
  async (file) => {
    const folder = mkdtempSync(join(tmpdir(), "command-line-"));
    try {
      const run = (...typed: string[]) =>
        spawnSync(process.execPath, [file, ...typed], {
          encoding: "utf8",
          env: { ...process.env, TMPDIR: folder, OCI_SERVERLESS_API_LOCAL: join(folder, "local") },
        });
      const shown = run("--help");
      expect([shown.status, shown.stderr]).toEqual([0, ""]);
      expect(shown.stdout).toMatch(/^.+\n\nUSAGE npm run (-s )?[a-z:-]+ -- \[OPTIONS\]\n/);
      const refused = run("--hard");
      expect([refused.status, refused.stdout]).toEqual([1, ""]);
      expect(refused.stderr).toMatch(
        /^unknown option --hard; there are --help\nTry: npm run .+ -- --help\n$/,
      );
      expect(readdirSync(folder)).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
