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
  withGateway,
} from "../core/harness.ts";

const at = (name: string) => `/_emulator/${name}`;

test("health tells what is there", async () => {
  const bench = await startBench();
  await withGateway(bench);
  expect((await bench.call("GET", at("health"))).body).toEqual({
    status: "ready",
    tenancyId,
    region: "local-laptop-1",
    gateways: 1,
    functionProcesses: 0,
    pid: process.pid,
  });
});

test("writes lists every write, refused ones too, and no reads", async () => {
  const bench = await startBench();
  const vcn = await create(bench, "/20160918/vcns", { compartmentId, cidrBlock: "10.0.0.0/16" });
  await bench.call("GET", `/20160918/vcns/${vcn.id}`);
  await bench.call("POST", "/20160918/vcns", {});
  await bench.call("PUT", at("switches"), {});
  await bench.call("DELETE", `/20160918/vcns/${vcn.id}`);
  expect((await bench.call("GET", at("writes"))).body).toEqual([
    { method: "POST", path: "/20160918/vcns", status: 200, resourceId: vcn.id },
    { method: "POST", path: "/20160918/vcns", status: 400 },
    { method: "DELETE", path: `/20160918/vcns/${vcn.id}`, status: 204, resourceId: vcn.id },
  ]);
});

test("reset takes everything back to the start", async () => {
  const bench = await startBench();
  const { gateway, fn } = await withGateway(bench);
  await create(bench, "/20190501/deployments", {
    compartmentId,
    gatewayId: gateway.id,
    pathPrefix: "/v1",
    specification: routesTo(fn.id),
  });
  await bench.call("PUT", at("switches"), { homeRegionCheck: false });
  expect((await bench.call("POST", at("reset"))).status).toBe(204);
  expect([bench.open.size, bench.served.size, bench.released]).toEqual([0, 0, [fn.id]]);
  expect((await bench.call("GET", `/20190501/gateways/${gateway.id}`)).status).toBe(404);
  expect((await bench.call("GET", at("writes"))).body).toEqual([]);
  expect((await bench.call("GET", at("images"))).body).toEqual([]);
  expect((await bench.call("GET", at("switches"))).body.homeRegionCheck).toBe(true);
  expect((await bench.call("GET", `/20160918/compartments/${compartmentId}`)).status).toBe(200);
});

describe("switches", () => {
  test("have defaults, and are set one by one", async () => {
    const bench = await startBench();
    const defaults = {
      homeRegionCheck: true,
      applicationDeleteAnswers404: false,
      deploymentAccessCheck: true,
      subnetOverlapCheck: true,
      logNameCheck: true,
      requireSignature: false,
      oracleTags: false,
      policyTextNormalised: false,
      iamPropagationDelayInMs: 0,
      lingeringVnic: 0,
      slowLifecycle: 0,
    };
    expect((await bench.call("GET", at("switches"))).body).toEqual(defaults);
    expect((await bench.call("PUT", at("switches"), { deploymentAccessCheck: false })).body).toEqual({
      ...defaults,
      deploymentAccessCheck: false,
    });
  });

  test.each([
    [
      { slowStart: true, homeRegionCheck: "no" },
      "slowStart: isn't a switch; known are homeRegionCheck, applicationDeleteAnswers404, deploymentAccessCheck, subnetOverlapCheck, logNameCheck, requireSignature, oracleTags, policyTextNormalised, iamPropagationDelayInMs, lingeringVnic, slowLifecycle; homeRegionCheck: \"no\" isn't true or false",
    ],
    [
      { slowLifecycle: true, lingeringVnic: -1, iamPropagationDelayInMs: 0.5 },
      "slowLifecycle: true isn't a whole number from 0; lingeringVnic: -1 isn't a whole number from 0; iamPropagationDelayInMs: 0.5 isn't a whole number from 0",
    ],
    [[], 'switches: give an object, for example {"homeRegionCheck": false}'],
  ])("throws for %j", async (wanted, message) => {
    const bench = await startBench();
    const reply = await bench.call("PUT", at("switches"), wanted);
    expect([reply.status, reply.body]).toEqual([400, { code: "InvalidParameter", message }]);
  });
});

