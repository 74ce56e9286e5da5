import { defineCommand } from "citty";
import { measureEngine } from "./engine.ts";
import { growthLines, ratiosOf, readBaseline, regressions, writeBaseline } from "./engine-baseline.ts";
import { figuresTable, writeFigures } from "./figures.ts";

const sizes = [1, 10, 100];

export const engine = defineCommand({
  meta: {
    name: "engine",
    description: "The real engine on the local OCI: the default program, and many APIs",
  },
  args: {
    runs: { type: "string", default: "3", description: "Measurements of each figure" },
    sizes: { type: "string", default: sizes.join(","), description: "Numbers of APIs, at most 100" },
    check: { type: "boolean", default: false, description: "Fail when ratios are worse than the baseline's" },
    write: {
      type: "boolean",
      default: false,
      description: "Write the figures into docs/benchmarks.md, and the baseline",
    },
  },
  async run({ args }) {
    const runs = wholeNumbers("--runs", args.runs, 100)[0] ?? 1;
    const chosen = wholeNumbers("--sizes", args.sizes, 100);
    const measured = await measureEngine(chosen, runs, (text) => console.error(text));
    const growth = growthLines(measured.figures);
    const ratios = ratiosOf(measured);
    console.log(figuresTable(measured.figures));
    console.log(growth.join("\n"));
    console.log(`Calibration: ${Math.round(measured.calibrationInMs)} ms`);
    if (args.check) {
      const worse = regressions(ratios, readBaseline());
      for (const line of worse) console.error(`✖ ${line}`);
      if (worse.length > 0) process.exitCode = 1;
    }
    if (args.write) {
      writeFigures("engine", measured.figures, growth);
      writeBaseline(ratios);
    }
  },
});

function wholeNumbers(flag: string, text: string, max: number): number[] {
  const numbers = text.split(",").map(Number);
  if (numbers.every((number) => Number.isInteger(number) && number >= 1 && number <= max)) return numbers;
  throw new Error(`${flag} is ${JSON.stringify(text)}; allowed: whole numbers from 1 to ${max}`);
}
