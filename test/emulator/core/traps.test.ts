import { describe, expect, test } from "vitest";
import {
  type Bench,
  compartmentId,
  create,
  digest,
  image,
  routesTo,
  startBench,
  tenancyId,
  withFunction,
  withGateway,
  withSubnet,
} from "./harness.ts";

const switchOn = (bench: Bench, switches: object) => bench.call("PUT", "/_emulator/switches", switches);

describe("slowLifecycle", () => {
  test("a work request is accepted, in progress, then succeeded; its resource waits with it", async () => {
    const bench = await startBench();
    const { subnet } = await withSubnet(bench);
    await switchOn(bench, { slowLifecycle: 3 });
    const body = { compartmentId, subnetId: subnet.id, endpointType: "PUBLIC" };
    const created = await bench.call("POST", "/20190501/gateways", body);
    expect([created.status, created.body.lifecycleState]).toEqual([201, "CREATING"]);
    const path = `/20190501/gateways/${created.body.id}`;
    const work = `/20190501/workRequests/${created.headers.get("opc-work-request-id")}`;
    const first = (await bench.call("GET", work)).body;
    expect(first).toMatchObject({ status: "ACCEPTED", percentComplete: 0 });
    expect(Object.keys(first)).not.toContain("timeStarted");
    const second = (await bench.call("GET", work)).body;
    expect(second).toMatchObject({
      status: "IN_PROGRESS",
      percentComplete: 50,
      resources: [{ actionType: "IN_PROGRESS", identifier: created.body.id }],
    });
    expect(Object.keys(second)).not.toContain("timeFinished");
    const listed = await bench.call("GET", `/20190501/gateways?compartmentId=${compartmentId}`);
    expect(listed.body.items).toMatchObject([{ lifecycleState: "CREATING" }]);
    expect((await bench.call("GET", path)).body.lifecycleState).toBe("CREATING");
    expect((await bench.call("GET", path)).body.lifecycleState).toBe("ACTIVE");
    expect((await bench.call("GET", work)).body).toMatchObject({
      status: "SUCCEEDED",
      percentComplete: 100,
      resources: [{ actionType: "CREATED" }],
    });
  });

  test("a resource that isn't ready refuses changes with 409 IncorrectState", async () => {
    const bench = await startBench();
    const { gateway } = await withGateway(bench);
    await switchOn(bench, { slowLifecycle: 1 });
    const path = `/20190501/gateways/${gateway.id}`;
    const updated = await bench.call("PUT", path, { displayName: "new" });
    const work = updated.headers.get("opc-work-request-id");
    for (const method of ["PUT", "DELETE"]) {
      const reply = await bench.call(method, path, method === "PUT" ? {} : undefined);
      expect([reply.status, reply.body]).toEqual([
        409,
        {
          code: "IncorrectState",
          message: `${gateway.id} is in state UPDATING; wait until work request ${work} has succeeded.`,
        },
      ]);
    }
    expect((await bench.call("GET", path)).body).toMatchObject({
      displayName: "new",
      lifecycleState: "UPDATING",
    });
    expect((await bench.call("GET", path)).body.lifecycleState).toBe("ACTIVE");
    await bench.call("DELETE", path);
    expect((await bench.call("GET", path)).body.lifecycleState).toBe("DELETING");
    expect((await bench.call("GET", path)).body.lifecycleState).toBe("DELETED");
  });
});

describe("lingeringVnic", () => {
  const statuses = async (bench: Bench, path: string) => [
    (await bench.call("DELETE", path)).status,
    (await bench.call("DELETE", path)).status,
    (await bench.call("DELETE", path)).status,
  ];

  test("a subnet can't be deleted for a while after its gateway was", async () => {
    const bench = await startBench();
    const { subnet } = await withSubnet(bench);
    const body = { compartmentId, subnetId: subnet.id, endpointType: "PUBLIC" };
    const gateway = await create(bench, "/20190501/gateways", body);
    await switchOn(bench, { lingeringVnic: 2 });
    await bench.call("DELETE", `/20190501/gateways/${gateway.id}`);
    const path = `/20160918/subnets/${subnet.id}`;
    const refused = await bench.call("DELETE", path);
    expect([refused.status, refused.body]).toEqual([
      409,
      {
        code: "Conflict",
        message: `The Subnet ${subnet.id} references the VNIC of a resource that was deleted a moment ago. You must remove the reference to proceed with this operation.`,
      },
    ]);
    expect(await statuses(bench, path)).toEqual([409, 204, 404]);
  });

  test("as after its application", async () => {
    const bench = await startBench();
    const { subnet, application, fn } = await withFunction(bench);
    await switchOn(bench, { lingeringVnic: 1 });
    await bench.call("DELETE", `/20181201/functions/${fn.id}`);
    await bench.call("DELETE", `/20181201/applications/${application.id}`);
    expect(await statuses(bench, `/20160918/subnets/${subnet.id}`)).toEqual([409, 204, 404]);
  });
});

