import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { Client, credentials, type MethodDefinition } from "@grpc/grpc-js";
import analyzerService from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import type analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { messageLimits } from "../../tools/engine/language/limits.ts";
import type { Found, Given, PackConfig } from "./given.ts";
import { configurationOf, foundIn, type Levels, levelNames, requestOf, stackRequestOf } from "./wire.ts";

export type { Found, Given, PackConfig } from "./given.ts";

const { AnalyzerService } = analyzerService;

export interface Analyzer {
  /** What the pack holds against a program: resource by resource, then the whole stack, as the engine asks. */
  analyze(resources: readonly Given[], config?: PackConfig): Promise<Found[]>;
  /** The same of one rule: its messages, with `advisory: ` before those that are less than the rule's own level. */
  messages(
    rule: string,
    resources: readonly Given[],
    config?: Readonly<Record<string, unknown>>,
  ): Promise<string[]>;
  /** What the pack says of itself and its rules. */
  info: InstanceType<typeof analyzer.AnalyzerInfo>;
  close(): Promise<void>;
}

/**
 * The pack in a process of its own, called as the engine calls it. One for a file of tests, ended by `close`.
 *
 * @param folder - of the pack; the repository's by default
 */
export async function startAnalyzer({ stack = "dev", folder = "policy" } = {}): Promise<Analyzer> {
  const directory = resolve(folder);
  const child = spawn(process.execPath, [runPack, "127.0.0.1:1", directory], {
    cwd: directory,
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, PULUMI_NODEJS_PROJECT: "shop", PULUMI_NODEJS_STACK: stack },
  });
  const client = new Client(`127.0.0.1:${await portOf(child)}`, credentials.createInsecure(), messageLimits);
  const answered = await call(client, AnalyzerService.getAnalyzerInfo, new empty.Empty());
  const levels: Levels = new Map(
    answered.getPoliciesList().map((policy) => [policy.getName(), policy.getEnforcementlevel()]),
  );

  async function analyze(resources: readonly Given[], config: PackConfig = {}): Promise<Found[]> {
    await call(client, AnalyzerService.configure, configurationOf(config, levels));
    const found: Found[] = [];
    for (const given of resources) {
      const answer = await call(client, AnalyzerService.analyze, requestOf(given, stack));
      found.push(...foundIn(answer, given.name ?? "it"));
    }
    const answer = await call(client, AnalyzerService.analyzeStack, stackRequestOf(resources, stack));
    return [...found, ...foundIn(answer, "")];
  }

  return {
    info: answered,
    analyze,
    async messages(rule, resources, config = {}) {
      const found = (await analyze(resources, { [rule]: config })).filter((one) => one.rule === rule);
      const own = levels.get(rule);
      if (own === undefined) throw new Error(`the pack has no rule ${rule}`);
      return found.map(({ level, message }) =>
        level === levelNames[own] ? message : `${level}: ${message}`,
      );
    },
    async close() {
      client.close();
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill();
      await ended;
    },
  };
}

const runPack = createRequire(import.meta.url).resolve("@pulumi/pulumi/cmd/run-policy-pack");

/** The port that a pack writes when it serves. */
async function portOf(child: ChildProcess): Promise<number> {
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`the policy pack ended with exit code ${code}`);
  });
  const [text] = await Promise.race([once(child.stdout ?? child, "data"), ended]);
  ended.catch(() => {});
  return Number(String(text).trim());
}

function call<Request, Response>(
  client: Client,
  { path, requestSerialize, responseDeserialize }: MethodDefinition<Request, Response>,
  request: Request,
): Promise<Response> {
  return new Promise((done, failed) => {
    client.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, (error, response) => {
      if (error === null && response !== undefined) done(response);
      else failed(error);
    });
  });
}
