import { hidingSecrets } from "../masked.ts";
import {
  type Created,
  type OperationContext,
  PartlyCreatedError,
  type ResourceProvider,
} from "../provider/types.ts";
import { hasUnknown, markSecrets, type Properties, plainProperties, secret } from "../values.ts";
import { messageOf, StepError } from "./errors.ts";
import type { MonitorEvent, Operation } from "./events.ts";
import type { HookArgs, HookRunner } from "./hooks.ts";
import type { HookBinding } from "./registration.ts";
import type { ResourceState, Timeouts } from "./state.ts";
import { nameOf } from "./urn.ts";

/** As the engine of the CLI: an error hook may ask for a hundred further attempts. */
const maximumAttempts = 100;
/** As the official provider's default. */
const defaultTimeoutInMs = 20 * 60_000;

export interface StepOptions {
  provider: ResourceProvider;
  hooks: HookRunner;
  isPreview: boolean;
  onEvent: (event: MonitorEvent) => void;
  regionOf: (provider: string) => string | undefined;
}

/** A resource that is about to be made or changed: everything of its state but what the operation yields. */
export type Target = Omit<ResourceState, "id" | "outputs"> & { additionalSecretOutputs: readonly string[] };

export interface Steps {
  create(
    target: Target,
    operation: "create" | "replace",
    changed: string[],
    keep: Keep,
  ): Promise<ResourceState>;
  update(target: Target, old: ResourceState, changed: string[], keep: Keep): Promise<ResourceState>;
  /** @param isCovered - whether the resource goes together with another one, so that nothing is called */
  remove(state: ResourceState, isCovered: boolean): Promise<void>;
  read(target: Target, id: string): Promise<ResourceState>;
}

/** Called as soon as the resource exists, before hooks that may fail. */
type Keep = (state: ResourceState) => void;

