import { describe, expect, test } from "vitest";
import { compartmentId, create, startBench, tenancyId, withSubnet } from "../core/harness.ts";

const groups = "/20160918/dynamicGroups";
const policies = "/20160918/policies";
const compartments = "/20160918/compartments";

const group = {
  compartmentId: tenancyId,
  name: "g",
  description: "d",
  matchingRule: "resource.type = 'ApiGateway'",
};
const policy = { compartmentId, name: "p", description: "d", statements: ["Allow b", "Allow a"] };

describe("tenancy", () => {
  test("names itself, its regions, domains and root compartment", async () => {
    const bench = await startBench();
    expect((await bench.call("GET", `/20160918/tenancies/${tenancyId}`)).body).toEqual({
      id: tenancyId,
      name: "local",
      description: "local",
      homeRegionKey: "LCL",
      upiIdcsCompatibilityLayerEndpoint: "",
      definedTags: {},
      freeformTags: {},
    });
    expect((await bench.call("GET", `/20160918/tenancies/${tenancyId}/regionSubscriptions`)).body).toEqual([
      { regionKey: "LCL", regionName: "local-laptop-1", status: "READY", isHomeRegion: true },
    ]);
    expect(
      (await bench.call("GET", `/20160918/availabilityDomains?compartmentId=${tenancyId}`)).body,
    ).toEqual([
      {
        name: "emul:LOCAL-LAPTOP-1-AD-1",
        id: "ocid1.availabilitydomain.oclocal..emul-local-laptop-1-ad-1",
        compartmentId: tenancyId,
      },
    ]);
    expect((await bench.call("GET", `${compartments}/${tenancyId}`)).body).toMatchObject({
      id: tenancyId,
      name: "local",
      lifecycleState: "ACTIVE",
    });
  });

  test("the built-in compartment can be read", async () => {
    const bench = await startBench();
    expect((await bench.call("GET", `${compartments}/${compartmentId}`)).body).toEqual({
      id: compartmentId,
      compartmentId: tenancyId,
      name: "api",
      description: "api",
      isAccessible: true,
      lifecycleState: "ACTIVE",
      timeCreated: "2026-01-01T00:00:00.000Z",
      definedTags: {},
      freeformTags: {},
    });
  });

  test.each(["", "/regionSubscriptions"])("throws for another tenancy%s", async (rest) => {
    const bench = await startBench();
    expect((await bench.call("GET", `/20160918/tenancies/ocid1.tenancy.oc1..x${rest}`)).status).toBe(404);
  });
});

describe("dynamic groups", () => {
  test("live, are found by name, and end", async () => {
    const bench = await startBench();
    const made = await create(bench, groups, group);
    expect(made).toEqual({
      ...group,
      id: expect.stringMatching(/^ocid1\.dynamicgroup\.oclocal\.\.[a-z0-9]{60}$/),
      lifecycleState: "ACTIVE",
      timeCreated: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      definedTags: {},
      freeformTags: {},
    });
    await create(bench, groups, { ...group, name: "other" });
    const byName = await bench.call("GET", `${groups}?compartmentId=${tenancyId}&name=g`);
    expect(byName.body).toEqual([made]);
    const changed = await bench.call("PUT", `${groups}/${made.id}`, { description: "new" });
    expect(changed.body).toEqual({ ...made, description: "new" });
    expect((await bench.call("DELETE", `${groups}/${made.id}`)).status).toBe(204);
    const after = await bench.call("GET", `${groups}/${made.id}`);
    expect([after.status, after.body]).toEqual([
      200,
      { ...made, description: "new", lifecycleState: "DELETED" },
    ]);
    expect((await bench.call("GET", `${groups}?compartmentId=${tenancyId}&name=g`)).body).toEqual([]);
    expect((await bench.call("DELETE", `${groups}/${made.id}`)).status).toBe(404);
    expect((await create(bench, groups, group)).id).not.toBe(made.id);
  });

  test.each([
    [
      "another compartment",
      { compartmentId },
      400,
      "Dynamic group can only be created in the tenancy compartment",
    ],
    [
      "a name with a blank",
      { name: "a b" },
      400,
      'name: "a b" may hold letters, digits, periods, hyphens and underscores only',
    ],
    [
      "a rule that can't be read",
      { matchingRule: "bad rule" },
      400,
      'matchingRule: "bad rule" can\'t be read',
    ],
    ["a name that is taken", {}, 409, "DynamicGroup 'g' already exists"],
  ])("throws for %s", async (_what, fields, status, message) => {
    const bench = await startBench();
    await create(bench, groups, group);
    const reply = await bench.call("POST", groups, { ...group, ...fields });
    expect([reply.status, reply.body.message]).toEqual([status, message]);
  });

  // "Service Limits": 50 dynamic groups
  test("throws for the fifty-first", async () => {
    const bench = await startBench();
    for (let index = 0; index < 50; index += 1) await create(bench, groups, { ...group, name: `g${index}` });
    const reply = await bench.call("POST", groups, { ...group, name: "one-more" });
    expect([reply.status, reply.body]).toEqual([
      400,
      {
        code: "LimitExceeded",
        message: "A tenancy holds at most 50 dynamic groups; delete one that isn't needed.",
      },
    ]);
  });
});

