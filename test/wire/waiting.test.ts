import common from "oci-common";
import { expect, it } from "vitest";
import { image, imageDigest, registerImage, startCloud } from "./sdk.ts";

/** Waiters that ask again at once, at most ten times. */
const atOnce = {
  delayStrategy: new common.FixedTimeDelayStrategy(0),
  terminationStrategy: new common.MaxAttemptsTerminationStrategy(10),
};

async function withSubnet({ clients, compartmentId }: Awaited<ReturnType<typeof startCloud>>) {
  const { vcn } = await clients.network.createVcn({
    createVcnDetails: { compartmentId, cidrBlock: "10.0.0.0/16" },
  });
  const { subnet } = await clients.network.createSubnet({
    createSubnetDetails: { compartmentId, vcnId: vcn.id, cidrBlock: "10.0.1.0/24" },
  });
  return subnet;
}

it("the SDK's waiters follow a gateway and its work request through slow life cycles", async () => {
  const cloud = await startCloud();
  const { clients, compartmentId, control } = cloud;
  const subnet = await withSubnet(cloud);
  await control("PUT", "switches", { slowLifecycle: 3 });
  const { gateway, opcWorkRequestId } = await clients.gateway.createGateway({
    createGatewayDetails: { compartmentId, subnetId: subnet.id, endpointType: "PUBLIC" },
  });
  expect(gateway.lifecycleState).toBe("CREATING");
  const work = clients.gatewayWork.createWaiters(atOnce);
  const { workRequest } = await work.forWorkRequest({ workRequestId: opcWorkRequestId });
  expect([workRequest.status, workRequest.operationType]).toEqual(["SUCCEEDED", "CREATE_GATEWAY"]);
  const gatewayId = gateway.id;
  await clients.gateway.updateGateway({ gatewayId, updateGatewayDetails: { displayName: "new" } });
  const gateways = clients.gateway.createWaiters(atOnce);
  const updated = await gateways.forGateway({ gatewayId }, "ACTIVE" as never);
  expect(updated?.gateway.displayName).toBe("new");
  await clients.gateway.deleteGateway({ gatewayId });
  const deleted = await gateways.forGateway({ gatewayId }, "DELETED" as never);
  expect(deleted?.gateway.lifecycleState).toBe("DELETED");
});

it("the SDK's own retries get through injected faults, and a retry token makes no duplicate", async () => {
  const cloud = await startCloud();
  const { clients, compartmentId, control } = cloud;
  const retryConfiguration = {
    terminationStrategy: new common.MaxAttemptsTerminationStrategy(5),
    delayStrategy: new common.FixedTimeDelayStrategy(0),
  };
  const path = "/20160918/vcns";
  const kinds = ["lostAnswer", 429, 500, 503];
  const faults = kinds.map((kind, index) => ({ method: "POST", path, nth: index + 1, kind }));
  await control("PUT", "faults", faults);
  const { vcn } = await clients.network.createVcn({
    createVcnDetails: { compartmentId, cidrBlock: "10.0.0.0/16" },
    opcRetryToken: "one",
    retryConfiguration,
  });
  const { items } = await clients.network.listVcns({ compartmentId });
  expect(items.map(({ id }) => id)).toEqual([vcn.id]);
});

it("Oracle-Tags and propagation reach the SDK as OCI shows them", async () => {
  const cloud = await startCloud();
  const { clients, compartmentId, tenancyId, control } = cloud;
  await control("PUT", "switches", { oracleTags: true });
  const { dynamicGroup } = await clients.identity.createDynamicGroup({
    createDynamicGroupDetails: {
      compartmentId: tenancyId,
      name: "gateways",
      description: "d",
      matchingRule: "ALL {resource.type = 'ApiGateway'}",
      definedTags: { Operations: { CostCenter: "42" } },
    },
  });
  expect(dynamicGroup.definedTags).toEqual({
    Operations: { CostCenter: "42" },
    "Oracle-Tags": { CreatedBy: "default/local", CreatedOn: expect.stringMatching(/^\d{4}-.*Z$/) },
  });
  await registerImage(cloud);
  const subnet = await withSubnet(cloud);
  const { application } = await clients.functions.createApplication({
    createApplicationDetails: { compartmentId, displayName: "app", subnetIds: [subnet.id] },
  });
  const { function: fn } = await clients.functions.createFunction({
    createFunctionDetails: {
      applicationId: application.id,
      displayName: "fn",
      image,
      imageDigest,
      memoryInMBs: 256,
    } as never,
  });
  const { gateway } = await clients.gateway.createGateway({
    createGatewayDetails: { compartmentId, subnetId: subnet.id, endpointType: "PUBLIC" },
  });
  await control("PUT", "switches", { iamPropagationDelayInMs: 3_600_000 });
  await clients.identity.createPolicy({
    createPolicyDetails: {
      compartmentId,
      name: "p",
      description: "d",
      statements: [`Allow dynamic-group gateways to use functions-family in compartment id ${compartmentId}`],
    },
  });
  const deploy = () =>
    clients.deployment.createDeployment({
      createDeploymentDetails: {
        compartmentId,
        gatewayId: gateway.id,
        pathPrefix: "/v1",
        specification: {
          routes: [
            {
              path: "/",
              methods: ["GET"],
              backend: { type: "ORACLE_FUNCTIONS_BACKEND", functionId: fn.id },
            },
          ],
        } as never,
      },
    });
  await expect(deploy()).rejects.toMatchObject({ statusCode: 404, serviceCode: "NotAuthorizedOrNotFound" });
  await control("PUT", "switches", { iamPropagationDelayInMs: 0 });
  expect((await deploy()).deployment.endpoint).toBe(`http://${gateway.hostname}/v1`);
});
