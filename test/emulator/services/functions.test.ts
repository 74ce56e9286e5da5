import { describe, expect, test } from "vitest";
import type { GatewayFunctionCall } from "../../../emulator/gateway/types.ts";
import {
  type Bench,
  compartmentId,
  create,
  digest,
  image,
  nowhere,
  startBench,
  withFunction,
  withGateway,
  withSubnet,
} from "../core/harness.ts";

const applications = "/20181201/applications";
const functions = "/20181201/functions";

describe("applications", () => {
  test("are complete, listed by name, and end", async () => {
    const bench = await startBench();
    const { application, subnet, fn } = await withFunction(bench);
    expect(application).toEqual({
      compartmentId,
      displayName: "app",
      subnetIds: [subnet.id],
      config: { STAGE: "one", SHARED: "application" },
      id: expect.stringMatching(/^ocid1\.fnapp\.oclocal\.local-laptop-1\.[a-z0-9]{60}$/),
      lifecycleState: "ACTIVE",
      timeCreated: expect.any(String),
      timeUpdated: expect.any(String),
      definedTags: {},
      freeformTags: {},
      shape: "GENERIC_X86",
      networkSecurityGroupIds: [],
      imagePolicyConfig: { isPolicyEnabled: false },
      traceConfig: { isEnabled: false },
      logging: { lineFormat: "COMBINED" },
      securityAttributes: {},
    });
    const listed = await bench.call("GET", `${applications}?compartmentId=${compartmentId}&displayName=app`);
    expect(listed.body.map(({ id }: { id: string }) => id)).toEqual([application.id]);
    const busy = await bench.call("DELETE", `${applications}/${application.id}`);
    expect([busy.status, busy.body]).toEqual([
      409,
      {
        code: "Conflict",
        message: 'The application "app" still holds functions (hello). Delete them first.',
      },
    ]);
    await bench.call("DELETE", `${functions}/${fn.id}`);
    expect((await bench.call("DELETE", `${applications}/${application.id}`)).status).toBe(204);
    expect((await bench.call("GET", `${applications}/${application.id}`)).body.lifecycleState).toBe(
      "DELETED",
    );
  });

  test("the switch applicationDeleteAnswers404 deletes and answers 404", async () => {
    const bench = await startBench();
    const { application, fn } = await withFunction(bench);
    await bench.call("PUT", "/_emulator/switches", { applicationDeleteAnswers404: true });
    await bench.call("DELETE", `${functions}/${fn.id}`);
    expect((await bench.call("DELETE", `${applications}/${application.id}`)).status).toBe(404);
    expect((await bench.call("GET", `${applications}/${application.id}`)).body.lifecycleState).toBe(
      "DELETED",
    );
  });

  test("throws for a name that is taken and for a subnet that isn't there", async () => {
    const bench = await startBench();
    const { subnet } = await withFunction(bench);
    const wanted = { compartmentId, displayName: "app", subnetIds: [subnet.id] };
    expect((await bench.call("POST", applications, wanted)).body).toEqual({
      code: "Conflict",
      message: 'An application "app" already exists in the compartment.',
    });
    const missing = nowhere("subnet");
    const reply = await bench.call("POST", applications, {
      ...wanted,
      displayName: "b",
      subnetIds: [missing],
    });
    expect([reply.status, reply.body]).toEqual([
      400,
      {
        code: "RelatedResourceNotAuthorizedOrNotFound",
        message: `subnetIds[0]: there is no subnet ${missing} here`,
      },
    ]);
  });

  // "Service Limits": 20 applications
  test("throws for the twenty-first", async () => {
    const bench = await startBench();
    const { subnet } = await withSubnet(bench);
    const wanted = { compartmentId, subnetIds: [subnet.id] };
    for (let index = 0; index < 20; index += 1)
      await create(bench, applications, { ...wanted, displayName: `a${index}` });
    expect((await bench.call("POST", applications, { ...wanted, displayName: "x" })).body).toEqual({
      code: "LimitExceeded",
      message: "A region holds at most 20 applications.",
    });
  });
});

