import { readFileSync, writeFileSync } from "node:fs";
import { arch, availableParallelism, cpus, platform } from "node:os";

/** One figure, measured several times. */
export interface Figure {
  name: string;
  unit: "ms" | "MB";
  values: readonly number[];
  /** What it should be at most, in the same unit. */
  goal?: number;
}

const page = new URL("../docs/benchmarks.md", import.meta.url);

/** Median, lowest and highest value of each figure, as a table in Markdown. */
export function figuresTable(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, unit, values, goal }) => {
    const sorted = [...values].sort((a, b) => a - b);
    const at = (index: number) => `${Math.round(sorted[index] ?? Number.NaN)} ${unit}`;
    const middle = Math.floor((sorted.length - 1) / 2);
    const goalText = goal === undefined ? "" : `${goal} ${unit}`;
    return `| ${[name, at(middle), at(0), at(sorted.length - 1), goalText].join(" | ")} |`;
  });
  return [
    "| Figure | Median | Lowest | Highest | Goal |",
    "| --- | ---: | ---: | ---: | ---: |",
    ...rows,
  ].join("\n");
}

/** Replaces a section's figures in docs/benchmarks.md; the words around them stay. */
export function writeFigures(
  section: string,
  figures: readonly Figure[],
  notes: readonly string[] = [],
): void {
  const runs = figures[0]?.values.length ?? 0;
  writeSection(section, [
    figuresTable(figures),
    ...(notes.length > 0 ? [notes.join("\n")] : []),
    machine(runs),
  ]);
}

/** Replaces what stands between a section's markers in docs/benchmarks.md. */
export function writeSection(section: string, parts: readonly string[]): void {
  writeFileSync(page, withFigures(readFileSync(page, "utf8"), section, parts.join("\n\n")));
}

/** The text with what stands between a section's two markers replaced. */
export function withFigures(text: string, section: string, figures: string): string {
  const begin = `<!-- figures: ${section} -->`;
  const end = `<!-- end of figures: ${section} -->`;
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/benchmarks.md needs the lines ${begin} and ${end}`);
  return `${text.slice(0, from + begin.length)}\n\n${figures}\n\n${text.slice(to)}`;
}

/** What the figures were measured on. */
export function machine(runs: number): string {
  const cores = availableParallelism();
  const processor = cpus()[0]?.model.trim() ?? arch();
  return `${runs} runs on ${cores} cores (${processor}), ${platform()}, Node ${process.versions.node}.`;
}
