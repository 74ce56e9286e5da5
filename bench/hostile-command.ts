import { loadavg } from "node:os";
import { defineCommand } from "citty";
import { figuresTable, writeFigures } from "./figures.ts";
import { measureHostile } from "./hostile.ts";

export const hostile = defineCommand({
  meta: { name: "hostile", description: "How long hostile clients and back ends hold the local gateway up" },
  args: {
    runs: { type: "string", default: "3", description: "Runs of each attack" },
    write: { type: "boolean", default: false, description: "Write the figures into docs/benchmarks.md" },
  },
  async run({ args }) {
    const runs = Number(args.runs);
    if (!Number.isInteger(runs) || runs < 1 || runs > 100) {
      throw new Error(`--runs is ${JSON.stringify(args.runs)}; allowed: a whole number from 1 to 100`);
    }
    const load = (loadavg()[0] ?? 0).toFixed(1);
    const figures = await measureHostile(runs, (text) => console.error(text));
    console.log(figuresTable(figures));
    if (args.write) writeFigures("hostile", figures, [`Load average of the machine before it: ${load}.`]);
  },
});