describe("functions", () => {
  test("are complete and update in place", async () => {
    const bench = await startBench();
    const { application, fn } = await withFunction(bench);
    expect(fn).toEqual({
      applicationId: application.id,
      displayName: "hello",
      image,
      imageDigest: digest,
      memoryInMBs: 256,
      config: { SHARED: "function" },
      id: expect.stringMatching(/^ocid1\.fnfunc\.oclocal\.local-laptop-1\.[a-z0-9]{60}$/),
      compartmentId,
      lifecycleState: "ACTIVE",
      timeCreated: expect.any(String),
      timeUpdated: expect.any(String),
      definedTags: {},
      freeformTags: {},
      shape: "GENERIC_X86",
      timeoutInSeconds: 30,
      invokeEndpoint: bench.emulator.url,
      provisionedConcurrencyConfig: { strategy: "NONE" },
      traceConfig: { isEnabled: false },
      failureDestination: { kind: "NONE" },
      successDestination: { kind: "NONE" },
    });
    const changed = await bench.call("PUT", `${functions}/${fn.id}`, { memoryInMBs: 512 });
    expect(changed.body).toEqual({ ...fn, memoryInMBs: 512, timeUpdated: changed.body.timeUpdated });
    expect(bench.released).toEqual([fn.id]);
  });

  test("one that is in a call is deleted at once, and holds no other write up", async () => {
    const bench = await startBench();
    const { fn } = await withFunction(bench);
    bench.releaseEnds = new Promise(() => {});
    expect((await bench.call("DELETE", `${functions}/${fn.id}`)).status).toBe(204);
    expect(bench.released).toEqual([fn.id]);
    await withSubnet(bench);
  });

  test("a new image without its digest takes the tag's latest", async () => {
    const bench = await startBench();
    const { fn } = await withFunction(bench);
    const next = { image: "lcl.ocir.io/localns/hello:2", digest: `sha256:${"b".repeat(64)}` };
    await bench.call("PUT", "/_emulator/images", next);
    const changed = await bench.call("PUT", `${functions}/${fn.id}`, { image: next.image });
    expect(changed.body).toMatchObject({ image: next.image, imageDigest: next.digest });
  });

  test("throws for a name that is taken, an application that isn't there, a list without one", async () => {
    const bench = await startBench();
    const { application } = await withFunction(bench);
    const wanted = { applicationId: application.id, displayName: "hello", image, memoryInMBs: 128 };
    expect((await bench.call("POST", functions, wanted)).body).toEqual({
      code: "Conflict",
      message: 'A function "hello" already exists in the application.',
    });
    const missing = nowhere("fnapp");
    expect((await bench.call("POST", functions, { ...wanted, applicationId: missing })).body).toEqual({
      code: "RelatedResourceNotAuthorizedOrNotFound",
      message: `applicationId: there is no application ${missing} here`,
    });
    expect((await bench.call("GET", functions)).body.message).toBe("applicationId: is required in the query");
    expect((await bench.call("GET", `${functions}?applicationId=${application.id}`)).body).toHaveLength(1);
  });

  // "Creating Functions from Existing Docker Images"
  test("throws for an image in another region's registry, although it is registered", async () => {
    const bench = await startBench();
    const { fn } = await withFunction(bench);
    const away = { image: "fra.ocir.io/localns/hello:1", digest };
    await bench.call("PUT", "/_emulator/images", away);
    expect(await bench.call("PUT", `${functions}/${fn.id}`, { image: away.image })).toMatchObject({
      status: 400,
      body: {
        code: "InvalidParameter",
        message: 'image: "fra.ocir.io/localns/hello:1" isn\'t in the registry of local-laptop-1, lcl.ocir.io',
      },
    });
  });

  test("move with their application", async () => {
    const bench = await startBench();
    const { application, fn } = await withFunction(bench);
    const other = await create(bench, "/20160918/compartments", {
      compartmentId: bench.emulator.tenancy.id,
      name: "other",
      description: "d",
    });
    const path = `${applications}/${application.id}/actions/changeCompartment`;
    await bench.call("POST", path, { compartmentId: other.id });
    expect((await bench.call("GET", `${functions}/${fn.id}`)).body.compartmentId).toBe(other.id);
  });
});

describe("a direct call", () => {
  const path = (id: string) => `${functions}/${id}/actions/invoke`;

  test("reaches the function with its merged configuration and code", async () => {
    const bench = await startBench();
    const { fn, application } = await withFunction(bench);
    const reply = await bench.call("POST", path(fn.id), { a: 1 }, { "fn-intent": "cloudevent" });
    expect([reply.status, reply.body, reply.headers.get("content-type")]).toEqual([200, "hi", "text/plain"]);
    const [{ definition, call } = {}] = bench.functionCalls;
    expect(definition).toEqual({
      id: fn.id,
      displayName: "hello",
      applicationId: application.id,
      applicationName: "app",
      compartmentId,
      tenancyId: bench.emulator.tenancy.id,
      region: "local-laptop-1",
      memoryInMBs: 256,
      timeoutInSeconds: 30,
      config: { STAGE: "one", SHARED: "function" },
      code: { directory: "/code/hello", imageDigest: digest },
    });
    expect(call?.body.toString()).toBe('{"a":1}');
    expect(call?.headers).toEqual([
      ["Fn-Intent", "cloudevent"],
      ["Fn-Invoke-Type", "sync"],
      ["Content-Type", "application/json"],
      ["Opc-Request-Id", reply.headers.get("opc-request-id")],
    ]);
  });

  test("answers the failure of the Functions service", async () => {
    const bench = await startBench();
    const { fn } = await withFunction(bench);
    bench.functionResult = {
      kind: "failure",
      status: 504,
      code: "FunctionInvokeTimeout",
      message: "timed out",
    };
    const reply = await bench.call("POST", path(fn.id), "x");
    expect([reply.status, reply.body]).toEqual([
      504,
      { code: "FunctionInvokeTimeout", message: "timed out" },
    ]);
  });

  test.each([
    [{ "fn-invoke-type": "detached" }, 'fn-invoke-type: "detached" isn\'t modelled here; give "sync"'],
    [{ "fn-intent": "x" }, 'fn-intent: "x" isn\'t one of "httprequest", "cloudevent"'],
    [{ "is-dry-run": "true" }, 'is-dry-run: "true" isn\'t modelled here; leave it out'],
  ])("throws for %j", async (headers, message) => {
    const bench = await startBench();
    const { fn } = await withFunction(bench);
    const reply = await bench.call("POST", path(fn.id), "x", headers as unknown as Record<string, string>);
    expect([reply.status, reply.body]).toEqual([400, { code: "InvalidParameter", message }]);
    expect(bench.functionCalls).toEqual([]);
  });

  // "Troubleshooting OCI Functions": 6 MB
  test("throws above 6 MB", async () => {
    const bench = await startBench();
    const { fn } = await withFunction(bench);
    const most = "x".repeat(6 * 1024 * 1024);
    expect((await bench.call("POST", path(fn.id), most)).status).toBe(200);
    const reply = await bench.call("POST", path(fn.id), `${most}x`);
    expect([reply.status, reply.body]).toEqual([
      413,
      {
        code: "FunctionInvokeRequestContentTooLarge",
        message: "The request's body has 6291457 bytes; a function takes at most 6291456.",
      },
    ]);
  });

  test("throws for a function that isn't there, and is no write", async () => {
    const bench = await startBench();
    expect((await bench.call("POST", path(nowhere("fnfunc")), "x")).status).toBe(404);
    expect((await bench.call("GET", "/_emulator/writes")).body).toEqual([]);
  });
});

