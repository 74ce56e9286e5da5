import type { Properties } from "../values.ts";
import type { Engine } from "./engine.ts";
import { messageOf } from "./errors.ts";
import type { ProgramHooks } from "./program-hooks.ts";
import { readRegistration } from "./requests.ts";
import { fromStruct, protocol, SdkMonitor, toStruct } from "./sdk.ts";
import type { Transforms } from "./transforms.ts";
import { makeUrn } from "./urn.ts";

type Answer<T> = (error: unknown, response?: T) => void;
type RegisterRequest = InstanceType<typeof protocol.RegisterResourceRequest>;
type ReadRequest = InstanceType<typeof protocol.ReadResourceRequest>;
type InvokeRequest = InstanceType<typeof protocol.ResourceInvokeRequest>;
type CallbackMessage = { getToken(): string };

/** What the monitor hands requests to. */
export interface MonitorParts {
  engine: Engine;
  hooks: ProgramHooks;
  transforms: Transforms;
  project: string;
  stack: string;
}

/** Answers the SDK's requests from the engine, in the program's own process. */
export class LocalMonitor extends SdkMonitor {
  #parts: MonitorParts | undefined;
  /** Engine, hooks and transforms need the installed monitor, so they come after it. */
  connect(parts: MonitorParts): void {
    this.#parts = parts;
  }

  get #connected(): MonitorParts {
    if (this.#parts === undefined) throw new Error("the monitor isn't connected to an engine");
    return this.#parts;
  }

  override registerResource(request: RegisterRequest, callback: Answer<unknown>): Promise<void> {
    return answer(callback, async () => {
      const { engine, transforms, project, stack } = this.#connected;
      const urn = makeUrn(stack, project, request.getParent(), request.getType(), request.getName());
      const response = new protocol.RegisterResourceResponse();
      response.setUrn(urn);
      response.setObject(request.getObject());
      try {
        await transforms.apply(request, urn);
        const registered = await engine.register(readRegistration(request, urn));
        response.setUrn(registered.urn);
        response.setId(registered.id ?? "");
        response.setObject(toStruct(registered.outputs));
      } catch (error) {
        engine.report(urn, error);
        response.setResult(protocol.Result.FAIL);
      }
      return response;
    });
  }

  override readResource(request: ReadRequest, callback: Answer<unknown>): Promise<void> {
    return answer(callback, async () => {
      const registration = new protocol.RegisterResourceRequest();
      registration.setType(request.getType());
      registration.setName(request.getName());
      registration.setParent(request.getParent());
      registration.setCustom(true);
      registration.setObject(request.getProperties());
      registration.setProvider(request.getProvider());
      registration.setDependenciesList(request.getDependenciesList());
      registration.setAdditionalsecretoutputsList(request.getAdditionalsecretoutputsList());
      const { engine, project, stack } = this.#connected;
      const urn = makeUrn(stack, project, request.getParent(), request.getType(), request.getName());
      try {
        const read = await engine.read(readRegistration(registration, urn), request.getId());
        const response = new protocol.ReadResourceResponse();
        response.setUrn(read.urn);
        response.setProperties(toStruct(read.outputs));
        return response;
      } catch (error) {
        engine.report(urn, error);
        throw error;
      }
    });
  }

  override invoke(request: InvokeRequest, callback: Answer<unknown>): Promise<void> {
    return answer(callback, async () => {
      const { engine, transforms } = this.#connected;
      const response = new protocol.ResourceInvokeResponse();
      const token = request.getTok();
      if (token === "pulumi:pulumi:getResource") {
        const urn = String(fromStruct(request.getArgs()).urn);
        const state = engine.find(urn);
        if (state === undefined) throw new Error(`unknown resource ${urn}`);
        response.setReturn(toStruct({ urn, id: state.id ?? "", state: state.outputs }));
        return response;
      }
      await transforms.applyToInvoke(request);
      const result: Properties = await engine.invoke(
        token,
        fromStruct(request.getArgs()),
        request.getProvider(),
      );
      response.setReturn(toStruct(result));
      return response;
    });
  }

  override registerResourceOutputs(
    request: InstanceType<typeof protocol.RegisterResourceOutputsRequest>,
    callback: Answer<unknown>,
  ): void {
    void answer(callback, () => {
      this.#connected.engine.setOutputs(request.getUrn(), fromStruct(request.getOutputs()));
      return {};
    });
  }

  registerResourceHook(
    request: InstanceType<typeof protocol.RegisterResourceHookRequest>,
    callback: Answer<unknown>,
  ): void {
    void answer(callback, () => {
      this.#connected.hooks.add(request.getName(), {
        token: request.getCallback()?.getToken() ?? "",
        isRunInPreview: request.getOnDryRun(),
        isIgnoringErrors: request.getIgnoreErrors(),
      });
      return {};
    });
  }

  registerErrorHook(
    request: InstanceType<typeof protocol.RegisterErrorHookRequest>,
    callback: Answer<unknown>,
  ): void {
    void answer(callback, () => {
      this.#connected.hooks.addErrorHook(request.getName(), request.getCallback()?.getToken() ?? "");
      return {};
    });
  }

  override registerStackTransform(request: CallbackMessage, callback: Answer<unknown>): void {
    void answer(callback, () => {
      this.#connected.transforms.addToStack(request.getToken());
      return {};
    });
  }

  override registerStackInvokeTransform(request: CallbackMessage, callback: Answer<unknown>): void {
    void answer(callback, () => {
      this.#connected.transforms.addInvokeToStack(request.getToken());
      return {};
    });
  }

  override existsResource(_request: unknown, callback: Answer<unknown>): void {
    refuse(callback, "existsResource");
  }

  override registerPackage(_request: unknown, callback: Answer<unknown>): void {
    refuse(callback, "parameterized packages");
  }

  call(_request: unknown, callback: Answer<unknown>): void {
    refuse(callback, "methods of provider resources");
  }

  override getDeploymentInfo(_request: unknown, callback: Answer<unknown>): void {
    const feature = protocol.ResourceMonitorFeature;
    const response = new protocol.DeploymentInfo();
    response.setSupportedfeaturesList([
      feature.RESOURCE_MONITOR_FEATURE_SECRETS,
      feature.RESOURCE_MONITOR_FEATURE_RESOURCE_REFERENCES,
      feature.RESOURCE_MONITOR_FEATURE_ALIAS_SPECS,
      feature.RESOURCE_MONITOR_FEATURE_DELETED_WITH,
      feature.RESOURCE_MONITOR_FEATURE_REPLACE_WITH,
      feature.RESOURCE_MONITOR_FEATURE_REPLACEMENT_TRIGGER,
      feature.RESOURCE_MONITOR_FEATURE_TRANSFORMS,
      feature.RESOURCE_MONITOR_FEATURE_INVOKE_TRANSFORMS,
      feature.RESOURCE_MONITOR_FEATURE_PARAMETERIZATION,
      feature.RESOURCE_MONITOR_FEATURE_RESOURCE_HOOKS,
      feature.RESOURCE_MONITOR_FEATURE_ERROR_HOOKS,
      feature.RESOURCE_MONITOR_FEATURE_STATE_MIGRATIONS,
    ]);
    callback(null, response);
  }
}

async function answer<T>(callback: Answer<T>, run: () => Promise<T> | T): Promise<void> {
  try {
    callback(null, await run());
  } catch (error) {
    callback(Object.assign(new Error(messageOf(error)), { details: messageOf(error) }));
  }
}

function refuse(callback: Answer<unknown>, what: string): void {
  const message = `the local run doesn't carry out ${what}`;
  callback(Object.assign(new Error(message), { details: message }));
}
