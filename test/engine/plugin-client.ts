import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { credentials, type ServiceError } from "@grpc/grpc-js";
import providerService from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import provider from "@pulumi/pulumi/proto/provider_pb.js";
import statusProtocol from "@pulumi/pulumi/proto/status_pb.js";
import { fromStruct, toStruct } from "../../local/plugin/wire.ts";
import type { Properties } from "../../local/values.ts";

type Client = InstanceType<typeof providerService.ResourceProviderClient>;

/** The plugin in a process of its own, called as the engine calls it. */
export interface PluginClient {
  configure(args: Properties): Promise<{ error?: string; acceptsSecrets?: boolean }>;
  check(type: string, news: Properties): Promise<{ inputs: Properties; failures: string[] }>;
  diff(type: string, olds: Properties, news: Properties): Promise<Properties>;
  /** Of a resource that came to be only partly, what the engine is told to keep. */
  create(type: string, inputs: Properties): Promise<Created>;
  read(
    type: string,
    id: string,
    inputs?: Properties,
  ): Promise<{ id: string; inputs: Properties; outputs: Properties }>;
  update(type: string, id: string, olds: Properties, news: Properties): Promise<Properties>;
  cancel(): Promise<void>;
  process: ChildProcess;
  close(): Promise<void>;
}

export interface Created {
  id: string;
  outputs: Properties;
  error?: string;
  reasons?: string[];
}

export async function startPlugin(name: string, url: string): Promise<PluginClient> {
  const child = spawn(resolve(`local/plugin/bin/pulumi-resource-${name}`), ["127.0.0.1:1"], {
    env: { ...process.env, OCI_LOCAL_URL: url },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [port] = await once(child.stdout, "data");
  const address = `127.0.0.1:${String(port).trim()}`;
  const client: Client = new providerService.ResourceProviderClient(address, credentials.createInsecure());

  /** One call; its answer, or its error. */
  function call<Request, Response>(
    method: (request: Request, done: (error: ServiceError | null, response: Response) => void) => unknown,
    request: Request,
  ): Promise<{ response: Response } | { error: ServiceError }> {
    return new Promise((done) => {
      method.call(client, request, (error, response) => done(error ? { error } : { response }));
    });
  }

  async function answered<Response>(
    pending: Promise<{ response: Response } | { error: ServiceError }>,
  ): Promise<Response> {
    const result = await pending;
    if ("error" in result) throw new Error(result.error.details);
    return result.response;
  }

  return {
    process: child,
    async configure(args) {
      const request = new provider.ConfigureRequest().setArgs(toStruct(args)).setAcceptsecrets(true);
      const result = await call<typeof request, InstanceType<typeof provider.ConfigureResponse>>(
        client.configure,
        request,
      );
      if ("error" in result) return { error: result.error.details };
      return { acceptsSecrets: result.response.getAcceptsecrets() };
    },
    async check(type, news) {
      const request = new provider.CheckRequest().setUrn(urnOf(type)).setNews(toStruct(news));
      const response = await answered(
        call<typeof request, InstanceType<typeof provider.CheckResponse>>(client.check, request),
      );
      const failures = response.getFailuresList();
      return {
        inputs: fromStruct(response.getInputs()),
        failures: failures.map((failure) => `${failure.getProperty()} ${failure.getReason()}`),
      };
    },
    async diff(type, olds, news) {
      const request = new provider.DiffRequest()
        .setUrn(urnOf(type))
        .setOldInputs(toStruct(olds))
        .setOlds(toStruct(olds))
        .setNews(toStruct(news));
      const response = await answered(
        call<typeof request, InstanceType<typeof provider.DiffResponse>>(client.diff, request),
      );
      return {
        changes: response.getChanges(),
        diffs: response.getDiffsList(),
        replaces: response.getReplacesList(),
      };
    },
    async create(type, inputs) {
      const request = new provider.CreateRequest().setUrn(urnOf(type)).setProperties(toStruct(inputs));
      const result = await call<typeof request, InstanceType<typeof provider.CreateResponse>>(
        client.create,
        request,
      );
      if ("error" in result) return partOf(result.error);
      return { id: result.response.getId(), outputs: fromStruct(result.response.getProperties()) };
    },
    async read(type, id, inputs = {}) {
      const request = new provider.ReadRequest().setUrn(urnOf(type)).setId(id).setInputs(toStruct(inputs));
      const response = await answered(
        call<typeof request, InstanceType<typeof provider.ReadResponse>>(client.read, request),
      );
      return {
        id: response.getId(),
        inputs: fromStruct(response.getInputs()),
        outputs: fromStruct(response.getProperties()),
      };
    },
    async update(type, id, olds, news) {
      const request = new provider.UpdateRequest()
        .setUrn(urnOf(type))
        .setId(id)
        .setOldInputs(toStruct(olds))
        .setNews(toStruct(news));
      const response = await answered(
        call<typeof request, InstanceType<typeof provider.UpdateResponse>>(client.update, request),
      );
      return fromStruct(response.getProperties());
    },
    async cancel() {
      const { default: empty } = await import("google-protobuf/google/protobuf/empty_pb.js");
      await answered(call(client.cancel, new empty.Empty()));
    },
    async close() {
      client.close();
      if (child.exitCode === null && child.signalCode === null) {
        child.kill("SIGKILL");
        await once(child, "exit");
      }
    },
  };
}

function urnOf(type: string): string {
  return `urn:pulumi:local::test::some:parent:Component$${type}::one`;
}

function partOf(error: ServiceError): Created {
  const [bytes] = error.metadata.get("grpc-status-details-bin");
  if (!(bytes instanceof Buffer)) return { id: "", outputs: {}, error: error.details };
  const [detail] = statusProtocol.Status.deserializeBinary(bytes).getDetailsList();
  const init = provider.ErrorResourceInitFailed.deserializeBinary(
    detail?.getValue_asU8() ?? new Uint8Array(),
  );
  return {
    id: init.getId(),
    outputs: fromStruct(init.getProperties()),
    error: error.details,
    reasons: init.getReasonsList(),
  };
}
