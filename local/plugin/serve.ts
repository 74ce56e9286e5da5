import { Server, ServerCredentials, type UntypedServiceImplementation } from "@grpc/grpc-js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import providerService from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import provider from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { messageLimits } from "../../tools/engine/language/limits.ts";
import { createLocalProvider, type LocalProvider } from "../provider/provider.ts";
import { resourceTable } from "../provider/table.ts";
import { endWithParent } from "../shutdown.ts";
import { type Properties, plainProperties } from "../values.ts";
import { loopbackAddress } from "./address.ts";
import { type Configuration, checkTenancy, configurationOf } from "./configuration.ts";
import { resourceOperations } from "./resources.ts";
import { schemaOf } from "./schema.ts";
import { withKnownSecrets } from "./secrets.ts";
import { fromStruct, toFailures, toStruct, unary } from "./wire.ts";

/** The packages that this plugin stands in for, with the versions whose behaviour it follows. */
const versions: Readonly<Record<string, string>> = { oci: "4.20.0", "docker-build": "0.0.22" };

/**
 * Serves the local provider as a Pulumi plugin on a free loopback port.
 *
 * @param name - `oci` or `docker-build`
 * @returns the port
 * @throws An error when no address of a local OCI is given, or one that isn't on loopback.
 */
export async function servePlugin(
  name: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  const version = versions[name];
  if (version === undefined) throw new Error(`"${name}" isn't one of ${Object.keys(versions).join(", ")}`);
  const url = loopbackAddress(environment);
  const local = createLocalProvider({ url, projectDirectory: process.cwd() });
  const server = new Server(messageLimits);
  server.addService(providerService.ResourceProviderService, methods(name, version, url, local));
  // The engine may be killed without a word; nothing of it must go on.
  endWithParent(() => process.exit(0));
  // By SIGINT the engine asks its plugins to end; after ten seconds it kills them and reports a fault.
  process.once("SIGINT", () => process.exit(0));
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
      if (error === null) resolve(port);
      else reject(error);
    });
  });
}

function methods(
  name: string,
  version: string,
  url: string,
  local: LocalProvider,
): UntypedServiceImplementation {
  let configuration: Configuration = { region: undefined };
  const operations = resourceOperations({
    provider: local,
    region: () => configuration.region,
    inputsOf: (type) => Object.keys(resourceTable[type]?.properties ?? {}),
  });
  const type = `pulumi:providers:${name}`;

  return {
    handshake: unary(async () => new provider.ProviderHandshakeResponse().setAcceptSecrets(true)),
    attach: unary(async () => new empty.Empty()),
    getPluginInfo: unary(async () => new plugin.PluginInfo().setVersion(version)),
    getSchema: unary(async () =>
      new provider.GetSchemaResponse().setSchema(JSON.stringify(schemaOf(name, version))),
    ),
    checkConfig: unary(async (request: InstanceType<typeof provider.CheckRequest>) => {
      const inputs = withKnownSecrets(type, fromStruct(request.getNews()));
      const args = plainProperties(inputs);
      const failures = [...local.check(type, args), ...(await checkTenancy(url, args))];
      return new provider.CheckResponse()
        .setInputs(toStruct(inputs))
        .setFailuresList(toFailures(failures, inputs));
    }),
    // A change of region reaches every later call; nothing has to be replaced for it.
    diffConfig: unary(async () => new provider.DiffResponse()),
    configure: unary(async (request: InstanceType<typeof provider.ConfigureRequest>) => {
      const args: Properties = plainProperties(fromStruct(request.getArgs()));
      const [failure] = await checkTenancy(url, args);
      if (failure !== undefined) throw new Error(`${failure.property} ${failure.reason}`);
      configuration = configurationOf(args);
      return new provider.ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true);
    }),
    check: unary(operations.check),
    diff: unary(operations.diff),
    create: unary(operations.create),
    read: unary(operations.read),
    update: unary(operations.update),
    delete: unary(async (request: InstanceType<typeof provider.DeleteRequest>) => {
      await operations.delete(request);
      return new empty.Empty();
    }),
    invoke: unary(operations.invoke),
    // What is under way fails at once; what was made by then is kept in the state as incomplete.
    cancel: unary(async () => {
      local.close();
      return new empty.Empty();
    }),
  };
}