describe("policies", () => {
  test("give statements back verbatim and in order", async () => {
    const bench = await startBench();
    const made = await create(bench, policies, { ...policy, versionDate: "2026-01-01" });
    expect(made).toMatchObject({ ...policy, versionDate: "2026-01-01", lifecycleState: "ACTIVE" });
    const statements = ["ALLOW  c", "Allow b", "Allow a"];
    const changed = await bench.call("PUT", `${policies}/${made.id}`, { statements });
    expect(changed.body.statements).toEqual(statements);
  });

  test("throws for all statements that can't be read, at once", async () => {
    const bench = await startBench();
    const statements = ["bad one", "Allow a", "bad two"];
    const reply = await bench.call("POST", policies, { ...policy, statements });
    expect([reply.status, reply.body]).toEqual([
      400,
      {
        code: "InvalidParameter",
        message: 'statements[0]: "bad one" can\'t be read; statements[2]: "bad two" can\'t be read',
      },
    ]);
  });

  test.each([
    ["no statement", { statements: [] }, "statements: a list of 0 is below the minimum of 1 items"],
    [
      "51 statements",
      { statements: Array(51).fill("Allow a") },
      "statements: a list of 51 is above the maximum of 50 items",
    ],
    [
      "a version that is no date",
      { versionDate: "today" },
      'versionDate: "today" doesn\'t match /^(\\d{4}-\\d{2}-\\d{2}(T.*)?)?$/',
    ],
  ])("throws for %s", async (_what, fields, message) => {
    const bench = await startBench();
    const reply = await bench.call("POST", policies, { ...policy, ...fields });
    expect([reply.status, reply.body.message]).toEqual([400, message]);
  });

  test("throws for a name that is taken, in any compartment", async () => {
    const bench = await startBench();
    await create(bench, policies, policy);
    const reply = await bench.call("POST", policies, { ...policy, compartmentId: tenancyId });
    expect([reply.status, reply.body]).toEqual([
      409,
      { code: "PolicyAlreadyExists", message: "Policy 'p' already exists" },
    ]);
  });

  test("throws for a compartment that isn't there", async () => {
    const bench = await startBench();
    const missing = "ocid1.compartment.oc1..x";
    const reply = await bench.call("POST", policies, { ...policy, compartmentId: missing });
    expect([reply.status, reply.body.message]).toEqual([
      404,
      `Authorization failed or requested resource not found. compartmentId ${missing} isn't in the emulator's tenancy.`,
    ]);
  });

  test("throws above 500 statements in the tenancy", async () => {
    const bench = await startBench();
    const statements = Array(50).fill("Allow a");
    for (let index = 0; index < 10; index += 1)
      await create(bench, policies, { ...policy, name: `p${index}`, statements });
    const reply = await bench.call("POST", policies, { ...policy, statements: ["Allow a"] });
    expect(reply.body).toEqual({
      code: "LimitExceeded",
      message: "A tenancy holds at most 500 policy statements; delete one that isn't needed.",
    });
  });

  test("throws for the 101st policy", async () => {
    const bench = await startBench();
    for (let index = 0; index < 100; index += 1)
      await create(bench, policies, { ...policy, name: `p${index}` });
    const reply = await bench.call("POST", policies, policy);
    expect(reply.body.message).toBe("A tenancy holds at most 100 policies; delete one that isn't needed.");
  });
});

