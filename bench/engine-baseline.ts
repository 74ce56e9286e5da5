import { readFileSync, writeFileSync } from "node:fs";
import type { EngineFigures } from "./engine.ts";
import type { Figure } from "./figures.ts";

/** Times in units of the calibration, memory in megabytes, by the figure's name. */
export type Baseline = Readonly<Record<string, number>>;

const file = new URL("./baseline-engine.json", import.meta.url);
/** How much worse a ratio may get before it counts: other work on the machine moves it by less. */
export const toleratedFactor = 1.5;

/** Times over the calibration of the same run, so that a slower machine gives the same. */
export function ratiosOf({ calibrationInMs, figures }: EngineFigures): Baseline {
  return Object.fromEntries(
    figures.map(({ name, unit, values }) => {
      const value = unit === "ms" ? median(values) / calibrationInMs : median(values);
      return [name, Math.round(value * 100) / 100];
    }),
  );
}

/** A line for each figure that is worse than tolerated; figures that only one side has aren't compared. */
export function regressions(now: Baseline, before: Baseline, factor = toleratedFactor): string[] {
  return Object.entries(now).flatMap(([name, value]) => {
    const known = before[name];
    if (known === undefined || value <= known * factor) return [];
    return [`${name}: ${value}, was ${known} (${(value / known).toFixed(2)} times; tolerated: ${factor})`];
  });
}

const kinds = ["fresh up", "fresh up with --no-checkpoints", "preview without change", "peak memory of up"];

/** What each further API costs from one size to the next: the same at all sizes when growth is linear. */
export function growthLines(figures: readonly Figure[]): string[] {
  return kinds.flatMap((kind) => {
    const points = figures.flatMap(({ name, unit, values }) => {
      const [, apis, what] = /^(\d+) APIs?: (.*)$/.exec(name) ?? [];
      return what === kind ? [{ apis: Number(apis), unit, value: median(values) }] : [];
    });
    return points.slice(1).map(({ apis, unit, value }, index) => {
      const before = points[index] ?? { apis: 0, value: 0 };
      const each = (value - before.value) / (apis - before.apis);
      return `- ${kind}, from ${before.apis} to ${apis} APIs: ${each.toFixed(1)} ${unit} for each further API`;
    });
  });
}

export function readBaseline(): Baseline {
  return JSON.parse(readFileSync(file, "utf8")) as Baseline;
}

export function writeBaseline(baseline: Baseline): void {
  writeFileSync(file, `${JSON.stringify(baseline, null, 2)}\n`);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}
