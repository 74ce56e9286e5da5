// `npm run bench -- start [--runs N] [--write]`, `npm run bench -- engine [--runs N] [--sizes 1,10] [--check] [--write]`,
// `npm run bench -- gateway [--rounds N] [--seconds N] [--only stock,hop] [--check] [--write]`,
// `npm run bench -- hostile [--runs N] [--write]`, `npm run bench -- policy [--runs N] [--write]`
import { defineCommand, runMain } from "citty";
import { engine } from "./engine-command.ts";
import { figuresTable, writeFigures } from "./figures.ts";
import { gateway } from "./gateway/command.ts";
import { hostile } from "./hostile-command.ts";
import { policy } from "./policy-command.ts";
import { measureStart } from "./start.ts";

const start = defineCommand({
  meta: { name: "start", description: "How fast the local OCI is there, and what it weighs" },
  args: {
    runs: { type: "string", default: "5", description: "Measurements of each figure" },
    write: { type: "boolean", default: false, description: "Write the figures into docs/benchmarks.md" },
  },
  async run({ args }) {
    const runs = Number(args.runs);
    if (!Number.isInteger(runs) || runs < 1 || runs > 100) {
      throw new Error(`--runs is ${JSON.stringify(args.runs)}; allowed: a whole number from 1 to 100`);
    }
    const figures = await measureStart(runs, (text) => console.error(text));
    console.log(figuresTable(figures));
    if (args.write) writeFigures("start", figures);
  },
});

await runMain(
  defineCommand({
    meta: { name: "bench", description: "Figures, not tests: only a --check fails, and only by ratios" },
    subCommands: { start, engine, gateway, hostile, policy },
  }),
);
