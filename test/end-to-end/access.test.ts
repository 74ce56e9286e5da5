import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EmulatorEvent } from "../../emulator/types.ts";
import { bringStackUp, startWatchedEmulator, type WatchedEmulator } from "./stack.ts";

const refused = { code: 500, message: "Internal Server Error" };

type Refusal = Extract<EmulatorEvent, { type: "decision" }>;

describe("IAM decides whether the gateway may call a function", () => {
  let local: WatchedEmulator;
  let outputs: Record<string, unknown>;

  beforeAll(async () => {
    local = await startWatchedEmulator();
    outputs = (await bringStackUp(local.emulator)).outputs;
  });
  afterAll(() => local.emulator.close());

  const refusals = () =>
    local.events.filter((event): event is Refusal => event.type === "decision" && !event.decision.allowed);

  it("answers 500 and names the missing statement when the policy is taken away, and works again with it", async () => {
    const [policyId] = outputs.policyIds as string[];
    const policy = (await local.call("GET", `/20160918/policies/${policyId}`)).body as Record<
      string,
      unknown
    >;
    expect((await fetch(`${outputs.endpoint}/hello`)).status).toBe(200);
    await local.call("DELETE", `/20160918/policies/${policyId}`);
    const seen = refusals().length;
    const answer = await fetch(`${outputs.endpoint}/hello`);
    // "IAM missing" is 500 for the client, measured on a live tenancy.
    expect([answer.status, await answer.json()]).toEqual([500, refused]);
    const [refusal] = refusals().slice(seen);
    expect(refusal?.principalId).toBe(outputs.gatewayId);
    expect(refusal?.decision).toMatchObject({
      reasons: ["no statement of any policy grants FN_INVOCATION"],
      missingStatement: expect.stringContaining("use functions-family in compartment id"),
    });
    expect(local.events).toContainEqual(
      expect.objectContaining({ type: "execution", code: "functionBackend.notFoundOrNotAuthorized" }),
    );
    const { compartmentId, name, description } = policy;
    const { missingStatement } = (refusal as Refusal).decision as { missingStatement: string };
    await local.call("POST", "/20160918/policies", {
      compartmentId,
      name,
      description,
      statements: [missingStatement],
    });
    expect((await fetch(`${outputs.endpoint}/hello`)).status).toBe(200);
  });

  it("refuses a gateway of another compartment, at the deployment and at the call", async () => {
    const tenancyId = local.emulator.tenancy.id;
    const other = (
      await local.call("POST", "/20160918/compartments", {
        compartmentId: tenancyId,
        name: "other",
        description: "another team's",
      })
    ).body as { id: string };
    const gateway = (await local.call("GET", `/20190501/gateways/${outputs.gatewayId}`)).body as {
      subnetId: string;
    };
    const second = (
      await local.call("POST", "/20190501/gateways", {
        compartmentId: other.id,
        displayName: "second",
        endpointType: "PUBLIC",
        subnetId: gateway.subnetId,
      })
    ).body as { id: string };
    const deployment = {
      compartmentId: other.id,
      gatewayId: second.id,
      displayName: "stolen",
      pathPrefix: "/v1",
      specification: {
        routes: [
          {
            path: "/hello",
            methods: ["GET"],
            backend: {
              type: "ORACLE_FUNCTIONS_BACKEND",
              functionId: (outputs.functionIds as Record<string, string>).hello,
            },
          },
        ],
      },
    };
    const created = await local.call("POST", "/20190501/deployments", deployment);
    expect([created.status, (created.body as { code: string }).code]).toEqual([
      404,
      "NotAuthorizedOrNotFound",
    ]);

    await local.call("PUT", "/_emulator/switches", { deploymentAccessCheck: false });
    const forced = await local.call("POST", "/20190501/deployments", deployment);
    const { id } = forced.body as { id: string };
    const { endpoint } = (await local.call("GET", `/20190501/deployments/${id}`)).body as {
      endpoint: string;
    };
    const answer = await fetch(`${endpoint}/hello`);
    expect([answer.status, await answer.json()]).toEqual([500, refused]);
    await local.call("PUT", "/_emulator/switches", { deploymentAccessCheck: true });
  });
});
