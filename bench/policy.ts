import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Figure } from "./figures.ts";
import type { Judged } from "./policy-judge.ts";
import { stacks } from "./policy-stack.ts";

/** How long the policy pack takes for a stack's resources, one by one and then all together. */
export async function measurePolicy(runs: number, progress: (text: string) => void): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const name of Object.keys(stacks)) {
    const judged: Judged[] = [];
    for (let run = 1; run <= runs; run += 1) {
      progress(`${name}, run ${run} of ${runs}`);
      judged.push(await judgedOnce(name));
    }
    figures.push(
      { name: `${name}: rules`, unit: "ms", values: judged.map((one) => one.rulesInMs), goal: 300 },
      { name: `${name}: with Pulumi's SDK`, unit: "ms", values: judged.map((one) => one.withSdkInMs) },
    );
  }
  return figures;
}

async function judgedOnce(name: string): Promise<Judged> {
  const worker = new Worker(new URL("policy-judge.ts", import.meta.url), { workerData: name });
  const [judged] = (await once(worker, "message")) as [Judged];
  await worker.terminate();
  return judged;
}
