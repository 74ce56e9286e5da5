import { describe, expect, test } from "vitest";
import {
  type Bench,
  compartmentId,
  create,
  nowhere,
  routesTo,
  startBench,
  withGateway,
  withSubnet,
} from "../core/harness.ts";

const gateways = "/20190501/gateways";
const deployments = "/20190501/deployments";
const workRequests = "/20190501/workRequests";

async function deployed(bench: Bench) {
  const parts = await withGateway(bench);
  const wanted = {
    compartmentId,
    gatewayId: parts.gateway.id,
    pathPrefix: "/v1",
    specification: routesTo(parts.fn.id),
  };
  return { ...parts, wanted, deployment: await create(bench, deployments, wanted) };
}

describe("gateways", () => {
  test("are complete and open a port", async () => {
    const bench = await startBench();
    const { gateway, subnet } = await withGateway(bench);
    expect(gateway).toEqual({
      compartmentId,
      subnetId: subnet.id,
      endpointType: "PUBLIC",
      displayName: "gw",
      id: expect.stringMatching(/^ocid1\.apigateway\.oclocal\.local-laptop-1\.[a-z0-9]{60}$/),
      lifecycleState: "ACTIVE",
      timeCreated: expect.any(String),
      timeUpdated: expect.any(String),
      definedTags: {},
      freeformTags: {},
      networkSecurityGroupIds: [],
      ipAddresses: [{ ipAddress: "127.0.0.1" }],
      responseCacheDetails: { type: "NONE" },
      caBundles: [],
      locks: [],
      ipMode: "IPV4",
      systemTags: {},
      lifecycleDetails: "",
      hostname: "127.0.0.1:40000",
    });
    expect(bench.open.get(gateway.id)?.view).toEqual({ id: gateway.id, compartmentId, displayName: "gw" });
  });

  test("a new name reaches the gateway that serves", async () => {
    const bench = await startBench();
    const { gateway } = await withGateway(bench);
    const reply = await bench.call("PUT", `${gateways}/${gateway.id}`, { displayName: "renamed" });
    expect(reply.status).toBe(202);
    expect(bench.open.get(gateway.id)?.view).toEqual({
      id: gateway.id,
      compartmentId,
      displayName: "renamed",
    });
  });

  test("take ports upwards from the configured one, past those that are taken", async () => {
    const bench = await startBench({ gatewayPort: 18_080 });
    bench.takenPorts.add(18_081);
    const { subnet, gateway } = await withGateway(bench);
    const second = await create(bench, gateways, {
      compartmentId,
      subnetId: subnet.id,
      endpointType: "PRIVATE",
    });
    expect([gateway.hostname, second.hostname]).toEqual(["127.0.0.1:18080", "127.0.0.1:18082"]);
  });

  test("throws when an exact port is taken", async () => {
    const bench = await startBench({ gatewayPort: 18_080, isGatewayPortExact: true });
    bench.takenPorts.add(18_080);
    const { subnet } = await withSubnet(bench);
    const reply = await bench.call("POST", gateways, {
      compartmentId,
      subnetId: subnet.id,
      endpointType: "PUBLIC",
    });
    expect([reply.status, reply.body]).toEqual([
      400,
      {
        code: "InvalidParameter",
        message:
          "Port 18080 of 127.0.0.1, wanted for the gateway, is in use; end the process that uses it or choose another port.",
      },
    ]);
    expect((await bench.call("GET", `${gateways}?compartmentId=${compartmentId}`)).body).toEqual({
      items: [],
    });
  });

  test.each([
    [
      "a private subnet",
      { prohibitPublicIpOnVnic: true },
      "subnetId: a gateway with endpointType PUBLIC needs a subnet that allows public IP addresses (prohibitPublicIpOnVnic false)",
    ],
    [
      "a subnet of one availability domain",
      { availabilityDomain: "emul:LOCAL-LAPTOP-1-AD-1" },
      "subnetId: the subnet must be regional, without an availability domain",
    ],
    [
      "a small subnet",
      { cidrBlock: "10.0.1.0/27" },
      "subnetId: the subnet's 10.0.1.0/27 is too small: a gateway needs 32 free addresses, so /26 or larger",
    ],
  ])("throws for %s", async (_what, fields, message) => {
    const bench = await startBench();
    const { subnet } = await withSubnet(bench, fields);
    const reply = await bench.call("POST", gateways, {
      compartmentId,
      subnetId: subnet.id,
      endpointType: "PUBLIC",
    });
    expect([reply.status, reply.body]).toEqual([400, { code: "InvalidParameter", message }]);
    expect(bench.open.size).toBe(0);
  });

  test("throws for a subnet and a group that aren't there", async () => {
    const bench = await startBench();
    const [subnet, group] = [nowhere("subnet"), nowhere("networksecuritygroup")];
    const reply = await bench.call("POST", gateways, {
      compartmentId,
      subnetId: subnet,
      endpointType: "PUBLIC",
      networkSecurityGroupIds: [group],
    });
    expect(reply.body).toEqual({
      code: "InvalidParameter",
      message: `subnetId: Unknown resource ${subnet}; networkSecurityGroupIds[0]: there is no network security group ${group} here`,
    });
  });

  test("can't be deleted with deployments, and close their port", async () => {
    const bench = await startBench();
    const { gateway, deployment } = await deployed(bench);
    const path = `${gateways}/${gateway.id}`;
    const busy = await bench.call("DELETE", path);
    expect([busy.status, busy.body]).toEqual([
      409,
      {
        code: "Conflict",
        message: `The gateway still holds 1 deployments (${deployment.id}). Delete them first.`,
      },
    ]);
    await bench.call("DELETE", `${deployments}/${deployment.id}`);
    expect(bench.served.size).toBe(0);
    expect((await bench.call("DELETE", path)).status).toBe(202);
    expect(bench.open.size).toBe(0);
    expect((await bench.call("GET", path)).body.lifecycleState).toBe("DELETED");
  });
});

