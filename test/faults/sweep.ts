// `npm run test:faults`: every call of a fresh up with every fault. `-- --sample 20 --seed 1` takes that many,
// `-- --fault kill` one kind of fault, `--method POST` one kind of call, `--path logGroups` calls
// whose path holds that; `--shard 1/4` the first of four parts.
import { parseArgs } from "node:util";
import { allCases, type FaultCase, nameOf, sample } from "./calls.ts";
import { startBench, strike, titleOf } from "./strike.ts";

const { values } = parseArgs({
  options: {
    sample: { type: "string" },
    seed: { type: "string", default: "1" },
    fault: { type: "string" },
    method: { type: "string" },
    path: { type: "string" },
    shard: { type: "string", default: "1/1" },
  },
});
const [part = 1, parts = 1] = values.shard.split("/").map(Number);

const bench = await startBench();
process.stderr.write(`A fresh up makes ${bench.calls.length} calls.\n`);
const cases = (values.sample === undefined ? allCases(bench.calls) : drawn(Number(values.sample)))
  .filter(({ fault }) => values.fault === undefined || String(fault) === values.fault)
  .filter(({ call }) => values.method === undefined || call.method === values.method)
  .filter(({ call }) => values.path === undefined || call.path.includes(values.path))
  .filter((_, index) => index % parts === part - 1);
if (cases.length === 0) {
  await bench.stack.close();
  throw new Error("no call and no fault is as these options say; there is nothing to try");
}
let bad = 0;
console.log("| call | fault | runs to converge | |\n| --- | --- | --- | --- |");
for (const [index, one] of cases.entries()) {
  process.stderr.write(`${index + 1}/${cases.length} ${titleOf(one)} …\n`);
  const { runs, hasStruck, problems } = await strike(bench, one);
  if (problems.length > 0) bad += 1;
  const note = [...(hasStruck ? [] : ["didn't strike"]), ...problems].join("; ");
  console.log(`| \`${nameOf(one.call)}\` | ${one.fault} | ${runs} | ${note} |`);
}
await bench.stack.close();
console.log(`\n${cases.length} cases, ${bad} with problems.`);
process.exitCode = bad === 0 ? 0 : 1;

function drawn(size: number): FaultCase[] {
  return sample(bench.calls, size, Number(values.seed));
}
