import { globSync } from "node:fs";
import { registerHooks } from "node:module";
import { relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { openFile } from "./tests.ts";

export interface TestFiles {
  readonly testFiles: readonly string[];
  readonly exclude?: readonly string[];
}

export function testFilesOf({ testFiles, exclude = [] }: TestFiles): string[] {
  return testFiles.flatMap((pattern) => globSync(pattern, { exclude }).sort());
}

/** Test files by the files that they load, directly or not. */
const loadedBy = new Map<string, Set<string>>();

/** Every test file gets modules of its own, as in vitest: some turn switches before they load what reads them. */
export function prepareModules(): void {
  const declarations = new URL("./vitest.ts", import.meta.url).href;
  const project = `${pathToFileURL(process.cwd()).href}/`;
  registerHooks({
    resolve(specifier, from, next) {
      if (specifier === "vitest" && from.parentURL !== declarations) {
        return { url: declarations, shortCircuit: true };
      }
      const found = next(specifier, from);
      const { search } = new URL(from.parentURL ?? project);
      if (search === "" || !found.url.startsWith(project) || found.url.includes("?")) return found;
      const file = found.url.slice(project.length);
      const testFile = decodeURIComponent(search.slice("?of=".length));
      loadedBy.set(file, (loadedBy.get(file) ?? new Set()).add(testFile));
      return { ...found, url: found.url + search };
    },
  });
  // What vitest's `vi` asks of the worker it believes to run in.
  Object.assign(globalThis, { __vitest_worker__: { config: { fakeTimers: {} } } });
}

const loadedInMs = new Map<string, number>();

/** Takes down the tests that a file declares. */
export async function loadFile(file: string): Promise<void> {
  openFile(file);
  const startedAt = performance.now();
  await import(`${pathToFileURL(resolve(file)).href}?of=${file}`);
  loadedInMs.set(file, performance.now() - startedAt);
}

/** Test files that noticed something in a file, the latest last. */
const noticedBy = new Map<string, string[]>();

/** The test files that load a file: those first that noticed something in it lately, then the quick ones. */
export function filesThatLoad(path: string): string[] {
  const file = relative(process.cwd(), path);
  const noticed = noticedBy.get(file) ?? [];
  const rank = (testFile: string) => -1 - noticed.lastIndexOf(testFile);
  const cost = (testFile: string) => loadedInMs.get(testFile) ?? 0;
  return [...(loadedBy.get(file) ?? [])].sort(
    (one, other) =>
      rank(one) - rank(other) || distance(one, file) - distance(other, file) || cost(one) - cost(other),
  );
}

/** How little a test file is named as the file is. */
function distance(testFile: string, file: string): number {
  const [mine, its] = [testFile, file].map((one) => one.split(/[^a-z]+/));
  return (its ?? []).filter((word) => !mine?.includes(word)).length;
}

export function noteNotice(path: string, testFile: string): void {
  const file = relative(process.cwd(), path);
  noticedBy.set(file, [...(noticedBy.get(file) ?? []), testFile]);
}
