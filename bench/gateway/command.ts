import { readFileSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { defineCommand } from "citty";
import { type Baseline, regressions } from "../engine-baseline.ts";
import { machine, writeSection } from "../figures.ts";
import { comparisons } from "./comparisons.ts";
import { envoyVersion } from "./envoy.ts";
import { type Compared, compare, loaderProcess, type Pace } from "./measure.ts";
import { type Accuracy, measureAccuracy, measureCounters } from "./rate-limits.ts";
import { costs, type GatewayFigures, gatewayTables, missedLimits } from "./report.ts";

const baselineFile = new URL("../baseline-gateway.json", import.meta.url);
/** How much more a target may cost than in the baseline: other work on the machine moves it by less. */
const toleratedFactor = 1.25;
const parts = [...Object.keys(comparisons), "limits"];

export const gateway = defineCommand({
  meta: { name: "gateway", description: "The local gateway beside what it could be at best, in ratios" },
  args: {
    rounds: { type: "string", default: "5", description: "Rounds of each comparison" },
    seconds: { type: "string", default: "2", description: "Length of each load" },
    only: { type: "string", default: parts.join(","), description: `Some of ${parts.join(", ")}` },
    check: { type: "boolean", default: false, description: "Fail when costs are above the baseline's" },
    write: { type: "boolean", default: false, description: "Write docs/benchmarks.md and the baseline" },
  },
  async run({ args }) {
    const pace = {
      rounds: number("--rounds", args.rounds, 1, 100),
      durationInMs: 1000 * number("--seconds", args.seconds, 0.1, 60),
    };
    const chosen = args.only.split(",");
    const unknown = chosen.find((name) => !parts.includes(name));
    if (unknown !== undefined) {
      throw new Error(`--only is ${JSON.stringify(args.only)}; allowed: ${parts.join(", ")}, with commas`);
    }
    const figures = await measureGateway(chosen, pace, (text) => console.error(text));
    const notes = notesOf(pace);
    console.log(`${gatewayTables(figures)}\n\n${notes}`);
    const now = costs(figures);
    if (args.check) {
      const worse = [
        ...regressions(now, readBaseline(), toleratedFactor),
        ...missedLimits(figures.accuracies),
      ];
      for (const line of worse) console.error(`✖ ${line}`);
      if (worse.length > 0) process.exitCode = 1;
    }
    if (args.write) {
      writeSection("gateway", [gatewayTables(figures), notes]);
      writeFileSync(baselineFile, `${JSON.stringify({ ...readBaseline(), ...now }, null, 2)}\n`);
    }
  },
});

async function measureGateway(
  chosen: readonly string[],
  pace: Pace,
  progress: (text: string) => void,
): Promise<GatewayFigures> {
  const loader = loaderProcess();
  const compared: Compared[] = [];
  let accuracies: Accuracy[] = [];
  let counterMegabytes: number | undefined;
  try {
    for (const [name, open] of Object.entries(comparisons)) {
      if (!chosen.includes(name)) continue;
      progress(name);
      const comparison = await open();
      try {
        compared.push(await compare(comparison, pace, loader));
      } finally {
        await comparison.close();
      }
    }
    if (chosen.includes("limits")) {
      progress("limits");
      counterMegabytes = await measureCounters();
      accuracies = await measureAccuracy(loader);
    }
  } finally {
    await loader.stop();
  }
  return { compared, accuracies, counterMegabytes };
}

function notesOf({ rounds, durationInMs }: Pace): string {
  const version = envoyVersion();
  const envoy = version === undefined ? "no Envoy on this machine" : `Envoy ${version}, one thread`;
  const [load = 0] = loadavg();
  const date = new Date().toISOString().slice(0, 10);
  return `${machine(rounds)} Loads of ${durationInMs / 1000} s; ${envoy}; load average at the end ${load.toFixed(1)}; ${date}.`;
}

export function readBaseline(): Baseline {
  return JSON.parse(readFileSync(baselineFile, "utf8")) as Baseline;
}

function number(flag: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (
    text.trim() !== "" &&
    value >= min &&
    value <= max &&
    (flag !== "--rounds" || Number.isInteger(value))
  ) {
    return value;
  }
  const what = flag === "--rounds" ? "a whole number" : "a number";
  throw new Error(`${flag} is ${JSON.stringify(text)}; allowed: ${what} from ${min} to ${max}`);
}
