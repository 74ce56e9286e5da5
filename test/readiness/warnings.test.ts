import * as pulumi from "@pulumi/pulumi";
import { expect, it } from "vitest";
import { hookName } from "../../components/hooks.ts";
import { problemsOf } from "../settings/fixture.ts";

it("names of hooks are unique in a run, and there are none under Pulumi's mocks", async () => {
  await pulumi.runtime.setMocks({ newResource: ({ name }) => ({ id: name, state: {} }), call: () => ({}) });
  expect(hookName("wait")).toBeUndefined();
  const monitor = Object.assign(pulumi.runtime.getMonitor() ?? {}, { registerErrorHook: () => {} });
  expect([hookName("wait"), hookName("wait"), hookName("other"), hookName("wait")]).toEqual([
    "wait",
    "wait-2",
    "other",
    "wait-3",
  ]);
  expect(monitor).toBe(pulumi.runtime.getMonitor());
});

it("a stack's readiness is checked with its other settings", () => {
  expect(problemsOf({ "shop:readiness": { timeoutInSeconds: 3600 } })).toBe("none");
  expect(problemsOf({ "shop:readiness": { timeoutInSeconds: 3601 } })).toBe(
    "  ✖ shop:readiness.timeoutInSeconds is 3601; allowed: a whole number from 0 to 3600\n      pulumi config set --path shop:readiness.timeoutInSeconds 600 -s dev",
  );
});
