import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import {
  compartmentId,
  create,
  routesTo,
  startBench,
  tenancyId,
  withGateway,
  withSubnet,
} from "./harness.ts";

const folders: string[] = [];

afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
});

async function stateFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "emulator-state-"));
  folders.push(folder);
  return join(folder, "state.sqlite");
}

test("a deleted resource answers its terminal state for a minute, then 404", async () => {
  const bench = await startBench();
  const { subnet } = await withSubnet(bench);
  const path = `/20160918/subnets/${subnet.id}`;
  await bench.call("DELETE", path);
  bench.clockAheadInMs = 59_000;
  const kept = await bench.call("GET", path);
  expect([kept.status, kept.body.lifecycleState]).toEqual([200, "TERMINATED"]);
  bench.clockAheadInMs = 62_000;
  expect((await bench.call("GET", path)).status).toBe(404);
});

describe("a state file", () => {
  test("keeps everything over a restart, ports included", async () => {
    const file = await stateFile();
    const first = await startBench({ stateFile: file });
    const { gateway, fn, policy } = await withGateway(first);
    const deployment = await create(first, "/20190501/deployments", {
      compartmentId,
      gatewayId: gateway.id,
      pathPrefix: "/v1",
      specification: routesTo(fn.id),
    });
    await first.emulator.close();
    const second = await startBench({ stateFile: file });
    expect(second.open.get(gateway.id)).toEqual({
      view: { id: gateway.id, compartmentId, displayName: "gw" },
      port: 40_000,
    });
    expect(second.served.get(deployment.id)?.pathPrefix).toBe("/v1");
    for (const [collection, resource] of [
      ["20190501/gateways", gateway],
      ["20190501/deployments", deployment],
      ["20181201/functions", fn],
      ["20160918/policies", policy],
    ]) {
      expect((await second.call("GET", `/${collection}/${resource.id}`)).body).toEqual(resource);
    }
  });

  test("a gateway whose port is taken meanwhile moves, with its deployments' endpoints", async () => {
    const file = await stateFile();
    const first = await startBench({ stateFile: file, gatewayPort: 18_080 });
    const { gateway, fn } = await withGateway(first);
    const deployment = await create(first, "/20190501/deployments", {
      compartmentId,
      gatewayId: gateway.id,
      pathPrefix: "/v1",
      specification: routesTo(fn.id),
    });
    await first.emulator.close();
    const second = await startBench({ stateFile: file }, (bench) => bench.takenPorts.add(18_080));
    expect((await second.call("GET", `/20190501/gateways/${gateway.id}`)).body.hostname).toBe(
      "127.0.0.1:40000",
    );
    expect((await second.call("GET", `/20190501/deployments/${deployment.id}`)).body.endpoint).toBe(
      "http://127.0.0.1:40000/v1",
    );
    await second.emulator.close();
    await expect(
      startBench({ stateFile: file, isGatewayPortExact: true }, (bench) => bench.takenPorts.add(40_000)),
    ).rejects.toThrow("Port 40000 of 127.0.0.1, wanted for the gateway, is in use");
  });

  test("throws when it belongs to another tenancy", async () => {
    const file = await stateFile();
    const first = await startBench({ stateFile: file });
    await first.emulator.close();
    const id = "ocid1.tenancy.oc1..other";
    const tenancy = { ...first.emulator.tenancy, id, compartments: [] };
    await expect(startBench({ stateFile: file, tenancy })).rejects.toThrow(
      `The state file ${file} belongs to tenancy ${tenancyId}, not to ${id}; give another file.`,
    );
  });
});

test("throws when the port of the control plane is taken", async () => {
  const { emulator } = await startBench();
  await expect(startBench({ port: Number(new URL(emulator.url).port) })).rejects.toMatchObject({
    code: "EADDRINUSE",
  });
});

test("closing twice is closing once", async () => {
  const { emulator } = await startBench();
  await Promise.all([emulator.close(), emulator.close()]);
  await expect(fetch(emulator.url)).rejects.toThrow();
});
