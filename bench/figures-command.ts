import { loadavg } from "node:os";
import { defineCommand } from "citty";
import { type Figure, figuresTable, writeFigures } from "./figures.ts";

interface Measurement {
  /** The command's, and that of its section in docs/benchmarks.md. */
  name: string;
  description: string;
  /** Runs by default. */
  runs: string;
  measure(runs: number, progress: (text: string) => void): Promise<Figure[]>;
}

/** A command that measures figures so many times, prints them, and writes them where that is asked for. */
export function figuresCommand({ name, description, runs: byDefault, measure }: Measurement) {
  return defineCommand({
    meta: { name, description },
    args: {
      runs: { type: "string", default: byDefault, description: "Measurements of each figure" },
      write: { type: "boolean", default: false, description: "Write the figures into docs/benchmarks.md" },
    },
    async run({ args }) {
      const runs = Number(args.runs);
      if (!Number.isInteger(runs) || runs < 1 || runs > 100) {
        throw new Error(`--runs is ${JSON.stringify(args.runs)}; allowed: a whole number from 1 to 100`);
      }
      const load = (loadavg()[0] ?? 0).toFixed(1);
      const figures = await measure(runs, (text) => console.error(text));
      console.log(figuresTable(figures));
      if (args.write) writeFigures(name, figures, [`Load average of the machine before it: ${load}.`]);
    },
  });
}
