// A fresh thread, as a policy pack judges a program once: what is compiled while it judges counts.
import { createRequire } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import { policyOf } from "../policy/policy.ts";
import { isStackRule } from "../policy/rule.ts";
import { rules } from "../policy/rules.ts";
import { type Given, nameOf, urnOf } from "../test/policy/given.ts";
import { requestOf, stackRequestOf } from "../test/policy/wire.ts";
import { stacks } from "./policy-stack.ts";

/** What the thread measured, in milliseconds of its processor time: other work on the machine hardly moves it. */
export interface Judged {
  rulesInMs: number;
  withSdkInMs: number;
  findings: number;
}

const stack = "prod";
const policies = rules.map((rule) => ({
  isOfStack: isStackRule(rule),
  policy: policyOf(rule, { stack, project: "shop" }),
}));

/** A policy as the SDK calls it. */
interface Called {
  validateResource?(args: object, report: () => void): void;
  validateStack?(args: object, report: () => void): void;
}

/** The functions behind the SDK's gRPC service; its declarations leave them out. */
interface Server {
  makeAnalyzeRpcFun: Make;
  makeAnalyzeStackRpcFun: Make;
}
type Make = (name: string, version: string, level: string, policies: readonly unknown[]) => Rpc;
type Rpc = (call: { request: unknown }, answer: (error: unknown, response: unknown) => void) => void;

/** The rules themselves, with what the SDK hands over. */
function judge(resources: readonly Given[]): { inMs: number; findings: number } {
  const [alone, together] = [resources.map(argumentsOf), stackOf(resources)];
  let findings = 0;
  const report = () => {
    findings += 1;
  };
  const getConfig = () => ({});
  const begin = process.threadCpuUsage();
  for (const args of alone) {
    for (const { policy } of policies) (policy as Called).validateResource?.({ ...args, getConfig }, report);
  }
  for (const { policy } of policies) {
    (policy as Called).validateStack?.({ resources: together, getConfig }, report);
  }
  return { inMs: elapsedInMs(begin), findings };
}

function argumentsOf(given: Given) {
  return {
    type: given.type,
    name: nameOf(given),
    urn: urnOf(given, stack),
    props: given.properties,
    opts: { protect: false },
  };
}

function stackOf(resources: readonly Given[]) {
  const made = resources.map((given) => ({
    ...argumentsOf({ ...given, properties: given.outputs ?? given.properties }),
    propertyDependencies: {} as Record<string, unknown>,
  }));
  const byName = new Map(resources.map((given, index) => [nameOf(given), made[index]]));
  for (const [index, { uses = {} }] of resources.entries()) {
    for (const [property, names] of Object.entries(uses)) {
      const used = names.flatMap((name) => byName.get(name) ?? []);
      Object.assign(made[index]?.propertyDependencies ?? {}, { [property]: used });
    }
  }
  return made;
}

/** The same by the SDK: it reads every resource from its message, for each rule anew. */
async function judgeBySdk(resources: readonly Given[]): Promise<number> {
  const { makeAnalyzeRpcFun, makeAnalyzeStackRpcFun } = createRequire(import.meta.url)(
    "@pulumi/policy/server.js",
  ) as Server;
  const own = policies.map(({ policy }) => policy);
  const [analyze, analyzeStack] = [makeAnalyzeRpcFun, makeAnalyzeStackRpcFun].map((make) =>
    make("pack", "0.1.0", "advisory", own),
  );
  const alone = resources.map((given) => requestOf(given, stack));
  const together = stackRequestOf(resources, stack);
  const begin = process.threadCpuUsage();
  for (const request of alone) await called(analyze, request);
  await called(analyzeStack, together);
  return elapsedInMs(begin);
}

function elapsedInMs(begin: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(begin);
  return (user + system) / 1000;
}

function called(rpc: Rpc | undefined, request: unknown): Promise<unknown> {
  return new Promise((done, failed) => {
    rpc?.({ request }, (error, response) => (error ? failed(error) : done(response)));
  });
}

const resources = stacks[workerData as keyof typeof stacks]();
const { inMs, findings } = judge(resources);
const judged: Judged = { rulesInMs: inMs, findings, withSdkInMs: await judgeBySdk(resources) };
parentPort?.postMessage(judged);
