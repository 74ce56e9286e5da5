import { defineConfig } from "vitest/config";
import { chosenPart } from "./parts.ts";

const { tests, exclude = [] } = chosenPart().part;

export default defineConfig({
  test: { include: [...tests], exclude: [...exclude], testTimeout: 30_000 },
});
