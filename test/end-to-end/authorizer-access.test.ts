import { afterAll, beforeAll, expect, it } from "vitest";
import { bringStackUp, startWatchedEmulator, type WatchedEmulator } from "./stack.ts";

let local: WatchedEmulator;
let outputs: Record<string, unknown>;

beforeAll(async () => {
  local = await startWatchedEmulator();
  outputs = (await bringStackUp(local.emulator)).outputs;
});
afterAll(() => local.emulator.close());

// "Troubleshooting API Gateway": access is checked when the deployment is made; at a call IAM decides.
it("IAM decides whether the gateway may ask an authorizer function", async () => {
  const functionId = (outputs.functionIds as Record<string, string>).hello;
  const authentication = { type: "CUSTOM_AUTHENTICATION", functionId, tokenHeader: "Authorization" };
  const { body: gateway } = await local.call("GET", `/20190501/gateways/${outputs.gatewayId}`);
  const { compartmentId } = gateway as { compartmentId: string };
  const deployment = {
    compartmentId,
    gatewayId: outputs.gatewayId,
    pathPrefix: "/guarded",
    specification: {
      requestPolicies: { authentication },
      routes: [{ path: "/a", methods: ["GET"], backend: { type: "STOCK_RESPONSE_BACKEND", status: 200 } }],
    },
  };
  const created = await local.call("POST", "/20190501/deployments", deployment);
  expect(created.status).toBe(201);
  const { endpoint, id } = created.body as { endpoint: string; id: string };
  const call = async () => {
    const answer = await fetch(`${endpoint}/a`, { headers: { authorization: "x" } });
    return [answer.status, await answer.json()];
  };
  // The function runs; its answer has no "active", which is a refusal.
  expect(await call()).toEqual([401, { code: 401, message: "Unauthorized" }]);

  const [policyId] = outputs.policyIds as string[];
  await local.call("DELETE", `/20160918/policies/${policyId}`);
  expect(await call()).toEqual([500, { code: 500, message: "Internal Server Error" }]);
  expect(local.events).toContainEqual(
    expect.objectContaining({
      type: "execution",
      level: "ERROR",
      code: "customAuthentication.failedFunctionInvocation",
      deploymentId: id,
    }),
  );
  const again = await local.call("POST", "/20190501/deployments", { ...deployment, pathPrefix: "/again" });
  expect([again.status, again.body]).toEqual([
    404,
    {
      code: "NotAuthorizedOrNotFound",
      message: expect.stringContaining(`may not call function "hello" (${functionId})`),
    },
  ]);
});
