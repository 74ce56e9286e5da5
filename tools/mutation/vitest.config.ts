import { defineConfig } from "vitest/config";
import { chosenPart } from "./parts.ts";

const { tests, exclude = [], isolate } = chosenPart().part;

export default defineConfig({
  test: { include: [...tests], exclude: [...exclude], isolate, testTimeout: 30_000 },
});
