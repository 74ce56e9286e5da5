import { loadavg } from "node:os";
import { defineCommand } from "citty";
import { figuresTable, writeFigures } from "./figures.ts";
import { measurePolicy } from "./policy.ts";

export const policy = defineCommand({
  meta: { name: "policy", description: "How long the policy pack judges a stack of 500 resources" },
  args: {
    runs: { type: "string", default: "5", description: "Measurements of each figure" },
    write: { type: "boolean", default: false, description: "Write the figures into docs/benchmarks.md" },
  },
  async run({ args }) {
    const runs = Number(args.runs);
    if (!Number.isInteger(runs) || runs < 1 || runs > 100) {
      throw new Error(`--runs is ${JSON.stringify(args.runs)}; allowed: a whole number from 1 to 100`);
    }
    const load = (loadavg()[0] ?? 0).toFixed(1);
    const figures = await measurePolicy(runs, (text) => console.error(text));
    console.log(figuresTable(figures));
    if (args.write) writeFigures("policy", figures, [`Load average of the machine before it: ${load}.`]);
  },
});
