import { type ChildProcess, spawn } from "node:child_process";
import type { ServerWritableStream } from "@grpc/grpc-js";
import language from "@pulumi/pulumi/proto/language_pb.js";
import { optionsOf } from "./info.ts";
import { runtimeOptions } from "./options.ts";
import { sdkEntry } from "./run.ts";

type RunPluginRequest = InstanceType<typeof language.RunPluginRequest>;
type RunPluginResponse = InstanceType<typeof language.RunPluginResponse>;

/**
 * Runs a policy pack; what it writes and its exit code are the answer. Plugins of other kinds that are written for
 * Node.js (`kind: resource`) are refused.
 */
export function runPlugin(
  call: ServerWritableStream<RunPluginRequest, RunPluginResponse>,
  started: (child: ChildProcess) => void,
): void {
  let child: ChildProcess;
  try {
    child = startPolicyPack(call.request);
  } catch (error) {
    call.emit("error", error);
    return;
  }
  started(child);
  child.stdout?.on("data", (chunk: Buffer) => call.write(new language.RunPluginResponse().setStdout(chunk)));
  child.stderr?.on("data", (chunk: Buffer) => call.write(new language.RunPluginResponse().setStderr(chunk)));
  child.once("close", (code) => {
    call.write(new language.RunPluginResponse().setExitcode(code ?? 1));
    call.end();
  });
  call.once("cancelled", () => child.kill("SIGTERM"));
}

function startPolicyPack(request: RunPluginRequest): ChildProcess {
  const kind = request.getKind();
  const info = request.getInfo();
  const directory = info?.getProgramDirectory() ?? "";
  if (kind !== "analyzer") {
    throw new Error(`${directory}: plugins of kind "${kind}" aren't run here; policy packs (analyzer) are`);
  }
  const { nodeargs } = runtimeOptions(optionsOf(info), "PulumiPolicy.yaml");
  const entry = sdkEntry(directory, "run-policy-pack");
  const environment = request
    .getEnvList()
    .map((pair) => pair.split(/=(.*)/s).slice(0, 2) as [string, string]);
  return spawn(process.execPath, [...nodeargs, entry, ...request.getArgsList(), directory], {
    // As the official language host does it: the pack's version is that of the package.json which lies there.
    cwd: directory,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...Object.fromEntries(environment) },
  });
}