describe("deployments", () => {
  test("are complete, served and updated", async () => {
    const bench = await startBench();
    const { deployment, wanted, gateway, fn } = await deployed(bench);
    expect(deployment).toEqual({
      ...wanted,
      displayName: expect.stringMatching(/^apideployment\d{14}$/),
      id: expect.stringMatching(/^ocid1\.apideployment\.oclocal\.local-laptop-1\.[a-z0-9]{60}$/),
      lifecycleState: "ACTIVE",
      timeCreated: expect.any(String),
      timeUpdated: expect.any(String),
      definedTags: {},
      freeformTags: {},
      endpoint: "http://127.0.0.1:40000/v1",
      locks: [],
      systemTags: {},
      lifecycleDetails: "",
    });
    const { displayName } = deployment;
    const view = { id: deployment.id, gatewayId: gateway.id, displayName, pathPrefix: "/v1" };
    expect(bench.served.get(deployment.id)).toEqual({ ...view, specification: wanted.specification });
    const specification = { ...routesTo(fn.id), loggingPolicies: {} };
    const reply = await bench.call("PUT", `${deployments}/${deployment.id}`, { specification });
    expect([reply.status, reply.body]).toEqual([202, ""]);
    expect(bench.served.get(deployment.id)).toEqual({ ...view, specification });
  });

  test("an update that is refused leaves what is served", async () => {
    const bench = await startBench();
    const { deployment, wanted } = await deployed(bench);
    const reply = await bench.call("PUT", `${deployments}/${deployment.id}`, {
      specification: { bad: true },
    });
    expect(reply.body.message).toBe("specification.bad: is bad; specification.routes: is required");
    expect(bench.served.get(deployment.id)?.specification).toEqual(wanted.specification);
  });

  test("throws for what is wrong with prefix and specification, before whether the prefix is free", async () => {
    const bench = await startBench();
    const { wanted } = await deployed(bench);
    const bad = "specification.bad: is bad; specification.routes: is required";
    const specification = { bad: true };
    const wrong = await bench.call("POST", deployments, { ...wanted, pathPrefix: "/v1/", specification });
    expect([wrong.status, wrong.body]).toEqual([
      400,
      {
        code: "InvalidParameter",
        message: `pathPrefix: must not end with "/", but is "/v1/"; leave the last slash out; ${bad}`,
      },
    ]);
    const taken = await bench.call("POST", deployments, { ...wanted, specification });
    expect([taken.status, taken.body.message]).toEqual([400, bad]);
  });

  test("the root prefix's endpoint has no slash at its end", async () => {
    const bench = await startBench();
    const { gateway, fn } = await withGateway(bench);
    const made = await create(bench, deployments, {
      compartmentId,
      gatewayId: gateway.id,
      pathPrefix: "/",
      specification: routesTo(fn.id),
    });
    expect(made.endpoint).toBe("http://127.0.0.1:40000");
  });

  test("throws for a prefix that is taken, or / beside another", async () => {
    const bench = await startBench();
    const { wanted, deployment } = await deployed(bench);
    const same = await bench.call("POST", deployments, wanted);
    expect([same.status, same.body]).toEqual([
      409,
      { code: "Conflict", message: `pathPrefix: "/v1" is taken on the gateway by ${deployment.id}.` },
    ]);
    const root = await bench.call("POST", deployments, { ...wanted, pathPrefix: "/" });
    expect(root.body.message).toBe(
      `pathPrefix: "/" can't stand beside "/v1" of ${deployment.id}: a deployment with the prefix "/" must be the gateway's only one.`,
    );
    await bench.call("DELETE", `${deployments}/${deployment.id}`);
    const alone = await create(bench, deployments, { ...wanted, pathPrefix: "/" });
    expect((await bench.call("POST", deployments, wanted)).body.message).toBe(
      `pathPrefix: "/v1" can't stand beside "/" of ${alone.id}: a deployment with the prefix "/" must be the gateway's only one.`,
    );
  });

  // "API Gateway Internal Limits": 20 deployments on a gateway
  test("throws for the twenty-first of a gateway", async () => {
    const bench = await startBench();
    const { wanted } = await deployed(bench);
    for (let index = 2; index <= 20; index += 1)
      await create(bench, deployments, { ...wanted, pathPrefix: `/v${index}` });
    expect((await bench.call("POST", deployments, { ...wanted, pathPrefix: "/x" })).body).toEqual({
      code: "LimitExceeded",
      message: "A gateway holds at most 20 deployments.",
    });
  });

  test("throws for a gateway that isn't there", async () => {
    const bench = await startBench();
    const missing = nowhere("apigateway");
    const reply = await bench.call("POST", deployments, {
      compartmentId,
      gatewayId: missing,
      pathPrefix: "/v1",
      specification: {},
    });
    expect(reply.body).toEqual({
      code: "RelatedResourceNotAuthorizedOrNotFound",
      message: `gatewayId: there is no gateway ${missing} here`,
    });
  });

  test("throws when the gateway may not call a function, also one that is routed to dynamically", async () => {
    const bench = await startBench();
    const { wanted, policy, fn, gateway, deployment } = await deployed(bench);
    await bench.call("DELETE", `/20160918/policies/${policy.id}`);
    const missing = nowhere("fnfunc");
    const backend = {
      type: "DYNAMIC_ROUTING_BACKEND",
      routingBackends: [{ backend: { type: "ORACLE_FUNCTIONS_BACKEND", functionId: missing } }],
    };
    const specification = { routes: [...wanted.specification.routes, { path: "/d", backend }] };
    const reply = await bench.call("POST", deployments, { ...wanted, pathPrefix: "/v2", specification });
    expect([reply.status, reply.body]).toEqual([
      404,
      {
        code: "NotAuthorizedOrNotFound",
        message: `Authorization failed or requested resource not found. Gateway ${gateway.id} may not call function "hello" (${fn.id}); a statement that allows it: Allow … There is no function ${missing} here.`,
      },
    ]);
    expect((await bench.call("PUT", `${deployments}/${deployment.id}`, {})).status).toBe(404);
    await bench.call("PUT", "/_emulator/switches", { deploymentAccessCheck: false });
    expect(
      (await bench.call("POST", deployments, { ...wanted, pathPrefix: "/v2", specification })).status,
    ).toBe(201);
  });

  test("throws when the gateway may not call an authorizer function", async () => {
    const bench = await startBench();
    const { wanted } = await deployed(bench);
    const missing = nowhere("fnfunc");
    const custom = { type: "CUSTOM_AUTHENTICATION", functionId: missing, tokenHeader: "Authorization" };
    for (const requestPolicies of [
      { authentication: custom },
      { dynamicAuthentication: { authenticationServers: [{ authenticationServerDetail: custom }] } },
    ]) {
      const specification = { ...wanted.specification, requestPolicies };
      const reply = await bench.call("POST", deployments, { ...wanted, pathPrefix: "/v2", specification });
      expect([reply.status, reply.body]).toEqual([
        404,
        {
          code: "NotAuthorizedOrNotFound",
          message: `Authorization failed or requested resource not found. There is no function ${missing} here.`,
        },
      ]);
    }
  });

  test("lists are summaries, by gateway", async () => {
    const bench = await startBench();
    const { deployment, gateway } = await deployed(bench);
    const { specification: _, ...summary } = deployment;
    const query = `compartmentId=${compartmentId}&gatewayId=`;
    expect((await bench.call("GET", `${deployments}?${query}${gateway.id}`)).body).toEqual({
      items: [summary],
    });
    expect((await bench.call("GET", `${deployments}?${query}x`)).body).toEqual({ items: [] });
  });
});

