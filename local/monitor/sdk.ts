/**
 * The one place that touches internals of `@pulumi/pulumi`; they are not a public interface, so the package is
 * pinned to an exact version. Everything that a new version may break is here.
 */
import log from "@pulumi/pulumi/log/index.js";
import { CallbackServer } from "@pulumi/pulumi/runtime/callbacks.js";
import { setAllConfig } from "@pulumi/pulumi/runtime/config.js";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks.js";
import * as sdkSettings from "@pulumi/pulumi/runtime/settings.js";
import * as sdkState from "@pulumi/pulumi/runtime/state.js";
import structProtocol from "google-protobuf/google/protobuf/struct_pb.js";
import type { Properties } from "../values.ts";

export { default as aliasProtocol } from "@pulumi/pulumi/proto/alias_pb.js";
export { default as protocol } from "@pulumi/pulumi/proto/resource_pb.js";

/** Base class of our monitor: the SDK accepts it in place of a connection to an engine. */
export class SdkMonitor extends MockMonitor {
  constructor() {
    super({ newResource: unused, call: unused });
  }
}

function unused(): never {
  throw new Error("the local monitor answers registrations itself");
}

const { getStore } = sdkState as unknown as {
  getStore(): Record<string, unknown> & { logErrorCount: number };
};

/** The SDK's own puts "[runtime]" before each line where no engine takes it. */
const plainLog = {
  info: async (text: string) => console.log(`info: ${text}`),
  warn: async (text: string) => console.warn(`warning: ${text}`),
  error: async (text: string) => {
    getStore().logErrorCount += 1;
    console.error(`error: ${text}`);
  },
};

type Callback = (request: Uint8Array) => Promise<{ serializeBinary(): Uint8Array }>;
export type Message<T> = { deserializeBinary(bytes: Uint8Array): T };

/** Functions that the program handed to the engine: transforms and hooks, by token. */
export interface Callbacks {
  call<T>(token: string, request: { serializeBinary(): Uint8Array }, answer: Message<T>): Promise<T>;
}

/**
 * Makes the SDK talk to `monitor`. Callbacks, which the SDK serves over gRPC to an engine in another process,
 * are called directly: no server is started.
 */
export function installMonitor(
  monitor: SdkMonitor,
  options: { project: string; stack: string; isPreview: boolean; organization: string },
): Callbacks {
  const { project, stack, isPreview, organization } = options;
  sdkSettings.setMockOptions(monitor, project, stack, isPreview, organization);
  const served = new Map<string, Callback>();
  const server = Object.assign(Object.create(CallbackServer.prototype), {
    _callbacks: served,
    _pendingRegistrations: 0,
    _awaitQueue: [],
    _monitor: monitor,
    _server: { forceShutdown() {} },
    _target: Promise.resolve("in-process"),
  });
  getStore().callbacks = server;
  Object.assign(log, plainLog);
  return {
    async call(token, request, answer) {
      const callback = served.get(token);
      if (callback === undefined) throw new Error(`the program registered no callback ${token}`);
      const response = await callback(request.serializeBinary());
      return answer.deserializeBinary(response.serializeBinary());
    },
  };
}

/** Resolves when the SDK waits for nothing more: all registrations, reads and invokes are answered. */
export function pendingRequests(): Promise<void> {
  const { waitForRPCs } = sdkSettings as unknown as { waitForRPCs(): Promise<void> };
  return waitForRPCs();
}

/** Configuration as the program reads it by `pulumi.Config`. */
export function setConfiguration(
  config: Readonly<Record<string, string>>,
  secretKeys: readonly string[],
): void {
  setAllConfig({ ...config }, [...secretKeys]);
}

type Struct = InstanceType<typeof structProtocol.Struct>;

export function toStruct(properties: Properties): Struct {
  return structProtocol.Struct.fromJavaScript(JSON.parse(JSON.stringify(properties)));
}

export function fromStruct(struct: Struct | undefined): Properties {
  return (struct?.toJavaScript() ?? {}) as Properties;
}
