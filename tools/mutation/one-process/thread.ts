import { parentPort, workerData } from "node:worker_threads";
import type { Verdict } from "./constants.ts";
import { loadFile, prepareModules } from "./load.ts";
import { leaveSuites, runTest } from "./run.ts";
import { tests } from "./tests.ts";

const { mutant, files } = workerData as { mutant: string; files: readonly string[] };
Object.assign(globalThis, { __stryker__: { activeMutant: mutant } });
prepareModules();
parentPort?.postMessage(await judge());

async function judge(): Promise<Verdict> {
  let count = 0;
  for (const file of files) {
    parentPort?.postMessage("going on");
    try {
      await loadFile(file);
    } catch (error) {
      return { killedBy: file, message: `doesn't load: ${error}`, count };
    }
    for (const test of tests.slice(count)) {
      count += 1;
      parentPort?.postMessage("going on");
      const outcome = await runTest(test, 20_000);
      if ("message" in outcome) return { killedBy: test.id, message: outcome.message, count };
    }
    await leaveSuites();
  }
  return { killedBy: undefined, message: "", count };
}
