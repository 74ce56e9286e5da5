import { defineConfig } from "vitest/config";

/** The tests that could notice a change of thinking: no engine, no child processes, nothing that waits. */
export default defineConfig({
  test: {
    include: ["model", "components", "emulator/gateway", "policy"].map((name) => `test/${name}/**/*.test.ts`),
    exclude: ["test/policy/engine.test.ts"],
    testTimeout: 30_000,
  },
});
