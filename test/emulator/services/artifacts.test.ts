import { describe, expect, test } from "vitest";
import { compartmentId, create, startBench } from "../core/harness.ts";

const repositories = "/20160918/container/repositories";

describe("container repositories", () => {
  const wanted = { compartmentId, displayName: "api/hello", isPublic: false, isImmutable: false };

  test("live, are listed, and end", async () => {
    const bench = await startBench();
    const made = await create(bench, repositories, wanted);
    expect(made).toEqual({
      ...wanted,
      id: expect.stringMatching(/^ocid1\.containerrepo\.oclocal\.local-laptop-1\.[a-z0-9]{60}$/),
      lifecycleState: "AVAILABLE",
      timeCreated: expect.any(String),
      definedTags: {},
      freeformTags: {},
      namespace: "localns",
      createdBy: "ocid1.user.oclocal..local",
      imageCount: 0,
      layerCount: 0,
      layersSizeInBytes: 0,
      billableSizeInGBs: 0,
      systemTags: {},
    });
    const listed = await bench.call(
      "GET",
      `${repositories}?compartmentId=${compartmentId}&displayName=api/hello`,
    );
    expect(listed.body).toEqual({ items: [made] });
    const body = { definedTags: {}, freeformTags: {}, isImmutable: false, isPublic: true };
    expect((await bench.call("PUT", `${repositories}/${made.id}`, body)).body).toEqual({
      ...made,
      isPublic: true,
    });
    expect((await bench.call("DELETE", `${repositories}/${made.id}`)).status).toBe(204);
    expect((await bench.call("GET", `${repositories}/${made.id}`)).body.lifecycleState).toBe("DELETED");
  });

  test.each([
    [
      { displayName: "Api" },
      'displayName: "Api" must hold lower-case letters and digits, separated by periods, underscores, hyphens or slashes',
    ],
    [
      { displayName: "a".repeat(257) },
      `displayName: "${"a".repeat(59)}… (259 characters) is above the maximum of 256 characters`,
    ],
    [
      { isImmutable: true },
      "isImmutable: isn't modelled here: immutable repositories; leave it out or give false",
    ],
  ])("throws for %j", async (fields, message) => {
    const bench = await startBench();
    const reply = await bench.call("POST", repositories, { ...wanted, ...fields });
    expect([reply.status, reply.body]).toEqual([400, { code: "InvalidParameter", message }]);
  });

  test("throws for a name that is taken", async () => {
    const bench = await startBench();
    await create(bench, repositories, wanted);
    const reply = await bench.call("POST", repositories, wanted);
    expect([reply.status, reply.body]).toEqual([
      409,
      { code: "Conflict", message: 'A repository "api/hello" already exists in namespace localns.' },
    ]);
  });
});

test.each(["/n", "/n/"])("GET %s answers the namespace as a bare JSON string", async (path) => {
  const bench = await startBench();
  const reply = await bench.call("GET", path);
  expect([reply.status, reply.body, reply.headers.get("content-type")]).toEqual([
    200,
    "localns",
    "application/json",
  ]);
});
