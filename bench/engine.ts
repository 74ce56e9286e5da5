import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Engine, findEngine } from "../tools/engine/find.ts";
import { calibrate } from "./calibration.ts";
import { type EngineRun, measuredRun, openBed } from "./engine-bed.ts";
import { makeExisting, writeProgram } from "./engine-program.ts";
import type { Figure } from "./figures.ts";

/** What one round came to; figures by their name. */
export interface EngineFigures {
  /** Milliseconds of {@link calibrate}, in the same run. */
  calibrationInMs: number;
  figures: Figure[];
}

/** Up, preview without change and memory of the default program and of programs of many APIs. */
export async function measureEngine(
  sizes: readonly number[],
  runs: number,
  progress: (text: string) => void,
): Promise<EngineFigures> {
  const engine = await findEngine(progress);
  const calibrations = [calibrate()];
  const figures = await measureDefault(runs, progress);
  for (const apis of sizes) {
    calibrations.push(calibrate());
    figures.push(...(await measureApis(engine, apis, runs, progress)));
  }
  return { calibrationInMs: Math.min(...calibrations), figures };
}

async function measureApis(
  engine: Engine,
  apis: number,
  runs: number,
  progress: (text: string) => void,
): Promise<Figure[]> {
  const ups: EngineRun[] = [];
  const upsWithoutCheckpoints: EngineRun[] = [];
  const previews: EngineRun[] = [];
  for (let run = 1; run <= runs; run += 1) {
    progress(`${apis} APIs, run ${run} of ${runs}`);
    for (const isWithoutCheckpoints of [false, true]) {
      const bed = await openBed(engine, { isWithoutCheckpoints });
      let directory: string | undefined;
      try {
        await bed.ready();
        directory = await writeProgram(apis, await makeExisting(bed.url, apis));
        const file = await bed.openStack(directory);
        const up = await bed.run(directory, file, ["up", "--yes", "--skip-preview"]);
        (isWithoutCheckpoints ? upsWithoutCheckpoints : ups).push(up);
        if (!isWithoutCheckpoints)
          previews.push(await bed.run(directory, file, ["preview", "--expect-no-changes"]));
      } finally {
        await bed.close();
        if (directory !== undefined) await rm(directory, { recursive: true, force: true });
      }
    }
  }
  const name = apis === 1 ? "1 API" : `${apis} APIs`;
  return [
    { name: `${name}: fresh up`, unit: "ms", values: ups.map(({ inMs }) => inMs) },
    {
      name: `${name}: fresh up with --no-checkpoints`,
      unit: "ms",
      values: upsWithoutCheckpoints.map(({ inMs }) => inMs),
    },
    { name: `${name}: preview without change`, unit: "ms", values: previews.map(({ inMs }) => inMs) },
    { name: `${name}: peak memory of up`, unit: "MB", values: ups.map((one) => one.peakMegabytes) },
  ];
}

/** The commands as a user types them, each start of npm and of the local OCI included. */
async function measureDefault(runs: number, progress: (text: string) => void): Promise<Figure[]> {
  const ups: EngineRun[] = [];
  const previews: EngineRun[] = [];
  for (let run = 0; run <= runs; run += 1) {
    progress(run === 0 ? "warming up" : `default program, run ${run} of ${runs}`);
    const folder = await mkdtemp(join(tmpdir(), "bench-default-"));
    const environment = { ...process.env, OCI_SERVERLESS_API_LOCAL: folder };
    const npm = (...args: string[]) =>
      measuredRun("npm", ["run", "--silent", ...args], { directory: resolve("."), environment });
    try {
      const up = await npm("up:local", "--", "--yes", "--skip-preview");
      const preview = await npm("preview:local", "--", "--expect-no-changes");
      // The first run warms the disk and isn't counted.
      if (run > 0) {
        ups.push(up);
        previews.push(preview);
      }
    } finally {
      await npm("local:stop");
      await rm(folder, { recursive: true, force: true });
    }
  }
  return [
    {
      name: "Default program: fresh `npm run up:local`",
      unit: "ms",
      values: ups.map((one) => one.inMs),
      goal: 8000,
    },
    {
      name: "Default program: `npm run preview:local` without change",
      unit: "ms",
      values: previews.map((one) => one.inMs),
      goal: 3000,
    },
  ];
}