describe("images", () => {
  test("are registered with or without code", async () => {
    const bench = await startBench();
    const adopted = { image, digest };
    const built = { image, digest: `sha256:${"b".repeat(64)}`, directory: "/code" };
    expect((await bench.call("PUT", at("images"), adopted)).body).toEqual(adopted);
    expect((await bench.call("PUT", at("images"), built)).body).toEqual(built);
    await bench.call("PUT", at("images"), built);
    expect((await bench.call("GET", at("images"))).body).toEqual([adopted, built]);
  });

  test.each([
    [{ image: "hello", digest }, 'image: "hello" isn\'t of the form host/namespace/repository:tag'],
    [{ image, digest: "x" }, 'digest: "x" isn\'t "sha256:" and 64 hexadecimal digits'],
    [{ image, digest, directory: "/bad" }, "directory: func.yaml is missing; directory: no runtime"],
    [{ image, digest, code: "/x" }, "code: isn't a field of this operation"],
  ])("throws for %j", async (body, message) => {
    const bench = await startBench();
    const reply = await bench.call("PUT", at("images"), body);
    expect([reply.status, reply.body]).toEqual([400, { code: "InvalidParameter", message }]);
  });
});

describe("adopting", () => {
  const ids = {
    tenancy: "ocid1.tenancy.oc1..mine",
    compartment: "ocid1.compartment.oc1..mine",
    subnet: "ocid1.subnet.oc1.eu-frankfurt-1.mine",
    group: "ocid1.networksecuritygroup.oc1.eu-frankfurt-1.mine",
    application: "ocid1.fnapp.oc1.eu-frankfurt-1.mine",
    fn: "ocid1.fnfunc.oc1.eu-frankfurt-1.mine",
    gateway: "ocid1.apigateway.oc1.eu-frankfurt-1.mine",
    dynamicGroup: "ocid1.dynamicgroup.oc1..mine",
  };
  const everything = {
    tenancy: {
      id: ids.tenancy,
      homeRegion: "us-ashburn-1",
      regions: [{ name: "eu-frankfurt-1", key: "FRA" }],
    },
    compartments: [ids.compartment],
    subnets: [ids.subnet],
    networkSecurityGroups: [{ id: ids.group }],
    applications: [{ id: ids.application, displayName: "app" }],
    functions: [{ id: ids.fn, applicationId: ids.application }],
    gateways: [ids.gateway],
    dynamicGroups: [{ id: ids.dynamicGroup, name: "gateways" }],
  };
  const adoptAll = (bench: Bench) => bench.call("POST", at("adopt"), everything);

  test("answers what was adopted, and the second time that there was nothing left", async () => {
    const bench = await startBench();
    expect((await adoptAll(bench)).body).toEqual({
      adopted: [
        { type: "tenancy", id: ids.tenancy, name: "adopted" },
        {
          type: "compartment",
          id: ids.compartment,
          name: "adopted-.oc1..mine".slice(0, 8) + ids.compartment.slice(-8),
        },
        { type: "subnet", id: ids.subnet, name: `adopted-${ids.subnet.slice(-8)}` },
        { type: "networkSecurityGroup", id: ids.group, name: `adopted-${ids.group.slice(-8)}` },
        { type: "application", id: ids.application, name: "app" },
        { type: "function", id: ids.fn, name: `adopted-${ids.fn.slice(-8)}` },
        { type: "gateway", id: ids.gateway, name: `adopted-${ids.gateway.slice(-8)}` },
        { type: "dynamicGroup", id: ids.dynamicGroup, name: "gateways" },
      ],
    });
    expect((await adoptAll(bench)).body).toEqual({ adopted: [] });
    expect(bench.emulator.tenancy).toEqual({
      id: ids.tenancy,
      name: "adopted",
      homeRegion: "us-ashburn-1",
      regions: [
        { name: "eu-frankfurt-1", key: "FRA" },
        { name: "us-ashburn-1", key: "ASHBURN" },
      ],
      namespace: "localns",
      compartments: [],
    });
  });

  test("makes what a configuration names usable", async () => {
    const bench = await startBench();
    await adoptAll(bench);
    const abroad = { "x-emulator-region": "eu-frankfurt-1" };
    const gateway = await bench.call(
      "POST",
      "/20190501/gateways",
      {
        compartmentId: ids.compartment,
        subnetId: ids.subnet,
        endpointType: "PUBLIC",
        networkSecurityGroupIds: [ids.group],
      },
      abroad,
    );
    expect(gateway.body.id).toMatch(/^ocid1\.apigateway\.oc1\.eu-frankfurt-1\./);
    await bench.call("PUT", at("switches"), { deploymentAccessCheck: false });
    const deployment = await create(bench, "/20190501/deployments", {
      compartmentId: ids.compartment,
      gatewayId: ids.gateway,
      pathPrefix: "/v1",
      specification: routesTo(ids.fn),
    });
    const port = bench.open.get(ids.gateway)?.port;
    expect(deployment.endpoint).toBe(`http://127.0.0.1:${port}/v1`);
    const application = { compartmentId: ids.compartment, displayName: "second", subnetIds: [ids.subnet] };
    expect((await create(bench, "/20181201/applications", application)).lifecycleState).toBe("ACTIVE");
    expect((await bench.call("GET", `/20160918/tenancies/${tenancyId}`)).status).toBe(404);
    expect((await bench.call("GET", `/20160918/compartments/${compartmentId}`)).status).toBe(404);
  });

  test("a region that is told without its key doesn't refuse images of its registry", async () => {
    const bench = await startBench();
    const body = {
      tenancy: { id: ids.tenancy, homeRegion: "us-ashburn-1" },
      applications: [ids.application],
    };
    expect((await bench.call("POST", at("adopt"), body)).status).toBe(200);
    const image = "iad.ocir.io/ns/hello:1";
    await bench.call("PUT", at("images"), { image, digest: `sha256:${"a".repeat(64)}` });
    const fn = { applicationId: ids.application, displayName: "hello", image, memoryInMBs: 128 };
    const abroad = { "x-emulator-region": "us-ashburn-1" };
    const reply = await bench.call("POST", "/20181201/functions", fn, abroad);
    expect([reply.status, reply.body.message]).toEqual([200, undefined]);
  });

  test("throws for another tenancy once the emulator is in use", async () => {
    const bench = await startBench();
    const { vcn } = await withGateway(bench);
    expect(vcn.id).toBeDefined();
    const reply = await bench.call("POST", at("adopt"), { tenancy: ids.tenancy });
    expect([reply.status, reply.body]).toEqual([
      409,
      {
        code: "IncorrectState",
        message: `The emulator holds 5 resources of tenancy ${tenancyId}; reset it (POST /_emulator/reset) before it adopts ${ids.tenancy}.`,
      },
    ]);
  });

  test.each([
    ["/20200531/logGroups", { displayName: "logs" }],
    ["/20160918/container/repositories", { displayName: "images" }],
  ])("throws for another tenancy as long as there is something of %s", async (path, body) => {
    const bench = await startBench();
    expect((await bench.call("POST", path, { ...body, compartmentId })).status).toBeLessThan(300);
    const reply = await bench.call("POST", at("adopt"), { tenancy: ids.tenancy });
    expect([reply.status, reply.body.message]).toEqual([
      409,
      `The emulator holds 1 resources of tenancy ${tenancyId}; reset it (POST /_emulator/reset) before it adopts ${ids.tenancy}.`,
    ]);
  });

  test.each([
    [{ buckets: [] }, "buckets: isn't a field of this operation"],
    [{ subnets: ["x"] }, 'subnets[0]: "x" isn\'t an OCID of the form ocid1.subnet.<realm>.<region>.<unique>'],
    [{ subnets: [{ id: ids.subnet, colour: "red" }] }, "subnets[0].colour: isn't a field of this operation"],
  ])("throws for %j", async (body, message) => {
    const bench = await startBench();
    const reply = await bench.call("POST", at("adopt"), body);
    expect([reply.status, reply.body]).toEqual([400, { code: "InvalidParameter", message }]);
  });
});