describe("a gateway's call", () => {
  function callOf(bench: Bench, gateway: { id: string }, functionId: string, body = "x") {
    const call: GatewayFunctionCall = {
      gateway: { id: gateway.id, compartmentId, displayName: "gw" },
      functionId,
      opcRequestId: "r",
      headers: [["Fn-Intent", "httprequest"]],
      body: Buffer.from(body),
      signal: new AbortController().signal,
    };
    return bench.dependencies.invokeFunction(call);
  }
  const decisions = (bench: Bench) => bench.events.filter(({ type }) => type === "decision");

  test("is carried out when IAM allows it", async () => {
    const bench = await startBench();
    const { gateway, fn, policy } = await withGateway(bench);
    expect(await callOf(bench, gateway, fn.id)).toBe(bench.functionResult);
    expect(bench.functionCalls[0]?.call.headers).toEqual([["Fn-Intent", "httprequest"]]);
    expect(decisions(bench)).toEqual([
      {
        type: "decision",
        principalId: gateway.id,
        permission: "FN_INVOCATION",
        targetId: fn.id,
        decision: {
          allowed: true,
          policyId: policy.id,
          statement: "Allow x to use functions-family in tenancy",
        },
      },
    ]);
  });

  test("is refused as soon as the policy is gone, and the event names the missing statement", async () => {
    const bench = await startBench();
    const { gateway, fn, policy } = await withGateway(bench);
    await callOf(bench, gateway, fn.id);
    await bench.call("DELETE", `/20160918/policies/${policy.id}`);
    expect(await callOf(bench, gateway, fn.id)).toEqual({
      kind: "failure",
      status: 404,
      code: "NotAuthorizedOrNotFound",
      message:
        "Authorization failed or requested resource not found. A statement that would allow it: Allow …",
    });
    expect(decisions(bench)[1]).toMatchObject({
      decision: { allowed: false, reasons: ["no policy"], missingStatement: "Allow …" },
    });
    expect(bench.functionCalls).toHaveLength(1);
  });

  test("IAM is compiled again only when identity changed", async () => {
    const bench = await startBench();
    const { gateway, fn } = await withGateway(bench);
    await callOf(bench, gateway, fn.id);
    await bench.call("PUT", `${functions}/${fn.id}`, { memoryInMBs: 512 });
    await callOf(bench, gateway, fn.id);
    expect(bench.iamStates).toHaveLength(1);
    expect(bench.iamStates[0]?.compartments.map(({ name }) => name)).toEqual(["local", "api"]);
  });

  test("answers 404 for a function that was deleted", async () => {
    const bench = await startBench();
    const { gateway, fn } = await withGateway(bench);
    await bench.call("DELETE", `${functions}/${fn.id}`);
    expect(await callOf(bench, gateway, fn.id)).toEqual({
      kind: "failure",
      status: 404,
      code: "NotAuthorizedOrNotFound",
      message: `Function ${fn.id} is not found or deleted.`,
    });
  });

  test("answers 413 above 6 MB", async () => {
    const bench = await startBench();
    const { gateway, fn } = await withGateway(bench);
    const result = await callOf(bench, gateway, fn.id, "x".repeat(6 * 1024 * 1024 + 1));
    expect(result).toMatchObject({ status: 413, code: "FunctionInvokeRequestContentTooLarge" });
  });
});
