import { expect, test } from "vitest";
import { create, image, startBench, withFunction } from "../core/harness.ts";

const path = "/20181201/functions";

// "Reducing Initial Latency Using Provisioned Concurrency"
test.each([
  [128, 40, 20],
  [256, 20, 10],
  [512, 10, 5],
  [3072, 10, 15],
])("with %i MB, provisioned concurrency comes in steps of %i", async (memoryInMBs, step, wrong) => {
  const bench = await startBench();
  const { application } = await withFunction(bench);
  const body = (count: number) => ({
    applicationId: application.id,
    displayName: "f",
    image,
    memoryInMBs,
    provisionedConcurrencyConfig: { strategy: "CONSTANT", count },
  });
  expect((await bench.call("POST", path, body(wrong))).body).toEqual({
    code: "InvalidParameter",
    message: `provisionedConcurrencyConfig.count: ${wrong} isn't a multiple of ${step}, as a function with ${memoryInMBs} MB needs`,
  });
  const made = await create(bench, path, body(step));
  expect(made.provisionedConcurrencyConfig).toEqual({ strategy: "CONSTANT", count: step });
});

test("what is kept without effect is said once, and again when it changes", async () => {
  const bench = await startBench();
  const { application, fn } = await withFunction(bench);
  const notices = () => bench.events.filter(({ type }) => type === "notice");
  expect(notices()).toEqual([]);
  const tracing = { traceConfig: { isEnabled: true } };
  const concurrency = { provisionedConcurrencyConfig: { strategy: "CONSTANT", count: 20 } };
  await bench.call("PUT", `/20181201/applications/${application.id}`, tracing);
  await bench.call("PUT", `${path}/${fn.id}`, { ...tracing, ...concurrency });
  await bench.call("PUT", `${path}/${fn.id}`, { ...tracing, ...concurrency, timeoutInSeconds: 60 });
  expect(notices()).toEqual([
    {
      type: "notice",
      resourceId: application.id,
      message: 'traceConfig of application "app" is kept without effect here: no traces are sent.',
    },
    {
      type: "notice",
      resourceId: fn.id,
      message:
        'provisionedConcurrencyConfig of function "hello" is kept without effect here: instances start on demand.',
    },
    {
      type: "notice",
      resourceId: fn.id,
      message: 'traceConfig of function "hello" is kept without effect here: no traces are sent.',
    },
  ]);
});
