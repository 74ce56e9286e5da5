import { shownReason } from "../provider/check.ts";
import type { Difference, ResourceProvider } from "../provider/types.ts";
import { isSame, mapValues, type Properties, plainProperties, unknownValue } from "../values.ts";
import { type Diagnostic, messageOf, StepError } from "./errors.ts";
import type { MonitorEvent } from "./events.ts";
import type { HookRunner } from "./hooks.ts";
import { keepEarlier, namedChanges, valuesAt } from "./paths.ts";
import type { Registered, Registration } from "./registration.ts";
import { deletionOrder, dependentsOf, type ResourceState, renameUrn, type StackState } from "./state.ts";
import { createSteps, type Target } from "./steps.ts";
import { aliasUrns, makeUrn } from "./urn.ts";

export interface EngineOptions {
  project: string;
  stack: string;
  isPreview: boolean;
  /** What was there before this evaluation. */
  state: StackState;
  provider: ResourceProvider;
  hooks: HookRunner;
  onEvent: (event: MonitorEvent) => void;
}

export interface Engine {
  /** Makes, changes or leaves one resource. Rejects with {@link StepError}; the others go on. */
  register(registration: Registration): Promise<Registered>;
  /** Reads an existing resource, which stays outside the engine's care. */
  read(registration: Registration, id: string): Promise<Registered>;
  /** Outputs of a component or of the stack. */
  setOutputs(urn: string, outputs: Properties): void;
  find(urn: string): ResourceState | undefined;
  invoke(token: string, args: Properties, provider: string): Promise<Properties>;
  /** Deletes what the program no longer has, dependents first. Not after a failure: then nothing more goes. */
  finish(hasFailed: boolean): Promise<void>;
  /** Notes that the resource failed. */
  report(urn: string, error: unknown): void;
  /** Everything that failed so far. */
  problems(): Diagnostic[];
  state(): StackState;
}

/**
 * A small engine: it brings resources to what the program declares, one registration at a time. It keeps the
 * order of the CLI's engine: replacements are made before the old resource goes, unless `deleteBeforeReplace`
 * says otherwise; deletions come last.
 */
