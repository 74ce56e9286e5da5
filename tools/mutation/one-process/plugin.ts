import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { judgeInThread } from "./constants.ts";
import { loadFile, prepareModules, type TestFiles, testFilesOf } from "./load.ts";
import { leaveSuites, runTest } from "./run.ts";
import { type Test, tests } from "./tests.ts";

/**
 * A test runner for Stryker that imports the test files once and then runs, for each mutant, only the tests that reach it, in
 * one process: milliseconds a mutant, where a run of vitest takes seconds. A test that notices a mutant is run once more
 * without it; when it fails there too, something of an earlier mutant was left behind, and the mutant is judged again in a
 * fresh process.
 */
export const strykerPlugins = [
  { kind: "TestRunner", name: "one-process", injectableClass: createRunnerClass() },
];

export const strykerValidationSchema = {
  properties: {
    oneProcess: {
      type: "object",
      properties: {
        testFiles: { type: "array", items: { type: "string" } },
        exclude: { type: "array", items: { type: "string" } },
      },
    },
  },
};

interface Options {
  readonly oneProcess: TestFiles;
}

/** What the instrumented code and the runner tell each other. */
interface Instrumented {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  mutantCoverage?: {
    static: Record<string, number>;
    perTest: Record<string, Record<string, number>>;
  };
}

interface MutantRun {
  readonly testFilter?: readonly string[];
  readonly hitLimit?: number;
  readonly activeMutant: { readonly id: string };
  readonly mutantActivation: "static" | "runtime";
  readonly sandboxFileName: string;
}

interface Measured {
  readonly durationInMs: number;
  /** Expected cost until a mutant is noticed: long tests and those that reach everything come last. */
  readonly weight: number;
}

const measurements = "one-process-measurements.json";
const success = 0;
const failure = 1;
const skipped = 2;

function createRunnerClass() {
  return class Runner {
    static inject = ["options"] as const;
    #options: Options;
    #instrumented: Instrumented;
    #measured: Record<string, Measured> = {};

    constructor(options: Options) {
      this.#options = options;
      const globals = globalThis as { __stryker__?: Instrumented };
      globals.__stryker__ ??= {};
      this.#instrumented = globals.__stryker__;
    }

    capabilities() {
      // Within a thread, where that is asked for.
      return { reloadEnvironment: true };
    }

    async init(): Promise<void> {
      if (tests.length === 0) {
        prepareModules();
        for (const file of testFilesOf(this.#options.oneProcess)) await loadFile(file);
      }
      if (existsSync(measurements)) this.#measured = JSON.parse(readFileSync(measurements, "utf8"));
    }

    async dryRun() {
      const results = [];
      this.#instrumented.mutantCoverage ??= { static: {}, perTest: {} };
      const { perTest } = this.#instrumented.mutantCoverage;
      let file = "";
      for (const test of tests) {
        if (test.file !== file) await leaveSuites();
        file = test.file;
        this.#instrumented.currentTestId = test.id;
        const startedAt = performance.now();
        const outcome = await runTest(test, 30_000);
        const durationInMs = performance.now() - startedAt;
        this.#instrumented.currentTestId = undefined;
        const covered = Object.keys(perTest[test.id] ?? {}).length;
        this.#measured[test.id] = { durationInMs, weight: (durationInMs + 1) * covered };
        const result = { id: test.id, name: test.name, timeSpentMs: durationInMs, fileName: test.file };
        if ("message" in outcome) {
          results.push({ ...result, status: failure, failureMessage: outcome.message });
        } else results.push({ ...result, status: outcome.kind === "skipped" ? skipped : success });
      }
      await leaveSuites();
      writeFileSync(measurements, JSON.stringify(this.#measured));
      return { status: "complete", tests: results, mutantCoverage: this.#instrumented.mutantCoverage };
    }

    async mutantRun(run: MutantRun) {
      const { testFilter, hitLimit, activeMutant } = run;
      // A constant of a module: that has to be loaded anew.
      if (run.mutantActivation === "static") {
        return judgeInThread(activeMutant.id, run.sandboxFileName);
      }
      const wanted = testFilter && new Set(testFilter);
      const chosen = tests
        .filter(({ id }) => wanted?.has(id) ?? true)
        .sort((one, other) => this.#weightOf(one) - this.#weightOf(other));
      const startedAt = performance.now();
      let nrOfTests = 0;
      for (const test of chosen) {
        nrOfTests += 1;
        const outcome = await this.#runMutated(test, activeMutant.id, hitLimit);
        if (outcome.kind === "passed" || outcome.kind === "skipped") continue;
        const duration = performance.now() - startedAt;
        await this.#runUnmutated(test);
        if (outcome.kind === "hit limit") return { status: "timeout", reason: "hit limit", duration };
        if (outcome.kind === "timed out") {
          // The machine may have been busy.
          const again = await this.#runMutated(test, activeMutant.id, hitLimit);
          if (again.kind !== "passed") return { status: "timeout", reason: outcome.message, duration };
          continue;
        }
        const failureMessage = "message" in outcome ? outcome.message : "";
        return { status: "killed", killedBy: [test.id], failureMessage, nrOfTests, duration };
      }
      await leaveSuites();
      this.#instrumented.activeMutant = undefined;
      return { status: "survived", nrOfTests, duration: performance.now() - startedAt };
    }

    async #runMutated(test: Test, mutant: string, hitLimit: number | undefined) {
      if (this.#instrumented.activeMutant !== mutant) this.#instrumented.hitCount = 0;
      this.#instrumented.activeMutant = mutant;
      this.#instrumented.hitLimit = hitLimit;
      const outcome = await runTest(test, 1000 + 10 * (this.#measured[test.id]?.durationInMs ?? 0));
      const { hitCount = 0 } = this.#instrumented;
      return hitLimit !== undefined && hitCount > hitLimit ? { kind: "hit limit" as const } : outcome;
    }

    /**
     * A failed test may leave connections behind that spoil its next run, so that it has three.
     *
     * @throws Error when the test fails without a mutant; Stryker then judges the mutant again in a fresh process.
     */
    async #runUnmutated(test: Test): Promise<void> {
      this.#instrumented.activeMutant = undefined;
      this.#instrumented.hitLimit = undefined;
      let message = "";
      for (let attempt = 1; attempt <= 3; attempt++) {
        await leaveSuites();
        const outcome = await runTest(test, 30_000);
        if (!("message" in outcome)) return leaveSuites();
        message = outcome.message;
      }
      await leaveSuites();
      throw new Error(`"${test.name}" fails without a mutant: ${message}`);
    }

    #weightOf(test: Test): number {
      return this.#measured[test.id]?.weight ?? 0;
    }
  };
}
