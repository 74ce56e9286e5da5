/** What is mutated, and the tests that judge it; `npm run mutation -- <name>` runs one. */
export interface Part {
  mutate: readonly string[];
  /** The quick ones that could notice: no engine, no child processes, nothing that waits. */
  tests: readonly string[];
  exclude?: readonly string[];
  /** `one-process` takes milliseconds a mutant, and wants tests that leave nothing behind; `vitest` half a second and more. */
  runner: "one-process" | "vitest";
  /** Whether mutants of a module's constants are judged as well, each in a thread that loads the module anew. */
  judgesConstants?: boolean;
}

export const parts: Readonly<Record<string, Part>> = {
  model: {
    mutate: ["components/model/**/*.ts"],
    tests: [
      "test/model/**/*.test.ts",
      "test/components/problems.test.ts",
      "test/components/specification/problems.test.ts",
      "test/readiness/rules.test.ts",
    ],
    runner: "one-process",
    judgesConstants: true,
  },
  gateway: {
    mutate: ["emulator/gateway/**/*.ts"],
    tests: [
      "test/emulator/gateway/**/*.test.ts",
      "test/cases/{every-field,fields,memory,switched}.test.ts",
      "test/hostile/{backends,bypasses,ends,headers}.test.ts",
    ],
    // It mocks a module.
    exclude: ["test/emulator/gateway/http-clients.test.ts"],
    runner: "one-process",
  },
  policy: {
    mutate: ["policy/**/*.ts"],
    tests: ["test/policy/**/*.test.ts"],
    // Those that start processes, which see no mutants, bring programs up, or mock modules.
    exclude: [
      "test/policy/{engine,in-process,insecure,new-project,node-version,packed,prod,programs,readings}.test.ts",
    ],
    runner: "one-process",
    judgesConstants: true,
  },
};

/** Name of the part of this run, from `run.ts` to Stryker and to vitest within it. */
export function chosenPart(): { name: string; part: Part } {
  const name = process.env.MUTATION_PART ?? "model";
  const part = parts[name];
  if (part === undefined)
    throw new Error(`MUTATION_PART: "${name}" is none of ${Object.keys(parts).join(", ")}`);
  return { name, part };
}
