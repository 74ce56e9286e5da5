import { execFile } from "node:child_process";
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

/** Runs a page's commands, one after the other, with the API at `endpoint` in the place of port 8080; what they print. */
export async function runTranscript(shown: readonly Shown[], endpoint: string): Promise<Shown[]> {
  const done: Shown[] = [];
  for (const { command } of shown) {
    const here = command.replaceAll("http://127.0.0.1:8080", new URL(endpoint).origin);
    const { stdout } = await promisify(execFile)("sh", ["-c", here], { timeout: 30_000 });
    done.push({ command, output: stdout.trimEnd() });
  }
  return done;
}
