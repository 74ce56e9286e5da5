import * as pulumi from "@pulumi/pulumi";
import { perRun } from "./per-run.ts";

/** Hooks by moment; those that can't be registered are undefined. */
export interface Hooks {
  beforeCreate?: (pulumi.ResourceHook | undefined)[];
  onError?: (pulumi.ErrorHook | undefined)[];
}

/** The option `hooks` of a resource, left out where there is none. */
export function hooksOf({ beforeCreate = [], onError = [] }: Hooks): { hooks?: pulumi.ResourceHookBinding } {
  const hooks = {
    beforeCreate: beforeCreate.filter((hook) => hook !== undefined),
    onError: onError.filter((hook) => hook !== undefined),
  };
  return hooks.beforeCreate.length + hooks.onError.length === 0 ? {} : { hooks };
}

const taken = perRun(() => new Set<string>());

/**
 * A name for a hook that no other hook of this run has; undefined where hooks can't be registered: Pulumi's mocks
 * don't take them, and a program's tests must run.
 *
 * The name is the same in each run of the same program, for the engine keeps it in the state.
 */
export function hookName(wanted: string): string | undefined {
  const monitor = pulumi.runtime.getMonitor();
  if (monitor === undefined || typeof monitor.registerErrorHook !== "function") return undefined;
  const names = taken();
  let name = wanted;
  for (let count = 2; names.has(name); count += 1) name = `${wanted}-${count}`;
  names.add(name);
  return name;
}
