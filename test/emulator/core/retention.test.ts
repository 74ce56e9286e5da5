import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { dropExpired, terminalStateInMs, workRequestKeptInMs } from "../../../emulator/core/retention.ts";
import { Store } from "../../../emulator/core/store.ts";
import { startBench, withGateway } from "./harness.ts";

const folders: string[] = [];

afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
});

const day = 24 * 60 * 60_000;

/** What a restart would find in the file. */
function idsIn(file: string, type: string): string[] {
  const store = new Store(file);
  const ids = [...store.list(type), ...store.deleted()].map(({ id }) => id);
  store.close();
  return ids;
}

async function stateFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "emulator-retention-"));
  folders.push(folder);
  return join(folder, "state.sqlite");
}

describe("a deleted resource", () => {
  test("is dropped after a minute, from the file as well", async () => {
    const file = await stateFile();
    const store = new Store(file);
    store.put("vcn", "first", {}, {}, 1000);
    store.put("vcn", "second", {}, {}, 2000);
    dropExpired(store, 1000 + terminalStateInMs);
    expect([...store.deleted()].map(({ id }) => id)).toEqual(["first", "second"]);
    dropExpired(store, 1001 + terminalStateInMs);
    expect([...store.deleted()].map(({ id }) => id)).toEqual(["second"]);
    expect(store.any("vcn", "first")).toBeUndefined();
    store.close();
    expect(idsIn(file, "vcn")).toEqual(["second"]);
  });

  test("counts from its deletion, whatever the order of creation, after a restart too", async () => {
    const file = await stateFile();
    const store = new Store(file);
    for (const id of ["old", "new"]) store.put("vcn", id, {});
    store.put("vcn", "new", {}, {}, 1000);
    store.put("vcn", "old", {}, {}, 2000);
    store.close();
    const again = new Store(file);
    expect([...again.deleted()].map(({ id }) => id)).toEqual(["new", "old"]);
    dropExpired(again, 1001 + terminalStateInMs);
    expect([...again.deleted()].map(({ id }) => id)).toEqual(["old"]);
    again.close();
  });

  test("is dropped without IAM noticing a change", () => {
    const store = new Store();
    const changes: (string | undefined)[] = [];
    store.put("policy", "p", {}, {}, 1000);
    const version = store.versionOf("policy");
    store.onChange = (type) => void changes.push(type);
    dropExpired(store, 1001 + terminalStateInMs);
    expect([store.any("policy", "p"), store.versionOf("policy"), changes]).toEqual([undefined, version, []]);
    store.close();
  });

  test("that nobody asks for is dropped by the next call, whichever it is", async () => {
    const file = await stateFile();
    const bench = await startBench({ stateFile: file });
    const { gateway } = await withGateway(bench);
    await bench.call("DELETE", `/20190501/gateways/${gateway.id}`);
    expect(idsIn(file, "gateway")).toEqual([gateway.id]);
    bench.clockAheadInMs = terminalStateInMs + 2000;
    await bench.call("GET", "/_emulator/health");
    expect(idsIn(file, "gateway")).toEqual([]);
  });
});

describe("a work request", () => {
  test("is answered for seven days, then 404", async () => {
    expect(workRequestKeptInMs).toBe(7 * day);
    const bench = await startBench();
    const { gateway } = await withGateway(bench);
    const [{ id }] = (await bench.call("GET", list(gateway.compartmentId))).body.items.map(
      ({ workRequestId }: { workRequestId: string }) => ({ id: workRequestId }),
    );
    bench.clockAheadInMs = 7 * day - 60_000;
    expect((await bench.call("GET", `/20190501/workRequests/${id}`)).status).toBe(200);
    bench.clockAheadInMs = 7 * day + 60_000;
    expect((await bench.call("GET", `/20190501/workRequests/${id}`)).status).toBe(404);
    expect((await bench.call("GET", list(gateway.compartmentId))).body.items).toEqual([]);
  });

  test("of the last seven days stays when older ones go, and so does what it made", async () => {
    const bench = await startBench();
    const { gateway } = await withGateway(bench);
    bench.clockAheadInMs = 6 * day;
    await bench.call("PUT", `/20190501/gateways/${gateway.id}`, { displayName: "other" });
    bench.clockAheadInMs = 8 * day;
    const { items } = (await bench.call("GET", list(gateway.compartmentId))).body;
    expect(items.map(({ operationType }: { operationType: string }) => operationType)).toEqual([
      "UPDATE_GATEWAY",
    ]);
    expect((await bench.call("GET", `/20190501/gateways/${gateway.id}`)).body.displayName).toBe("other");
  });
});

const list = (compartmentId: string) => `/20190501/workRequests?compartmentId=${compartmentId}`;
