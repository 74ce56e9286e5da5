// `npm run bench -- start [--runs N] [--write]`, `npm run bench -- engine [--runs N] [--sizes 1,10] [--check] [--write]`,
// `npm run bench -- gateway [--rounds N] [--seconds N] [--only stock,hop] [--check] [--write]`,
// `npm run bench -- hostile [--runs N] [--write]`, `npm run bench -- policy [--runs N] [--write]`
import { defineCommand, runMain } from "citty";
import { engine } from "./engine-command.ts";
import { figuresCommand } from "./figures-command.ts";
import { gateway } from "./gateway/command.ts";
import { measureHostile } from "./hostile.ts";
import { measurePolicy } from "./policy.ts";
import { measureStart } from "./start.ts";

const start = figuresCommand({
  name: "start",
  description: "How fast the local OCI is there, and what it weighs",
  runs: "5",
  measure: measureStart,
});

const hostile = figuresCommand({
  name: "hostile",
  description: "How long hostile clients and back ends hold the local gateway up",
  runs: "3",
  measure: measureHostile,
});

const policy = figuresCommand({
  name: "policy",
  description: "How long the policy pack judges a stack of 500 resources",
  runs: "5",
  measure: measurePolicy,
});

await runMain(
  defineCommand({
    meta: { name: "bench", description: "Figures, not tests: only a --check fails, and only by ratios" },
    subCommands: { start, engine, gateway, hostile, policy },
  }),
);
