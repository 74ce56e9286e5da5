import type { MonitorEvent } from "./events.ts";
import type { HookArgs, HookRunner } from "./hooks.ts";
import { type Callbacks, protocol, toStruct } from "./sdk.ts";

interface RegisteredHook {
  token: string;
  isRunInPreview: boolean;
  isIgnoringErrors: boolean;
}

export interface ProgramHooks extends HookRunner {
  add(name: string, hook: RegisteredHook): void;
  addErrorHook(name: string, token: string): void;
}

/** The hooks that the program registers by `new ResourceHook` and `new ErrorHook`. */
export function createProgramHooks(options: {
  callbacks: Callbacks;
  isPreview: boolean;
  onEvent: (event: MonitorEvent) => void;
}): ProgramHooks {
  const { callbacks, isPreview, onEvent } = options;
  const hooks = new Map<string, RegisteredHook>();
  const errorHooks = new Map<string, string>();

  return {
    add: (name, hook) => void hooks.set(name, hook),
    addErrorHook: (name, token) => void errorHooks.set(name, token),

    async run(moment, binding, args) {
      for (const name of binding[moment] ?? []) {
        const hook = hooks.get(name);
        if (hook === undefined) {
          const message = `the hook "${name}" (${moment}) isn't in the program any more: it is not run`;
          onEvent({ type: "warning", urn: args.urn, message });
          continue;
        }
        if (isPreview && !hook.isRunInPreview) continue;
        const request = new protocol.ResourceHookRequest();
        describe(request, args);
        if (args.newOutputs) request.setNewOutputs(toStruct(args.newOutputs));
        const error = (await callbacks.call(hook.token, request, protocol.ResourceHookResponse)).getError();
        if (error === "") continue;
        const message = `the hook "${name}" (${moment}) failed: ${error}`;
        if (!hook.isIgnoringErrors) throw new Error(message);
        onEvent({ type: "warning", urn: args.urn, message });
      }
    },

    async wantsRetry(binding, args, operation, errors) {
      let isRetried = false;
      for (const name of binding.onError ?? []) {
        const token = errorHooks.get(name);
        if (token === undefined) continue;
        const request = new protocol.ErrorHookRequest();
        describe(request, args);
        request.setFailedOperation(operation);
        request.setErrorsList([...errors]);
        const response = await callbacks.call(token, request, protocol.ErrorHookResponse);
        if (response.getError() !== "")
          throw new Error(`the error hook "${name}" failed: ${response.getError()}`);
        isRetried ||= response.getRetry();
      }
      return isRetried;
    },
  };
}

type HookRequest =
  | InstanceType<typeof protocol.ResourceHookRequest>
  | InstanceType<typeof protocol.ErrorHookRequest>;

function describe(request: HookRequest, args: HookArgs): void {
  request.setUrn(args.urn);
  request.setId(args.id);
  request.setName(args.name);
  request.setType(args.type);
  if (args.newInputs) request.setNewInputs(toStruct(args.newInputs));
  if (args.oldInputs) request.setOldInputs(toStruct(args.oldInputs));
  if (args.oldOutputs) request.setOldOutputs(toStruct(args.oldOutputs));
}
