import { format } from "node:util";
import { onFinished } from "./run.ts";
import { addSuite, addTest, openedSuite, type Step } from "./tests.ts";

/** What test files get for "vitest" here: vitest's own `expect` and `vi`, and declarations that can be run often. */
export { expect, vi } from "vitest";

export const beforeAll = (step: Step) => void openedSuite().beforeAll.push(step);
export const afterAll = (step: Step) => void openedSuite().afterAll.push(step);
export const beforeEach = (step: Step) => void openedSuite().beforeEach.push(step);
export const afterEach = (step: Step) => void openedSuite().afterEach.push(step);
export const onTestFinished = (step: Step) => onFinished(step);

export const describe = declarer((name, skipped, run, values) =>
  addSuite(name, skipped, () => run(...values)),
);
export const test = declarer(addTest);
export const it = test;

type Declare = (name: string, skipped: boolean, run: Step, values: readonly unknown[]) => void;

function declarer(declare: Declare) {
  const plain =
    (skipped: boolean) =>
    (name: string, ...rest: readonly unknown[]) =>
      declare(name, skipped, stepOf(name, rest), []);
  const each =
    (skipped: boolean) =>
    (rows: readonly unknown[], ...typed: readonly unknown[]) => {
      if (typed.length > 0) throw new Error("a table in a template isn't supported");
      return (name: string, ...rest: readonly unknown[]) => {
        const run = stepOf(name, rest);
        const isTable = rows.every(Array.isArray);
        rows.forEach((row, index) => {
          const values: readonly unknown[] = isTable ? (row as unknown[]) : [row];
          declare(titleOf(name, values, index), skipped, run, values);
        });
      };
    };
  const skipping = (skipped: boolean) => Object.assign(plain(skipped), { each: each(skipped) });
  return Object.assign(skipping(false), {
    skip: skipping(true),
    skipIf: (condition: unknown) => skipping(Boolean(condition)),
    runIf: (condition: unknown) => skipping(!condition),
  });
}

function stepOf(name: string, values: readonly unknown[]): Step {
  const step = values.find((value) => typeof value === "function");
  if (step === undefined) throw new Error(`"${name}" has no function`);
  return step as Step;
}

function titleOf(name: string, values: readonly unknown[], index: number): string {
  const [first] = values;
  const named = name
    .replaceAll("%$", String(index + 1))
    .replaceAll("%#", String(index))
    .replace(/\$([\w.]+)/g, (typed, path: string) => {
      let value: unknown = first;
      for (const part of path.split(".")) value = (value as Record<string, unknown> | undefined)?.[part];
      return value === undefined ? typed : String(value);
    });
  return /%[sdifjoO]/.test(named)
    ? format(named, ...values.slice(0, named.match(/%[sdifjoO]/g)?.length))
    : named;
}
