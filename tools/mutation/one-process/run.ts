import { type Step, type Suite, suitesOf, type Test } from "./tests.ts";

export type Outcome =
  | { readonly kind: "passed" | "skipped" }
  | { readonly kind: "failed" | "timed out"; readonly message: string };

// The tests may fake them.
const { setTimeout, clearTimeout, setImmediate } = globalThis;

class Skip extends Error {}
const entered: Suite[] = [];
let finishers: Step[] = [];
let unhandled: unknown[] = [];
for (const event of ["uncaughtException", "unhandledRejection"]) {
  process.on(event, (error) => void unhandled.push(error));
}

/** Runs a test with the hooks around it; `beforeAll` of its suites, if that didn't happen since {@link leaveSuites}. */
export async function runTest(test: Test, timeoutInMs: number): Promise<Outcome> {
  if (test.skipped) return { kind: "skipped" };
  unhandled = [];
  finishers = [];
  let timedOut = false;
  const errors: unknown[] = [];
  const attempt = async (step: () => unknown): Promise<void> => {
    try {
      const left = await within(timeoutInMs, step);
      if (left === "late") timedOut = true;
    } catch (error) {
      errors.push(error);
    }
  };
  const suites = suitesOf(test.suite);
  await attempt(async () => {
    for (const suite of suites) {
      if (entered.includes(suite)) continue;
      entered.push(suite);
      for (const step of suite.beforeAll) await step();
    }
  });
  const hookContext = { task: test, onTestFinished: onFinished };
  if (errors.length === 0) {
    await attempt(async () => {
      for (const step of suites.flatMap((suite) => suite.beforeEach)) {
        const after = await step(hookContext);
        if (typeof after === "function") finishers.unshift(after as Step);
      }
      // A row of a table comes alone, as in vitest.
      await (test.values.length > 0 ? test.run(...test.values) : test.run({ ...hookContext, skip }));
    });
    for (const step of suites.flatMap((suite) => suite.afterEach).reverse()) {
      await attempt(() => step(hookContext));
    }
  }
  for (const step of finishers.reverse()) await attempt(() => step(hookContext));
  await new Promise((resolve) => setImmediate(resolve));
  errors.push(...unhandled);
  if (errors[0] instanceof Skip) return { kind: "skipped" };
  if (timedOut) return { kind: "timed out", message: `${test.name}: more than ${timeoutInMs} ms` };
  if (errors.length > 0) return { kind: "failed", message: messageOf(errors[0]) };
  return { kind: "passed" };
}

/** `afterAll` of the suites that were entered, the innermost first; what fails there isn't told. */
export async function leaveSuites(): Promise<void> {
  for (const suite of entered.splice(0).reverse()) {
    for (const step of suite.afterAll) await within(2000, step).catch(() => {});
  }
}

export function onFinished(step: Step): void {
  finishers.push(step);
}

function skip(): never {
  throw new Skip("skipped by itself");
}

async function within(timeoutInMs: number, step: () => unknown): Promise<"in time" | "late"> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(resolve, timeoutInMs, "late");
  });
  const done = Promise.resolve()
    .then(step)
    .then(() => "in time" as const);
  try {
    return await Promise.race([done, late]);
  } finally {
    clearTimeout(timer);
    done.catch(() => {});
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