describe("compartments", () => {
  const wanted = { compartmentId: tenancyId, name: "dev", description: "d" };

  test("live, are listed by parent or in the whole tree, and end", async () => {
    const bench = await startBench();
    const made = await create(bench, compartments, wanted);
    const inner = await create(bench, compartments, { ...wanted, compartmentId: made.id });
    const names = async (query: string) =>
      (await bench.call("GET", `${compartments}?${query}`)).body.map(({ id }: { id: string }) => id);
    expect(await names(`compartmentId=${tenancyId}`)).toEqual([compartmentId, made.id]);
    const tree = `compartmentId=${tenancyId}&accessLevel=ANY&compartmentIdInSubtree=true`;
    expect(await names(tree)).toEqual([compartmentId, made.id, inner.id]);
    const busy = await bench.call("DELETE", `${compartments}/${made.id}`);
    expect([busy.status, busy.body.message]).toEqual([
      409,
      `Compartment ${made.id} isn't empty: it holds 1 resources, ${inner.id} among them.`,
    ]);
    expect((await bench.call("DELETE", `${compartments}/${inner.id}`)).status).toBe(202);
    expect((await bench.call("DELETE", `${compartments}/${made.id}`)).status).toBe(202);
    const renamed = await bench.call("PUT", `${compartments}/${compartmentId}`, { name: "renamed" });
    expect(renamed.body.name).toBe("renamed");
  });

  test("throws for a name that is taken", async () => {
    const bench = await startBench();
    const reply = await bench.call("POST", compartments, { ...wanted, name: "api" });
    expect([reply.status, reply.body]).toEqual([
      409,
      { code: "CompartmentAlreadyExists", message: "Compartment 'api' already exists" },
    ]);
  });

  test("throws when a subtree is asked for below the root", async () => {
    const bench = await startBench();
    const query = `compartmentId=${compartmentId}&compartmentIdInSubtree=true`;
    expect((await bench.call("GET", `${compartments}?${query}`)).body.message).toBe(
      "compartmentIdInSubtree: true is allowed with the tenancy's OCID only",
    );
  });
});

describe("home region", () => {
  const tenancy = {
    id: "ocid1.tenancy.oc1..t",
    name: "t",
    homeRegion: "eu-frankfurt-1",
    regions: [
      { name: "eu-frankfurt-1", key: "FRA" },
      { name: "us-ashburn-1", key: "IAD" },
    ],
    namespace: "ns",
    compartments: [],
  };
  const wanted = { ...group, compartmentId: tenancy.id };

  test("throws NotAllowed for a write elsewhere, reads answer, and the switch turns it off", async () => {
    const bench = await startBench({ tenancy });
    const abroad = { "x-emulator-region": "us-ashburn-1" };
    const reply = await bench.call("POST", groups, wanted, abroad);
    expect([reply.status, reply.body]).toEqual([
      403,
      {
        code: "NotAllowed",
        message: "Please go to your home region FRA to execute CREATE, UPDATE and DELETE operations.",
      },
    ]);
    expect((await bench.call("GET", `${groups}?compartmentId=${tenancy.id}`, undefined, abroad)).status).toBe(
      200,
    );
    expect((await bench.call("POST", groups, wanted, { "x-emulator-region": "eu-frankfurt-1" })).status).toBe(
      200,
    );
    await bench.call("PUT", "/_emulator/switches", { homeRegionCheck: false });
    expect((await bench.call("POST", groups, { ...wanted, name: "h" }, abroad)).status).toBe(200);
  });

  test("OCIDs of regional resources name the region that was meant", async () => {
    const bench = await startBench({ tenancy });
    const vcn = { compartmentId: tenancy.id, cidrBlock: "10.0.0.0/16" };
    const reply = await bench.call("POST", "/20160918/vcns", vcn, { "x-emulator-region": "us-ashburn-1" });
    expect(reply.body.id).toMatch(/^ocid1\.vcn\.oc1\.us-ashburn-1\.[a-z0-9]{60}$/);
  });
});

test("a compartment that holds a log group can't be deleted", async () => {
  const bench = await startBench();
  await bench.call("POST", "/20200531/logGroups", { compartmentId, displayName: "logs" });
  const [group] = (await bench.call("GET", `/20200531/logGroups?compartmentId=${compartmentId}`)).body;
  expect((await bench.call("DELETE", `${compartments}/${compartmentId}`)).body.message).toBe(
    `Compartment ${compartmentId} isn't empty: it holds 1 resources, ${group.id} among them.`,
  );
});

test("a compartment that holds a network can't be deleted", async () => {
  const bench = await startBench();
  const { vcn } = await withSubnet(bench);
  expect((await bench.call("DELETE", `${compartments}/${compartmentId}`)).body.message).toBe(
    `Compartment ${compartmentId} isn't empty: it holds 1 resources, ${vcn.id} among them.`,
  );
});