describe("work requests", () => {
  test.each([
    ["gateways", "gateway", "GATEWAY"],
    ["deployments", "deployment", "DEPLOYMENT"],
  ] as const)("of %s are done when they are first asked for", async (collection, entityType, operation) => {
    const bench = await startBench();
    const { gateway, deployment, wanted } = await deployed(bench);
    const { id } = entityType === "gateway" ? gateway : deployment;
    const path = `/20190501/${collection}/${id}`;
    if (entityType === "gateway") await bench.call("DELETE", `${deployments}/${deployment.id}`);
    const updated = await bench.call("PUT", path, {});
    const deleted = await bench.call("DELETE", path);
    const created = await bench.call(
      "POST",
      `/20190501/${collection}`,
      entityType === "gateway"
        ? { compartmentId, subnetId: gateway.subnetId, endpointType: "PUBLIC" }
        : { ...wanted, pathPrefix: "/v9" },
    );
    const expected = [
      [created, "CREATE", "CREATED", created.body.id],
      [updated, "UPDATE", "UPDATED", id],
      [deleted, "DELETE", "DELETED", id],
    ] as const;
    for (const [reply, verb, actionType, identifier] of expected) {
      const request = reply.headers.get("opc-work-request-id");
      const { body } = await bench.call("GET", `${workRequests}/${request}`);
      const time = expect.stringMatching(/Z$/);
      expect(body).toEqual({
        id: request,
        operationType: `${verb}_${operation}`,
        status: "SUCCEEDED",
        compartmentId,
        resources: [
          { entityType, actionType, identifier, entityUri: `/20190501/${collection}/${identifier}` },
        ],
        percentComplete: 100,
        timeAccepted: time,
        timeStarted: time,
        timeFinished: time,
      });
      for (const part of ["errors", "logs"]) {
        expect((await bench.call("GET", `${workRequests}/${request}/${part}`)).body).toEqual({ items: [] });
      }
    }
    const listed = await bench.call("GET", `${workRequests}?compartmentId=${compartmentId}&resourceId=${id}`);
    expect(listed.body.items).toHaveLength(3);
  });
});

describe("what comes later is refused by name", () => {
  test.each([
    ["usagePlans", "Usage plans"],
    ["subscribers", "Subscribers"],
    ["apis", "API resources"],
    ["certificates", "API Gateway certificates"],
    ["sdks", "SDKs"],
  ])("throws for %s", async (collection, name) => {
    const bench = await startBench();
    for (const [method, path] of [
      ["POST", `/20190501/${collection}`],
      ["GET", `/20190501/${collection}/x`],
    ] as const) {
      const reply = await bench.call(method, path, method === "POST" ? {} : undefined);
      expect([reply.status, reply.body]).toEqual([
        400,
        { code: "InvalidParameter", message: `${method} ${path}: ${name} aren't modelled by this emulator.` },
      ]);
    }
  });
});
