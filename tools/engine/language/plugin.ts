import { type ChildProcess, spawn } from "node:child_process";
import type { ServerWritableStream } from "@grpc/grpc-js";
import language from "@pulumi/pulumi/proto/language_pb.js";
import { optionsOf } from "./info.ts";
import { runtimeOptions } from "./options.ts";
import { type StackConfiguration, servePolicyProxy } from "./policy-proxy.ts";
import { sdkEntry } from "./run.ts";

type RunPluginRequest = InstanceType<typeof language.RunPluginRequest>;
type RunPluginResponse = InstanceType<typeof language.RunPluginResponse>;
type RunPluginCall = ServerWritableStream<RunPluginRequest, RunPluginResponse>;

/**
 * Runs a policy pack; what it writes and its exit code are the answer. Plugins of other kinds that are written for
 * Node.js (`kind: resource`) are refused.
 */
export function runPlugin(call: RunPluginCall, started: (child: ChildProcess) => void): void {
  servePack(call, started).catch((error: unknown) => call.emit("error", error));
}

async function servePack(call: RunPluginCall, started: (child: ChildProcess) => void): Promise<void> {
  const start = policyPack(call.request);
  let child: ChildProcess | undefined;
  const proxy = await servePolicyProxy((configuration) => {
    child = start(configuration);
    started(child);
    child.stderr?.on("data", (chunk: Buffer) =>
      call.write(new language.RunPluginResponse().setStderr(chunk)),
    );
    child.once("close", (code) => {
      call.write(new language.RunPluginResponse().setExitcode(code ?? 1));
      call.end();
      proxy.close();
    });
    return portOf(child, (text) => call.write(new language.RunPluginResponse().setStdout(Buffer.from(text))));
  });
  call.once("cancelled", () => {
    child?.kill("SIGTERM");
    proxy.close();
  });
  call.write(new language.RunPluginResponse().setStdout(Buffer.from(`${proxy.port}\n`)));
}

/** How to start the pack that is asked for. @throws when it can't be run here. */
function policyPack(request: RunPluginRequest): (configuration?: StackConfiguration) => ChildProcess {
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
  return (configuration) =>
    spawn(process.execPath, [...nodeargs, entry, ...request.getArgsList(), directory], {
      // As the official language host does it: the pack's version is that of the package.json which lies there.
      cwd: directory,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...Object.fromEntries(environment), ...stackVariables(configuration) },
    });
}

/** Where the SDK looks for the stack, its name and configuration. */
function stackVariables(configuration: StackConfiguration | undefined): Record<string, string> {
  if (configuration === undefined) return {};
  return {
    PULUMI_NODEJS_ORGANIZATION: configuration.getOrganization(),
    PULUMI_NODEJS_PROJECT: configuration.getProject(),
    PULUMI_NODEJS_STACK: configuration.getStack(),
    PULUMI_NODEJS_DRY_RUN: String(configuration.getDryRun()),
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(configuration.getConfigMap().toObject(true))),
  };
}

/** The port that a pack writes as its first line; all else that it writes is passed on. */
function portOf(child: ChildProcess, onText: (text: string) => void): Promise<number> {
  return new Promise((resolve, reject) => {
    let first: string | undefined = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      if (first === undefined) return onText(text);
      first += text;
      const end = first.indexOf("\n");
      if (end < 0) return;
      const rest = first.slice(end + 1);
      resolve(Number(first.slice(0, end)));
      first = undefined;
      if (rest !== "") onText(rest);
    });
    child.once("error", reject);
    child.once("close", (code, signal) =>
      reject(new Error(`the policy pack ended: ${signal ?? `exit code ${code}`}`)),
    );
  });
}
