import * as pulumi from "@pulumi/pulumi";
import type { MockCallArgs, MockMonitor, MockResourceArgs } from "@pulumi/pulumi/runtime/mocks.js";

/** A resource with its inputs: secrets are `{ secret: value }`, what isn't known yet is `<unknown>`. */
export interface Recorded {
  type: string;
  name: string;
  // biome-ignore lint/suspicious/noExplicitAny: inputs are whatever a resource takes
  inputs: Record<string, any>;
}

/** Options of a resource as they reach the engine; resources by `name`, providers by `name`. */
export interface RecordedOptions {
  parent: string;
  provider: string;
  dependsOn: string[];
  deleteBeforeReplace: boolean | undefined;
  /** Names of further options that are set. */
  further?: string[];
}

export interface RunOptions {
  /** @default "shop" */
  project?: string;
  /** @default "dev" */
  stack?: string;
  isPreview?: boolean;
  config?: Readonly<Record<string, string>>;
  secretKeys?: readonly string[];
  /** What every invoke answers. @default - the answers of a tenancy whose home is us-ashburn-1 */
  answer?: Record<string, unknown>;
}

export interface Run<T> {
  result: T;
  resources: Recorded[];
  /** By logical name of custom resources. */
  options: Record<string, RecordedOptions>;
  /** Outputs that components registered, by logical name. */
  // biome-ignore lint/suspicious/noExplicitAny: outputs are whatever a component registers
  outputs: Record<string, any>;
  calls: MockCallArgs[];
  /** Where secrets stand among the inputs as they go to the engine: `shop-hello.config.TOKEN`. */
  secretPaths: string[];
  one(type: string, name?: string): Recorded;
}

const idTypes: Readonly<Record<string, string>> = {
  "oci:ApiGateway/gateway:Gateway": "apigateway",
  "oci:ApiGateway/deployment:Deployment": "apideployment",
  "oci:Functions/application:Application": "fnapp",
  "oci:Functions/function:Function": "fnfunc",
  "oci:Identity/dynamicGroup:DynamicGroup": "dynamicgroup",
  "oci:Identity/policy:Policy": "policy",
  "oci:Core/subnet:Subnet": "subnet",
  "oci:Logging/log:Log": "log",
  "oci:Logging/logGroup:LogGroup": "loggroup",
};

const host = "g.apigateway.eu-frankfurt-1.oci.customer-oci.com";

/** Computed properties that OCI would answer. */
function computed({ type, inputs }: MockResourceArgs): Record<string, unknown> {
  if (type === "oci:ApiGateway/gateway:Gateway") return { hostname: host };
  if (type === "docker-build:index:Image") return { digest: `sha256:${"d".repeat(64)}` };
  if (type !== "oci:ApiGateway/deployment:Deployment") return {};
  return { endpoint: `https://${host}${inputs.pathPrefix}` };
}

function answer(args: MockCallArgs): Record<string, unknown> {
  if (args.token.includes("getNamespace")) return { namespace: "ns" };
  if (args.token.includes("getServices")) {
    const service = {
      id: "ocid1.service.oc1.fra.s",
      cidrBlock: "all-fra-services-in-oracle-services-network",
    };
    return { services: [{ ...service, name: "All FRA Services In Oracle Services Network" }] };
  }
  if (!args.token.includes("getRegionSubscriptions")) throw new Error(`no answer for ${args.token}`);
  return {
    regionSubscriptions: [
      { regionName: "eu-frankfurt-1", isHomeRegion: false },
      { regionName: "us-ashburn-1", isHomeRegion: true },
    ],
  };
}

/** What a raw request is asked for; the SDK's own type isn't public. */
interface RawRequest {
  getType(): string;
  getName(): string;
  getObject(): { toJavaScript(): Record<string, unknown> };
  getCustom(): boolean;
  getParent(): string;
  getProvider(): string;
  getDependenciesList(): string[];
  getDeletebeforereplace(): boolean;
  getDeletebeforereplacedefined(): boolean;
}

/** Options that the components set nowhere, when one of them is set after all. */
function furtherOptions(request: RawRequest): Pick<RecordedOptions, "further"> {
  const given = request as unknown as Readonly<Record<string, (() => unknown) | undefined>>;
  const further = [
    ["protect", given.getProtect?.()],
    ["retainOnDelete", given.getRetainondelete?.()],
    ["import", given.getImportid?.()],
    ["deletedWith", given.getDeletedwith?.()],
    ["pluginDownloadURL", given.getPlugindownloadurl?.()],
    ["ignoreChanges", given.getIgnorechangesList?.()],
    ["replaceOnChanges", given.getReplaceonchangesList?.()],
    ["aliases", given.getAliasesList?.()],
  ] as const;
  const set = further.filter(([, value]) => (Array.isArray(value) ? value.length > 0 : Boolean(value)));
  return set.length === 0 ? {} : { further: set.map(([name]) => name) };
}

/** What the engine is told beside the mocks: they hide options and registered outputs. */
class Ear {
  readonly resources: Recorded[] = [];
  readonly options: Record<string, RecordedOptions> = {};
  readonly outputs: Record<string, unknown> = {};

