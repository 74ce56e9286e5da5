import * as pulumi from "@pulumi/pulumi";
import { afterEach, expect, it, vi } from "vitest";
import { createFakeCloud, run } from "./harness.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

it("what a program logs is shown as the CLI shows it, without the SDK's word for a missing engine", async () => {
  const lines: unknown[][] = [];
  for (const stream of ["log", "warn", "error"] as const) {
    vi.spyOn(console, stream).mockImplementation((...words) => void lines.push([stream, ...words]));
  }
  await run(createFakeCloud(), async () => {
    await pulumi.log.info("waiting");
    await pulumi.log.warn('serverless-api "api": routes["GET /v1/a"]: …');
    await pulumi.log.error("no");
    await pulumi.log.debug("hidden");
  });
  expect(lines).toEqual([
    ["log", "info: waiting"],
    ["warn", 'warning: serverless-api "api": routes["GET /v1/a"]: …'],
    ["error", "error: no"],
  ]);
});
