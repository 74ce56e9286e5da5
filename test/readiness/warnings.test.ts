import * as pulumi from "@pulumi/pulumi";
import { expect, it } from "vitest";
import { hookName } from "../../components/hooks.ts";
import { hostNameWarning, prefixWarning } from "../../components/model/replacement.ts";
import { problemsOf } from "../settings/fixture.ts";

const gateway = { id: "ocid1.apigateway…g", displayName: "shop", hostname: "g.example.com" };
const deployment = { name: "shop-deployment", urn: "urn:x", stack: "dev" };
const root = { id: "ocid1.apideployment…r", pathPrefix: "/" };

it("only a gateway that stands loses its host name", () => {
  expect(hostNameWarning("shop", [])).toBeUndefined();
  for (const state of ["DELETED", "DELETING", "FAILED"]) {
    expect(hostNameWarning("shop", [{ ...gateway, state }])).toBeUndefined();
  }
  expect(hostNameWarning("shop", [{ ...gateway, state: "ACTIVE" }])).toContain(
    "its public host name g.example.com ends with it",
  );
});

// "Deploying an API on an API Gateway": a deployment under "/" must be the gateway's only one.
it("only another one under / stands in the way", () => {
  const listed = [{ ...root, state: "ACTIVE" }];
  expect(prefixWarning({ ...deployment, pathPrefix: "/v1" }, listed)).toContain(
    'can\'t be made under "/v1" while ocid1.apideployment…r stands under "/"',
  );
  expect(prefixWarning({ ...deployment, pathPrefix: "/" }, listed)).toBeUndefined();
  expect(
    prefixWarning({ ...deployment, pathPrefix: "/v1" }, [{ ...root, state: "DELETED" }]),
  ).toBeUndefined();
  const other = { ...root, pathPrefix: "/v2", state: "ACTIVE" };
  expect(prefixWarning({ ...deployment, pathPrefix: "/v1" }, [other])).toBeUndefined();
});

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