/** The operations on a single resource: hooks around the provider's call, retries, events. */
export function createSteps({ provider, hooks, isPreview, onEvent, regionOf }: StepOptions): Steps {
  async function told<T>(
    operation: Operation,
    urn: string,
    changed: string[],
    run: () => Promise<T>,
  ): Promise<T> {
    const event = { type: "step", operation, urn, ...(changed.length > 0 && { changed }) } as const;
    const start = performance.now();
    onEvent({ ...event, phase: "started" });
    try {
      const result = await run();
      onEvent({ ...event, phase: "done", durationInMs: performance.now() - start });
      return result;
    } catch (error) {
      onEvent({ ...event, phase: "failed", durationInMs: performance.now() - start });
      throw error instanceof StepError ? error : new StepError(urn, messageOf(error));
    }
  }

  async function attempt<T>(
    operation: "create" | "update" | "delete",
    binding: HookBinding,
    args: HookArgs,
    run: () => Promise<T>,
  ): Promise<T> {
    const errors: string[] = [];
    for (;;) {
      try {
        return await run();
      } catch (error) {
        // It exists: a second try would make another one.
        if (error instanceof PartlyCreatedError) throw error;
        errors.unshift(messageOf(error));
        if (errors.length > maximumAttempts) throw error;
        if (!(await hooks.wantsRetry(binding, args, operation, errors))) throw error;
      }
    }
  }

  function context(state: { provider: string }, timeoutInMs: number | undefined): OperationContext {
    return { region: regionOf(state.provider), timeoutInMs: timeoutInMs ?? defaultTimeoutInMs };
  }

  return {
    create: (target, operation, changed, keep) =>
      told(operation, target.urn, changed, async () => {
        const args: HookArgs = { ...about(target, ""), newInputs: target.inputs };
        await hooks.run("beforeCreate", target.hooks, args);
        const inputs = plainProperties(target.inputs);
        const created: Partial<Created> & { outputs: Properties } = isPreview
          ? { outputs: inputs }
          : await attempt("create", target.hooks, args, () => {
              assertKnown(target, inputs);
              const limits = context(target, target.timeouts.create);
              return hidingSecrets(target.inputs, () => provider.create(target.type, inputs, limits));
            }).catch((error: unknown) => {
              if (error instanceof PartlyCreatedError) {
                keep({ ...finished(target, error.id, inputs), isIncomplete: true });
              }
              throw error;
            });
        const state = finished(target, created.id, created.outputs);
        keep(state);
        const after = { ...args, id: state.id ?? "", newOutputs: state.outputs };
        await hooks.run("afterCreate", target.hooks, after);
        return state;
      }),

    update: (target, old, changed, keep) =>
      told("update", target.urn, changed, async () => {
        const id = old.id ?? "";
        const earlier = { oldInputs: old.inputs, oldOutputs: old.outputs };
        const args: HookArgs = { ...about(target, id), newInputs: target.inputs, ...earlier };
        await hooks.run("beforeUpdate", target.hooks, args);
        const inputs = plainProperties(target.inputs);
        provider.assertChangeable(target.type, plainProperties(old.inputs), inputs);
        const outputs = isPreview
          ? { ...plainProperties(old.outputs), ...inputs }
          : await attempt("update", target.hooks, args, () => {
              assertKnown(target, inputs);
              const oldInputs = plainProperties(old.inputs);
              const limits = context(target, target.timeouts.update);
              return hidingSecrets(target.inputs, () =>
                provider.update(target.type, id, oldInputs, inputs, limits),
              );
            });
        const state = finished(target, old.id, outputs);
        keep(state);
        await hooks.run("afterUpdate", target.hooks, { ...args, newOutputs: state.outputs });
        return state;
      }),

    remove: (state, isCovered) =>
      told("delete", state.urn, [], async () => {
        if (!state.custom || state.isExternal || state.isRetainedOnDelete || isCovered) return;
        const id = state.id ?? "";
        const args: HookArgs = { ...about(state, id), oldInputs: state.inputs, oldOutputs: state.outputs };
        await hooks.run("beforeDelete", state.hooks, args);
        if (!isPreview) {
          const outputs = plainProperties({ ...state.inputs, ...state.outputs });
          await attempt("delete", state.hooks, args, () =>
            provider.delete(state.type, id, outputs, context(state, state.timeouts.delete)),
          );
        }
        await hooks.run("afterDelete", state.hooks, args);
      }),

    read: (target, id) =>
      told("read", target.urn, [], async () => {
        const inputs = plainProperties(target.inputs);
        const outputs = await provider.read(target.type, id, inputs, context(target, undefined));
        if (outputs === undefined) throw new StepError(target.urn, `resource '${id}' does not exist`);
        return finished(target, id, outputs);
      }),
  };
}

function about({ urn, type }: { urn: string; type: string }, id: string) {
  return { urn, id, name: nameOf(urn), type };
}

function finished(target: Target, id: string | undefined, plainOutputs: Properties): ResourceState {
  const { additionalSecretOutputs, ...rest } = target;
  const outputs = markSecrets(plainOutputs, target.inputs) as Properties;
  for (const name of additionalSecretOutputs) {
    if (outputs[name] !== undefined) outputs[name] = secret(outputs[name]);
  }
  return { ...rest, ...(id !== undefined && { id }), outputs };
}

/** Only previews may hold unknown values; one in an update means that an output never came. */
function assertKnown(target: Target, inputs: Properties): void {
  const name = Object.keys(inputs).find((key) => hasUnknown(inputs[key]));
  if (name !== undefined) throw new StepError(target.urn, `the value of ${name} is unknown`);
}

/** Limits of the option `customTimeouts`, written as Go durations: `90s`, `10m`, `1h30m`. */
export function parseTimeouts(given: Readonly<Record<keyof Timeouts, string>>): Timeouts {
  const parsed = Object.entries(given).filter(([, text]) => text !== "");
  return Object.fromEntries(parsed.map(([name, text]) => [name, durationInMs(text)]));
}

function durationInMs(text: string): number {
  const unitInMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) {
    throw new Error(`customTimeouts: "${text}" isn't a duration; write for example "90s", "10m" or "1h30m"`);
  }
  return [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (unitInMs[unit ?? ""] ?? 0),
    0,
  );
}
