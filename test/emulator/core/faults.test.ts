import { expect, test } from "vitest";
import { type Bench, compartmentId, startBench, withSubnet } from "./harness.ts";

const at = "/_emulator/faults";
const vcn = { compartmentId, cidrBlock: "10.0.0.0/16" };

const list = async (bench: Bench) =>
  (await bench.call("GET", `/20160918/vcns?compartmentId=${compartmentId}`)).body.length;

test.each([
  [404, "NotAuthorizedOrNotFound"],
  [409, "IncorrectState"],
  [429, "TooManyRequests"],
  [500, "InternalServerError"],
  [503, "ServiceUnavailable"],
])("kind %i answers it once and carries nothing out", async (kind, code) => {
  const bench = await startBench();
  const set = await bench.call("PUT", at, [{ method: "POST", path: "/20160918/vcns", kind }]);
  expect(set.body).toEqual([{ method: "POST", path: "/20160918/vcns", kind, calls: 0, struck: 0 }]);
  const struck = await bench.call("POST", "/20160918/vcns", vcn);
  const message = "A fault that PUT /_emulator/faults asked for.";
  expect([struck.status, struck.body]).toEqual([kind, { code, message }]);
  expect(struck.headers.get("opc-request-id")).toMatch(/^\w+\/\w+\/\w+$/);
  expect(await list(bench)).toBe(0);
  expect((await bench.call("POST", "/20160918/vcns", vcn)).status).toBe(200);
  expect((await bench.call("GET", at)).body).toMatchObject([{ calls: 2, struck: 1 }]);
});

test("nth and times choose the calls", async () => {
  const bench = await startBench();
  await bench.call("PUT", at, { faults: [{ path: "/20160918/vcns*", nth: 2, times: 2, kind: 429 }] });
  const statuses: number[] = [];
  for (const path of ["vcns", "vcns/x", "subnets", "vcns/y", "vcns/z"]) {
    statuses.push((await bench.call("GET", `/20160918/${path}?compartmentId=${compartmentId}`)).status);
  }
  expect(statuses).toEqual([200, 429, 200, 429, 400]);
});

test("a lost answer was carried out; the same retry token then gives it", async () => {
  const bench = await startBench();
  await bench.call("PUT", at, [{ path: "/20160918/vcns", kind: "lostAnswer" }]);
  const token = { "opc-retry-token": "one" };
  await expect(bench.call("POST", "/20160918/vcns", vcn, token)).rejects.toThrow("fetch failed");
  expect(await list(bench)).toBe(1);
  const again = await bench.call("POST", "/20160918/vcns", vcn, token);
  expect(again.status).toBe(200);
  expect(await list(bench)).toBe(1);
  const writes = (await bench.call("GET", "/_emulator/writes")).body;
  expect(writes.map(({ status }: { status: number }) => status)).toEqual([200, 200]);
});

test("a lost request wasn't carried out", async () => {
  const bench = await startBench();
  await bench.call("PUT", at, [{ path: "/20160918/vcns", kind: "lostRequest" }]);
  await expect(bench.call("POST", "/20160918/vcns", vcn)).rejects.toThrow("fetch failed");
  expect(await list(bench)).toBe(0);
});

test("a lost DELETE has deleted", async () => {
  const bench = await startBench();
  const { subnet } = await withSubnet(bench);
  const path = `/20160918/subnets/${subnet.id}`;
  await bench.call("PUT", at, [{ method: "DELETE", path: "/20160918/subnets/*", kind: "lostAnswer" }]);
  await expect(bench.call("DELETE", path)).rejects.toThrow("fetch failed");
  expect((await bench.call("GET", path)).body.lifecycleState).toBe("TERMINATED");
});

test("the control API itself is never struck, and a reset takes faults away", async () => {
  const bench = await startBench();
  await bench.call("PUT", at, [{ path: "*".padStart(2, "/"), times: 1000, kind: 500 }]);
  expect((await bench.call("GET", "/_emulator/health")).status).toBe(200);
  await bench.call("POST", "/_emulator/reset");
  expect((await bench.call("GET", at)).body).toEqual([]);
  expect(await list(bench)).toBe(0);
});

test.each([
  [[{ path: "/x", kind: 418 }], "faults[0].kind: 418 isn't one of 404, 409, 429, 500, 503"],
  [[{ path: "x", kind: 500 }], 'faults[0].path: "x" doesn\'t match'],
  [[{ kind: 500 }], "faults[0].path: is required"],
  [[{ path: "/x", nth: 0, kind: 500 }], "faults[0].nth: 0 is below the minimum of 1"],
  [
    [{ path: "/x", method: "PATCH", kind: 500 }],
    'faults[0].method: "PATCH" isn\'t one of "GET", "POST", "PUT", "DELETE"',
  ],
  [[{ path: "/x", kind: 500, colour: "red" }], "faults[0].colour: isn't a field of this operation"],
  [{}, "faults: is required"],
])("throws for %j", async (body, message) => {
  const bench = await startBench();
  const reply = await bench.call("PUT", at, body);
  expect([reply.status, reply.body.code]).toEqual([400, "InvalidParameter"]);
  expect(reply.body.message).toContain(message);
});