export function createEngine(options: EngineOptions): Engine {
  const { provider, onEvent } = options;
  let olds = options.state.filter((state) => !state.isPendingDelete);
  let doomed = options.state.filter((state) => state.isPendingDelete);
  const made = new Map<string, ResourceState>();
  const claimed = new Set<string>();
  const deletedEarly = new Set<string>();
  const aliasesByUrn = new Map<string, string[]>();
  const problems: Diagnostic[] = [];
  const steps = createSteps({ ...options, regionOf });

  function regionOf(reference: string): string | undefined {
    const urn = reference.slice(0, reference.lastIndexOf("::"));
    const state = made.get(urn) ?? options.state.find((candidate) => candidate.urn === urn);
    const region = plainProperties(state?.inputs ?? {}).region;
    return typeof region === "string" && region !== unknownValue ? region : undefined;
  }

  function keep(state: ResourceState): void {
    olds = olds.filter(({ urn }) => urn !== state.urn);
    made.set(state.urn, state);
  }

  function claim(registration: Registration): { urn: string; old: ResourceState | undefined } {
    const { project, stack } = options;
    const { parent, type, name } = registration;
    const urn = makeUrn(stack, project, parent, type, name);
    if (claimed.has(urn))
      throw new StepError(urn, `Duplicate resource URN '${urn}'; try giving it a unique name`);
    claimed.add(urn);
    const aliases = aliasUrns({ ...registration, project, stack }, aliasesByUrn.get(parent) ?? []);
    aliasesByUrn.set(urn, aliases);
    const earlier = [urn, ...aliases].find((candidate) => olds.some((old) => old.urn === candidate));
    if (earlier !== undefined && earlier !== urn) olds = renameUrn(olds, earlier, urn);
    return { urn, old: olds.find((old) => old.urn === urn) };
  }

  async function change(urn: string, registration: Registration, old: ResourceState | undefined) {
    const { ignoreChanges, type } = registration;
    provider.assertModelled(type);
    const inputs = old ? keepEarlier(registration.inputs, old.inputs, ignoreChanges) : registration.inputs;
    const plainInputs = plainProperties(inputs);
    const failures = provider.check(type, plainInputs, regionOf(registration.provider));
    if (failures.length > 0) {
      const lines = failures.map((failure) => `${failure.property} ${shownReason(failure, inputs)}`);
      throw new StepError(urn, lines.join("\n"));
    }
    const target: Target = targetOf(urn, registration, inputs);
    if (old === undefined) {
      return steps.create(target, deletedEarly.has(urn) ? "replace" : "create", [], keep);
    }
    const difference = differenceOf(registration, plainProperties(old.inputs), plainInputs);
    if (difference.replaces.length > 0) return replace(target, registration, old, difference);
    if (difference.changed.length > 0 || old.isIncomplete) {
      return steps.update(target, old, difference.changed, keep);
    }
    onEvent({ type: "step", phase: "done", operation: "same", urn });
    const { additionalSecretOutputs: _, ...rest } = target;
    return { ...rest, ...(old.id !== undefined && { id: old.id }), outputs: old.outputs };
  }

  function differenceOf(
    registration: Registration,
    oldInputs: Properties,
    newInputs: Properties,
  ): Difference {
    const difference = provider.diff(registration.type, oldInputs, newInputs);
    const named = namedChanges(difference.changed, registration.replaceOnChanges, (path) => {
      return !isSame(valuesAt(oldInputs, path), valuesAt(newInputs, path));
    });
    return { ...difference, replaces: [...new Set([...difference.replaces, ...named])].sort() };
  }

  async function replace(
    target: Target,
    registration: Registration,
    old: ResourceState,
    difference: Difference,
  ) {
    if (registration.isProtected) {
      const reason = `is protected and can't be replaced (${difference.replaces.join(", ")} changed)`;
      throw new StepError(target.urn, `resource ${reason}; remove its option protect first`);
    }
    const isDeletedFirst = registration.isDeletedBeforeReplace ?? difference.isDeletedBeforeReplace;
    if (!isDeletedFirst) {
      const state = await steps.create(target, "replace", difference.replaces, (created) => {
        keep(created);
        doomed.push({ ...old, isPendingDelete: true });
      });
      return state;
    }
    await removeAll([...dependentsToReplace(old), old], (state) => {
      deletedEarly.add(state.urn);
      olds = olds.filter((candidate) => candidate !== state);
    });
    return steps.create(target, "replace", difference.replaces, keep);
  }

  /** Those dependents that would have to be replaced once the resource's outputs change. */
  function dependentsToReplace(replaced: ResourceState): ResourceState[] {
    const going = [replaced];
    for (const dependent of dependentsOf(replaced.urn, olds)) {
      if (!dependent.custom || dependent.isExternal) continue;
      const urns = new Set(going.map(({ urn }) => urn));
      const oldInputs = plainProperties(dependent.inputs);
      const newInputs = mapValues(oldInputs, (value, name) =>
        dependent.propertyDependencies[name]?.some((urn) => urns.has(urn)) ? unknownValue : value,
      );
      if (provider.diff(dependent.type, oldInputs, newInputs).replaces.length > 0) going.push(dependent);
    }
    return going.slice(1);
  }

  async function removeAll(states: readonly ResourceState[], onRemoved: (state: ResourceState) => void) {
    const going = new Set(states.map(({ urn }) => urn));
    for (const group of deletionOrder(states)) {
      const results = await Promise.allSettled(
        group.map(async (state) => {
          if (state.isProtected) {
            throw new StepError(
              state.urn,
              "resource is protected and can't be deleted; remove its option protect first",
            );
          }
          await steps.remove(state, state.deletedWith !== "" && going.has(state.deletedWith));
          onRemoved(state);
        }),
      );
      const [first, ...others] = results.filter((result) => result.status === "rejected");
      problems.push(...others.map(({ reason }) => diagnosticOf(reason)));
      if (first !== undefined) throw first.reason;
    }
  }

  return {
    async register(registration) {
      const { urn, old } = claim(registration);
      if (!registration.custom) {
        const { additionalSecretOutputs: _, ...rest } = targetOf(urn, registration, registration.inputs);
        keep({ ...rest, outputs: registration.inputs });
        onEvent({ type: "step", phase: "done", operation: old === undefined ? "create" : "same", urn });
        return { urn, outputs: registration.inputs };
      }
      const state = await change(urn, registration, old);
      keep(state);
      return { urn, outputs: state.outputs, ...(state.id !== undefined && { id: state.id }) };
    },

    async read(registration, id) {
      const { urn } = claim(registration);
      provider.assertModelled(registration.type);
      const target = { ...targetOf(urn, registration, registration.inputs), isExternal: true };
      if (id === unknownValue) return { urn, outputs: registration.inputs };
      const state = await steps.read(target, id);
      keep(state);
      return { urn, id, outputs: state.outputs };
    },

    setOutputs(urn, outputs) {
      const state = made.get(urn);
      if (state !== undefined) made.set(urn, { ...state, outputs });
    },

    find: (urn) => made.get(urn),

    invoke: (token, args, reference) =>
      provider.invoke(token, plainProperties(args), { region: regionOf(reference), timeoutInMs: 60_000 }),

    async finish(hasFailed) {
      if (hasFailed || problems.length > 0) return;
      const leaving = [...olds, ...doomed];
      await removeAll(leaving, (state) => {
        olds = olds.filter((candidate) => candidate !== state);
        doomed = doomed.filter((candidate) => candidate !== state);
      }).catch((error: unknown) => {
        problems.push(diagnosticOf(error));
      });
    },

    report: (urn, error) => void problems.push({ urn, ...diagnosticOf(error) }),
    problems: () => [...problems],
    state: () => [...made.values(), ...olds, ...doomed],
  };
}

function diagnosticOf(error: unknown): Diagnostic {
  return { ...(error instanceof StepError && { urn: error.urn }), message: messageOf(error) };
}

function targetOf(urn: string, registration: Registration, inputs: Properties): Target {
  const { type, custom, parent, provider, dependencies, propertyDependencies } = registration;
  const { deletedWith, isProtected, isRetainedOnDelete, hooks, timeouts } = registration;
  return {
    urn,
    type,
    custom,
    inputs,
    parent,
    provider,
    dependencies,
    propertyDependencies,
    deletedWith,
    isProtected,
    isRetainedOnDelete,
    hooks,
    timeouts,
    isExternal: false,
    isPendingDelete: false,
    additionalSecretOutputs: registration.additionalSecretOutputs,
  };
}
