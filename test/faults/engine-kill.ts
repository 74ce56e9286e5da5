import { readdirSync, readFileSync } from "node:fs";

/** Ends the engine that runs with files under the folder, and everything that it started, without a word. */
export function killEngine(folder: string): number {
  const { parents, lines } = processes();
  const engines = [...lines].filter(([, words]) => words.includes("up") && isIn(words, folder));
  const below = engines.map(([pid]) => pid);
  for (const parent of below)
    below.push(...[...parents].filter(([, up]) => up === parent).map(([pid]) => pid));
  for (const pid of below) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It ended meanwhile.
    }
  }
  return engines.length;
}

const isIn = (words: readonly string[], folder: string) =>
  words[0]?.endsWith("pulumi") === true && words.some((word) => word.startsWith(folder));

function processes() {
  const parents = new Map<number, number>();
  const lines = new Map<number, string[]>();
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    try {
      const status = readFileSync(`/proc/${name}/status`, "utf8");
      parents.set(Number(name), Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]));
      lines.set(Number(name), readFileSync(`/proc/${name}/cmdline`, "utf8").split("\0"));
    } catch {
      // It ended meanwhile.
    }
  }
  return { parents, lines };
}
