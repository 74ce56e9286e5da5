import { execFile, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";

/** A command of a page, and what the page says that it prints. */
export interface Shown {
  command: string;
  output: string;
}

/** What stands in a page's `console` blocks: commands after `$ `, each with its output. */
export function transcriptOf(page: string): Shown[] {
  const blocks = [...readFileSync(page, "utf8").matchAll(/^```console\n(.*?)^```$/gms)];
  return blocks.flatMap(([, block = ""]) => {
    return block
      .split(/^\$ /m)
      .slice(1)
      .map((shown) => {
        const lines = shown.trimEnd().split("\n");
        const length = lines.findIndex((line) => !line.endsWith("\\")) + 1;
        return { command: lines.slice(0, length).join("\n"), output: lines.slice(length).join("\n") };
      });
  });
}

/** Why pages can't be run here; undefined where they can. */
export const whyNoPages = spawnSync("curl", ["--version"]).status === 0 ? undefined : "there is no curl";

const separator = "--- next command ---";

/** Runs a page's commands in one shell, with the API at `endpoint` in the place of port 8080; what they print. */
export async function runTranscript(shown: readonly Shown[], endpoint: string): Promise<Shown[]> {
  const script = shown.flatMap(({ command }) => [command, `echo; echo "${separator}"`]).join("\n");
  const here = script.replaceAll("http://127.0.0.1:8080", new URL(endpoint).origin);
  const { stdout } = await promisify(execFile)("sh", ["-ec", here], { timeout: 60_000 });
  const outputs = stdout.split(`${separator}\n`);
  return shown.map(({ command }, index) => ({ command, output: (outputs[index] ?? "").trimEnd() }));
}
