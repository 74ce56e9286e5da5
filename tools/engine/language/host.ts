import type { ChildProcess } from "node:child_process";
import {
  type handleUnaryCall,
  Server,
  ServerCredentials,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import languageService from "@pulumi/pulumi/proto/language_grpc_pb.js";
import language from "@pulumi/pulumi/proto/language_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { endWithParent } from "../../../local/shutdown.ts";
import { optionsOf } from "./info.ts";
import { installDependencies } from "./install.ts";
import { messageLimits } from "./limits.ts";
import { runtimeOptions } from "./options.ts";
import { runPlugin } from "./plugin.ts";
import { runProgram } from "./run.ts";

const version = "0.1.0";

/**
 * Serves what the CLI asks of the Node.js language host on a free loopback port.
 *
 * @param engine - address of the engine, for the program
 * @returns the port
 */
export async function serveLanguageHost(engine: string): Promise<number> {
  const children = new Set<ChildProcess>();
  const server = new Server(messageLimits);
  server.addService(languageService.LanguageRuntimeService, methods(engine, children));
  function end(): void {
    for (const child of children) child.kill("SIGTERM");
    process.exit(0);
  }
  process.once("SIGTERM", end);
  // The CLI may be killed without a word; nothing of it must go on.
  endWithParent(end);
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
      if (error === null) resolve(port);
      else reject(error);
    });
  });
}

function methods(handedOver: string, children: Set<ChildProcess>): UntypedServiceImplementation {
  let engine = handedOver;
  const keep = (child: ChildProcess) => {
    children.add(child);
    child.once("exit", () => children.delete(child));
  };
  return {
    handshake: unary(async (request: LanguageHandshakeRequest) => {
      engine = request.getEngineAddress() || engine;
      return new language.LanguageHandshakeResponse();
    }),
    getPluginInfo: unary(async () => new plugin.PluginInfo().setVersion(version)),
    // None: the plugins that are needed are installed, and nothing may be downloaded.
    getRequiredPackages: unary(async () => new language.GetRequiredPackagesResponse()),
    getRequiredPlugins: unary(async () => new language.GetRequiredPluginsResponse()),
    runtimeOptionsPrompts: unary(async () => new language.RuntimeOptionsResponse()),
    getProgramDependencies: unary(async () => new language.GetProgramDependenciesResponse()),
    about: unary(async () => {
      return new language.AboutResponse().setExecutable(process.execPath).setVersion(process.version);
    }),
    run: unary(async (request: RunRequest) => {
      const info = request.getInfo();
      const outcome = await runProgram(
        {
          project: request.getProject(),
          stack: request.getStack(),
          organization: request.getOrganization(),
          directory: request.getPwd() || (info?.getProgramDirectory() ?? "."),
          rootDirectory: info?.getRootDirectory() ?? "",
          entryPoint: info?.getEntryPoint() || request.getProgram() || ".",
          args: request.getArgsList(),
          nodeargs: runtimeOptions(optionsOf(info)).nodeargs,
          config: Object.fromEntries(request.getConfigMap().toObject(true)),
          secretKeys: request.getConfigsecretkeysList(),
          isPreview: request.getDryrun(),
          parallel: request.getParallel(),
          monitor: request.getMonitorAddress(),
          engine,
        },
        keep,
      );
      return new language.RunResponse().setError(outcome.error).setBail(outcome.isBail);
    }),
    runPlugin: (call: Parameters<typeof runPlugin>[0]) => runPlugin(call, keep),
    installDependencies: (call: Parameters<typeof installDependencies>[0]) => installDependencies(call, keep),
    cancel: unary(async () => {
      for (const child of children) child.kill("SIGTERM");
      return new empty.Empty();
    }),
  };
}

type RunRequest = InstanceType<typeof language.RunRequest>;
type LanguageHandshakeRequest = InstanceType<typeof language.LanguageHandshakeRequest>;

function unary<Request, Response>(
  handle: (request: Request) => Promise<Response>,
): handleUnaryCall<Request, Response> {
  return (call, answer) => {
    handle(call.request).then(
      (response) => answer(null, response),
      (error: Error) => answer({ message: error.message, details: error.message }),
    );
  };
}
