import { getMonitor } from "@pulumi/pulumi/runtime/settings.js";

/** Something that each run of a program has for itself, for several can run in one process; outside of runs always new. */
export function perRun<T>(create: () => T): () => T {
  const known = new WeakMap<object, T>();
  return () => {
    const run = getMonitor();
    if (run === undefined) return create();
    const found = known.get(run) ?? create();
    known.set(run, found);
    return found;
  };
}