describe("oracleTags", () => {
  test("answers show who created a resource and when, beside its own tags", async () => {
    const bench = await startBench();
    const definedTags = { Operations: { CostCenter: "42" } };
    const vcn = await create(bench, "/20160918/vcns", {
      compartmentId,
      cidrBlock: "10.0.0.0/16",
      definedTags,
    });
    expect(vcn.definedTags).toEqual(definedTags);
    await switchOn(bench, { oracleTags: true });
    const tags = {
      ...definedTags,
      "Oracle-Tags": { CreatedBy: "default/local", CreatedOn: vcn.timeCreated },
    };
    const path = `/20160918/vcns/${vcn.id}`;
    expect((await bench.call("GET", path)).body.definedTags).toEqual(tags);
    const listed = await bench.call("GET", `/20160918/vcns?compartmentId=${compartmentId}`);
    expect(listed.body[0].definedTags).toEqual(tags);
    // The official provider sends back what it was given, and an update takes own tags away, never these.
    expect((await bench.call("PUT", path, { definedTags: tags })).body.definedTags).toEqual(tags);
    const left = (await bench.call("PUT", path, { definedTags: {} })).body.definedTags;
    expect(left).toEqual({ "Oracle-Tags": tags["Oracle-Tags"] });
  });

  test("what was there before is not tagged", async () => {
    const bench = await startBench();
    await switchOn(bench, { oracleTags: true });
    const { body } = await bench.call("GET", `/20160918/compartments/${compartmentId}`);
    expect(body.definedTags).toEqual({});
  });
});

describe("policyTextNormalised", () => {
  const policy = (statements: string[]) => ({
    compartmentId: tenancyId,
    name: "p",
    description: "d",
    statements,
  });

  test("answers show the normalised text; what was given stays stored", async () => {
    const bench = await startBench();
    const given = ["ALLOW  dynamic-group  g TO use functions-family in Compartment  api"];
    const made = await create(bench, "/20160918/policies", policy(given));
    expect(made.statements).toEqual(given);
    await switchOn(bench, { policyTextNormalised: true });
    const path = `/20160918/policies/${made.id}`;
    expect((await bench.call("GET", path)).body.statements).toEqual([
      "Allow dynamic-group g to use functions-family in compartment api",
    ]);
    await switchOn(bench, { policyTextNormalised: false });
    expect((await bench.call("GET", path)).body.statements).toEqual(given);
  });
});

describe("iamPropagationDelayInMs", () => {
  const statement = ["Allow x to use functions-family in tenancy"];

  async function deploy(bench: Bench, gatewayId: string, functionId: string, pathPrefix: string) {
    const body = { compartmentId, gatewayId, pathPrefix, specification: routesTo(functionId) };
    return (await bench.call("POST", "/20190501/deployments", body)).status;
  }

  test("a policy counts only after that time, and so does its deletion", async () => {
    const bench = await startBench();
    const { gateway, fn, policy } = await withGateway(bench);
    await switchOn(bench, { iamPropagationDelayInMs: 60_000 });
    expect(await deploy(bench, gateway.id, fn.id, "/a")).toBe(201);
    await bench.call("DELETE", `/20160918/policies/${policy.id}`);
    expect(await deploy(bench, gateway.id, fn.id, "/b")).toBe(201);
    bench.clockAheadInMs = 61_000;
    expect(await deploy(bench, gateway.id, fn.id, "/c")).toBe(404);
    const again = { compartmentId, name: "again", description: "d", statements: statement };
    await create(bench, "/20160918/policies", again);
    expect(await deploy(bench, gateway.id, fn.id, "/c")).toBe(404);
    bench.clockAheadInMs = 100_000;
    expect(await deploy(bench, gateway.id, fn.id, "/c")).toBe(404);
    bench.clockAheadInMs = 122_000;
    expect(await deploy(bench, gateway.id, fn.id, "/c")).toBe(201);
  });

  test("switched off, everything counts at once", async () => {
    const bench = await startBench();
    const { gateway, fn, policy } = await withGateway(bench);
    await switchOn(bench, { iamPropagationDelayInMs: 60_000 });
    await bench.call("DELETE", `/20160918/policies/${policy.id}`);
    expect(await deploy(bench, gateway.id, fn.id, "/a")).toBe(201);
    await switchOn(bench, { iamPropagationDelayInMs: 0 });
    expect(await deploy(bench, gateway.id, fn.id, "/b")).toBe(404);
  });
});

test("subnetOverlapCheck off lets a subnet be replaced by one with the same block", async () => {
  const bench = await startBench();
  const { vcn } = await withSubnet(bench);
  const body = { compartmentId, vcnId: vcn.id, cidrBlock: "10.0.1.0/24" };
  expect((await bench.call("POST", "/20160918/subnets", body)).body.code).toBe("InvalidParameter");
  await switchOn(bench, { subnetOverlapCheck: false });
  expect((await bench.call("POST", "/20160918/subnets", body)).status).toBe(200);
});

test("a reset switches every trap off and forgets what was pending", async () => {
  const bench = await startBench();
  const before = (await bench.call("GET", "/_emulator/switches")).body;
  const { subnet } = await withSubnet(bench);
  await switchOn(bench, { slowLifecycle: 5, lingeringVnic: 5, oracleTags: true, iamPropagationDelayInMs: 5 });
  const body = { compartmentId, subnetId: subnet.id, endpointType: "PUBLIC" };
  await create(bench, "/20190501/gateways", body);
  await bench.call("POST", "/_emulator/reset");
  expect((await bench.call("GET", "/_emulator/switches")).body).toEqual(before);
  await bench.call("PUT", "/_emulator/images", { image, digest });
  expect((await withSubnet(bench)).subnet.definedTags).toEqual({});
});
