/** What test files declare, as it stands after they were imported once. */
export type Step = (...values: readonly unknown[]) => unknown;

export interface Suite {
  readonly name: string;
  readonly parent: Suite | undefined;
  readonly skipped: boolean;
  readonly beforeAll: Step[];
  readonly afterAll: Step[];
  readonly beforeEach: Step[];
  readonly afterEach: Step[];
}

export interface Test {
  readonly id: string;
  readonly file: string;
  readonly name: string;
  readonly suite: Suite;
  readonly skipped: boolean;
  readonly run: Step;
  readonly values: readonly unknown[];
}

export const tests: Test[] = [];
let suite: Suite = newSuite("", undefined, true);
let file = "";

/** Everything that is declared until the next call belongs to this file. */
export function openFile(name: string): void {
  file = name;
  suite = newSuite("", undefined, false);
}

export function openedSuite(): Suite {
  return suite;
}

export function addSuite(name: string, skipped: boolean, declare: () => unknown): void {
  const outer = suite;
  suite = newSuite(name, outer, skipped || outer.skipped);
  try {
    if (declare() instanceof Promise) throw new Error(`suite "${name}": an async describe isn't supported`);
  } finally {
    suite = outer;
  }
}

export function addTest(name: string, skipped: boolean, run: Step, values: readonly unknown[]): void {
  const title = [...suitesOf(suite).map((each) => each.name), name].filter((part) => part !== "").join(" > ");
  const id = `${file}#${tests.length} ${title}`;
  tests.push({ id, file, name: title, suite, skipped: skipped || suite.skipped, run, values });
}

/** A suite and those around it, the outermost first. */
export function suitesOf(inner: Suite): Suite[] {
  return inner.parent === undefined ? [inner] : [...suitesOf(inner.parent), inner];
}

function newSuite(name: string, parent: Suite | undefined, skipped: boolean): Suite {
  return { name, parent, skipped, beforeAll: [], afterAll: [], beforeEach: [], afterEach: [] };
}
