import { Client, credentials, type handleUnaryCall, Server, ServerCredentials, status } from "@grpc/grpc-js";
import analyzerService from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";
import { messageLimits } from "./limits.ts";

/** What the engine tells a policy pack of the stack. */
export type StackConfiguration = InstanceType<typeof analyzer.AnalyzerStackConfigureRequest>;

export interface PolicyProxy {
  /** What the engine connects to. */
  port: number;
  close(): void;
}

/**
 * Stands between the engine and a policy pack: the engine tells the stack's configuration by a call, but the pack has to
 * find it in its environment when it starts. So the pack is started by the first call; all calls are passed on as they are.
 *
 * @param start - starts the pack, with the configuration if the engine told it; answers the pack's port
 */
export async function servePolicyProxy(
  start: (configuration: StackConfiguration | undefined) => Promise<number>,
): Promise<PolicyProxy> {
  const server = new Server(messageLimits);
  let pack: Promise<Client> | undefined;

  async function connect(configuration: StackConfiguration | undefined): Promise<Client> {
    const port = await start(configuration);
    return new Client(`127.0.0.1:${port}`, credentials.createInsecure(), messageLimits);
  }

  function passOn(name: string, path: string): handleUnaryCall<Buffer, Buffer> {
    return (call, answer) => {
      const read = analyzer.AnalyzerStackConfigureRequest.deserializeBinary;
      pack ??= connect(name === "configureStack" ? read(call.request) : undefined);
      pack.then(
        (client) => client.makeUnaryRequest(path, same, same, call.request, answer),
        ({ message }: Error) => answer({ code: status.UNKNOWN, details: message }),
      );
    };
  }

  // Packs don't take the handshake, and the engine does without.
  const methods = Object.entries(analyzerService.AnalyzerService).filter(([name]) => name !== "handshake");
  server.addService(
    Object.fromEntries(methods.map(([name, method]) => [name, { ...method, ...untouched }])),
    Object.fromEntries(methods.map(([name, { path }]) => [name, passOn(name, path)])),
  );
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
  return {
    port,
    close() {
      server.tryShutdown(() => {});
      pack?.then((client) => client.close()).catch(() => {});
    },
  };
}

const same = (message: Buffer) => message;
const untouched = {
  requestSerialize: same,
  requestDeserialize: same,
  responseSerialize: same,
  responseDeserialize: same,
};
