import { join } from "node:path";
import { chosenPart } from "./parts.ts";

const { name, part } = chosenPart();
const folder = `.local/mutation/${name}`;

export default {
  testRunner: part.runner,
  plugins: ["@stryker-mutator/vitest-runner", join(import.meta.dirname, "one-process/plugin.ts")],
  oneProcess: { testFiles: part.tests, exclude: part.exclude ?? [] },
  // The part names its tests; looking for those that import a file costs a second for every mutant.
  vitest: { configFile: "tools/mutation/vitest.config.ts", related: false },
  mutate: part.mutate,
  ignorePatterns: ["/.local", "/.build", "/docs", "**/.build", "**/.local"],
  coverageAnalysis: "perTest",
  ignoreStatic: part.judgesConstants !== true,
  concurrency: 2,
  // The runner in one process has shorter ones of its own; this is for loops that nothing else ends.
  timeoutMS: part.runner === "one-process" ? 120_000 : 20_000,
  thresholds: { high: 90, low: 80, break: 80 },
  tempDirName: `${folder}/sandbox`,
  reporters: ["clear-text", "json", "html"],
  clearTextReporter: { allowColor: false, reportTests: false },
  jsonReporter: { fileName: `${folder}/report.json` },
  htmlReporter: { fileName: `${folder}/report.html` },
  allowEmpty: false,
  disableTypeChecks: false,
  checkers: [],
};