  /** Listens to what reaches the monitor that `setMocks` has set, and lets it answer. */
  constructor(monitor: MockMonitor) {
    const register = monitor.registerResource.bind(monitor);
    monitor.registerResource = async (request, callback) => {
      this.#hear(request);
      await register(request, callback);
    };
    const registerOutputs = monitor.registerResourceOutputs.bind(monitor);
    monitor.registerResourceOutputs = (request, callback) => {
      this.outputs[lastOf(request.getUrn())] = readable(request.getOutputs().toJavaScript());
      registerOutputs(request, callback);
    };
  }

  #hear(request: RawRequest): void {
    const inputs = readable(request.getObject().toJavaScript()) as Recorded["inputs"];
    this.resources.push({ type: request.getType(), name: request.getName(), inputs });
    if (!request.getCustom()) return;
    const isDefined = request.getDeletebeforereplacedefined();
    this.options[request.getName()] = {
      parent: lastOf(request.getParent()),
      provider: lastOf(request.getProvider().replace(/::[^:]*$/, "")),
      dependsOn: request.getDependenciesList().map(lastOf).toSorted(),
      deleteBeforeReplace: isDefined ? request.getDeletebeforereplace() : undefined,
      ...furtherOptions(request),
    };
  }
}

/** Runs a program on Pulumi's mocks until all of its resources are registered, and tells what it registered. */
export async function run<T>(program: () => T | Promise<T>, options: RunOptions = {}): Promise<Run<T>> {
  const calls: MockCallArgs[] = [];
  const { project = "shop", stack = "dev", isPreview = false, config = {}, secretKeys = [] } = options;
  const mocks: pulumi.runtime.Mocks = {
    newResource: (args) =>
      isPreview
        ? { id: undefined, state: args.inputs }
        : {
            id: `ocid1.${idTypes[args.type] ?? "resource"}.oc1..${args.name}`,
            state: { ...args.inputs, ...computed(args) },
          },
    call: (args) => {
      calls.push(args);
      return options.answer ?? answer(args);
    },
  };
  await pulumi.runtime.setMocks(mocks, project, stack, isPreview);
  pulumi.runtime.setAllConfig({ ...config }, [...secretKeys]);
  const ear = new Ear(pulumi.runtime.getMonitor() as unknown as MockMonitor);
  let result: T;
  try {
    result = await program();
  } finally {
    await pulumi.runtime.disconnect();
  }
  const { resources } = ear;
  return {
    result,
    resources,
    options: ear.options,
    outputs: ear.outputs,
    calls,
    secretPaths: resources.flatMap(({ name, inputs }) => secretPaths(inputs, name)).toSorted(),
    one(type, name) {
      const found = resources.filter((one) => one.type === type && (name === undefined || one.name === name));
      const [only] = found;
      if (only === undefined || found.length > 1) throw new Error(`${found.length} of ${type} ${name ?? ""}`);
      return only;
    },
  };
}

/** Messages of what goes wrong only when values become known; a real run ends with them. */
export async function lateErrors(program: () => unknown): Promise<string[]> {
  const listeners = process.listeners("unhandledRejection");
  const messages = new Set<string>();
  // The SDK puts every property that the error passes in front of its text.
  const passed = /^(error serializing property "[^"]*": )+/;
  const hear = (reason: unknown) => void messages.add((reason as Error).message.replace(passed, ""));
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", hear);
  try {
    await run(program).catch(hear);
    await new Promise((resolve) => setTimeout(resolve, 20));
  } finally {
    process.removeListener("unhandledRejection", hear);
    for (const listener of listeners) process.on("unhandledRejection", listener);
  }
  return [...messages];
}

/** A value that isn't known before the update. */
export function unknown(): pulumi.Output<string> {
  const isKnown = Promise.resolve(false);
  // biome-ignore lint/suspicious/noExplicitAny: the constructor isn't public
  const Output = pulumi.Output as any;
  const value = Promise.resolve("");
  return new Output(new Set(), value, isKnown, Promise.resolve(false), Promise.resolve(new Set()));
}

/** The value of an output; undefined while it is unknown. */
export function resolved<T>(output: pulumi.Output<T>): Promise<T> {
  return (output as unknown as { promise(): Promise<T> }).promise();
}

/** The wire form of a value, with its marks of secrets and unknowns made readable. */
function readable(value: unknown): unknown {
  if (value === "04da6b54-80e4-46f7-96ec-b56ff0331ba9") return "<unknown>";
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, readable(one)] as const);
  const { "4dabf18193072939515e22adb298388d": mark, ...rest } = Object.fromEntries(entries);
  return mark === "1b47061264138c4ac30d75fd1eb44270" ? { secret: rest.value } : Object.fromEntries(entries);
}

function secretPaths(value: unknown, at: string): string[] {
  if (typeof value !== "object" || value === null) return [];
  if ("secret" in value) return [at];
  return Object.entries(value).flatMap(([key, one]) => secretPaths(one, `${at}.${key}`));
}

function lastOf(urn: string): string {
  return urn.split("::").pop() ?? "";
}
