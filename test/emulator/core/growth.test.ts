import { afterEach, describe, expect, test, vi } from "vitest";
import { Store } from "../../../emulator/core/store.ts";
import { type Bench, compartmentId, create, routesTo, startBench, withGateway } from "./harness.ts";

afterEach(() => void vi.restoreAllMocks());

/** Resources that the store handed out during a call, one after the other: what a search has to look at. */
async function looksOf(call: () => Promise<unknown>): Promise<number> {
  let looks = 0;
  const { listBy, each } = Store.prototype;
  vi.spyOn(Store.prototype, "listBy").mockImplementation(function (this: Store, ...args) {
    const found = listBy.apply(this, args);
    looks += found.length;
    return found;
  });
  vi.spyOn(Store.prototype, "each").mockImplementation(function* (this: Store, type) {
    for (const stored of each.call(this, type)) {
      looks += 1;
      yield stored;
    }
  });
  await call();
  vi.restoreAllMocks();
  return looks;
}

async function fill(bench: Bench, gatewayId: string, functionId: string): Promise<void> {
  for (let number = 0; number < 19; number += 1) {
    await deploy(bench, gatewayId, functionId, `/p${number}`);
  }
}

function deploy(bench: Bench, gatewayId: string, functionId: string, pathPrefix: string) {
  const body = { compartmentId, gatewayId, pathPrefix, specification: routesTo(functionId) };
  return create(bench, "/20190501/deployments", body);
}

function makeFunction(bench: Bench, applicationId: string, image: string, displayName: string) {
  return create(bench, "/20181201/functions", { applicationId, displayName, image, memoryInMBs: 128 });
}

describe("a call looks at as much, however many resources there are", () => {
  test("a deployment, with 57 on other gateways", async () => {
    const bench = await startBench();
    const { subnet, gateway, fn } = await withGateway(bench);
    const another = (displayName: string) =>
      create(bench, "/20190501/gateways", {
        compartmentId,
        subnetId: subnet.id,
        endpointType: "PUBLIC",
        displayName,
      });
    // IAM reads the policies once.
    await deploy(bench, gateway.id, fn.id, "/warm");
    const first = await another("first");
    const alone = await looksOf(() => deploy(bench, first.id, fn.id, "/first"));
    for (const name of ["a", "b", "c"]) await fill(bench, (await another(name)).id, fn.id);
    const last = await another("last");
    expect(await looksOf(() => deploy(bench, last.id, fn.id, "/first"))).toBe(alone);
  });

  test("a function, with 40 beside it", async () => {
    const bench = await startBench();
    const { application, fn } = await withGateway(bench);
    const alone = await looksOf(() => makeFunction(bench, application.id, fn.image, "first"));
    for (let number = 0; number < 40; number += 1) {
      await makeFunction(bench, application.id, fn.image, `f${number}`);
    }
    expect(await looksOf(() => makeFunction(bench, application.id, fn.image, "last"))).toBe(alone);
  });

  test("a list by name, and one of a gateway's deployments", async () => {
    const bench = await startBench();
    const { gateway, fn } = await withGateway(bench);
    await fill(bench, gateway.id, fn.id);
    const other = (name: string, value: string) =>
      bench.call("GET", `/20190501/deployments?compartmentId=${compartmentId}&${name}=${value}`);
    // One for each call: the first work request, which isn't old enough to be dropped.
    expect(await looksOf(() => other("displayName", "nobody"))).toBe(1);
    expect(await looksOf(() => other("gatewayId", "nowhere"))).toBe(1);
    expect(await looksOf(() => other("gatewayId", gateway.id))).toBe(1 + 19);
  });
});

describe("IAM", () => {
  const policy = (name: string) => ({
    compartmentId,
    name,
    description: "d",
    statements: ["Allow x to use functions-family in tenancy"],
  });

  test("reads nothing anew for deployments, and changed policies only when one changed", async () => {
    const bench = await startBench();
    const { gateway, fn } = await withGateway(bench);
    await deploy(bench, gateway.id, fn.id, "/first");
    expect(bench.iamStates).toHaveLength(1);
    const looks = await looksOf(() => deploy(bench, gateway.id, fn.id, "/second"));
    for (let number = 0; number < 9; number += 1)
      await create(bench, "/20160918/policies", policy(`p${number}`));
    expect(bench.iamStates).toHaveLength(1);
    await deploy(bench, gateway.id, fn.id, "/third");
    expect(bench.iamStates).toHaveLength(2);
    // One deployment more on the gateway, nothing of the ten policies.
    expect(await looksOf(() => deploy(bench, gateway.id, fn.id, "/fourth"))).toBe(looks + 2);
    expect(bench.iamStates).toHaveLength(2);
    const [before, after] = bench.iamStates.map(({ policies }) => policies);
    expect([before?.length, after?.length]).toEqual([1, 10]);
    expect(after?.[0]).toBe(before?.[0]);
  });
});

test("the pages of a sorted list are the whole of it, each resource once", async () => {
  const bench = await startBench();
  for (let number = 0; number < 30; number += 1) {
    await create(bench, "/20160918/vcns", {
      compartmentId,
      cidrBlock: "10.0.0.0/16",
      displayName: `vcn${String(number).padStart(2, "0")}`,
    });
  }
  const path = `/20160918/vcns?compartmentId=${compartmentId}&limit=7&sortBy=DISPLAYNAME&sortOrder=DESC`;
  const names: string[] = [];
  let token: string | null = "";
  while (token !== null) {
    const reply: Awaited<ReturnType<Bench["call"]>> = await bench.call(
      "GET",
      `${path}${token && `&page=${token}`}`,
    );
    names.push(...reply.body.map(({ displayName }: { displayName: string }) => displayName));
    token = reply.headers.get("opc-next-page");
  }
  expect(names).toEqual(
    Array.from({ length: 30 }, (_, index) => `vcn${String(29 - index).padStart(2, "0")}`),
  );
});
