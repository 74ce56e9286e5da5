import { describe, expect, test } from "vitest";
import { checkSpecification } from "../../../../emulator/gateway/index.ts";
import type { PolicyContext } from "../../../../emulator/gateway/policies/policy.ts";
import { compileRateLimiting } from "../../../../emulator/gateway/policies/rate-limiting.ts";
import type { Exchange } from "../../../../emulator/gateway/server/exchange.ts";
import { codes, gateway, openPlane, statuses } from "../harness.ts";

const stock = { type: "STOCK_RESPONSE_BACKEND", status: 200 };
const routes = ["/a", "/b"].map((path) => ({ path, methods: ["GET"], backend: stock }));
const limited = (rate: number, rateKey: string) => ({
  requestPolicies: { rateLimiting: { rateInRequestsPerSecond: rate, rateKey } },
});

/** A plane with a clock that stands. */
async function open(rate: number, rateKey: string) {
  const clock = { nowInMs: 0 };
  const settings = { nowInMs: () => clock.nowInMs };
  const specification = limited(rate, rateKey);
  return { clock, specification, ...(await openPlane({ routes, specification, settings })) };
}

/** Whether the policy lets requests of these addresses go on, all of them at once. */
async function letThrough(rate: number, rateKey: string, addresses: string[]): Promise<boolean[]> {
  const kept = new Map<string, unknown>();
  const specification = limited(rate, rateKey);
  const step = compileRateLimiting({
    specification,
    shared: (name: string, create: () => unknown) => {
      if (!kept.has(name)) kept.set(name, create());
      return kept.get(name);
    },
  } as unknown as PolicyContext);
  const settings = { nowInMs: () => 0 };
  const passes = async (remoteAddress: string) =>
    step?.({ remoteAddress, gateway: { settings }, record() {} } as unknown as Exchange);
  return Promise.all(addresses.map((address) => passes(address).then(Boolean, () => false)));
}

// "Limiting the Number of Requests to API Gateway Back Ends"
describe("TOTAL", () => {
  test("counts the requests to all routes of the deployment", async () => {
    const { url, clock, logged } = await open(2, "TOTAL");
    await fetch(`${url}/a`);
    await fetch(`${url}/b`);
    clock.nowInMs = 250;
    const refused = await fetch(`${url}/a`);
    expect([refused.status, refused.headers.get("retry-after"), await refused.json()]).toEqual([
      429,
      "1",
      { code: 429, message: "Too Many Requests" },
    ]);
    clock.nowInMs = 1000;
    expect((await fetch(`${url}/a`)).status).toBe(200);
    const events = await logged(4);
    expect(statuses(events)).toEqual([200, 200, 429, 200]);
    expect(codes(events)).toEqual([
      "INFO rateLimiting.requestPermitted",
      "INFO rateLimiting.requestPermitted",
      "WARN rateLimiting.requestDenied",
      "INFO rateLimiting.requestPermitted",
    ]);
    expect(events.find(({ type }) => type === "execution")).toMatchObject({
      message: "TOTAL: within 2 requests per second",
    });
    const denied = events.find((event) => event.type === "execution" && event.level === "WARN");
    expect(denied).toMatchObject({ message: "TOTAL: more than 2 requests per second" });
  });

  test("doesn't tell clients apart, nor count what no route answers", async () => {
    const { url } = await open(1, "TOTAL");
    expect((await fetch(`${url}/unknown`)).status).toBe(404);
    expect((await fetch(`${url}/a`, { method: "PUT" })).status).toBe(405);
    expect((await fetch(`${url}/a`)).status).toBe(200);
    expect((await fetch(`${url}/a`)).status).toBe(429);
    expect(await letThrough(1, "TOTAL", ["10.0.0.1", "10.0.0.2"])).toEqual([true, false]);
  });

  test("each deployment has its own count", async () => {
    const { plane, specification, port, url } = await open(1, "TOTAL");
    plane.putDeployment({
      id: "ocid1.apideployment.b",
      gatewayId: gateway.id,
      displayName: "other",
      pathPrefix: "/v2",
      specification: { ...specification, routes },
    });
    const of = async (address: string) => (await fetch(address)).status;
    expect(await of(`${url}/a`)).toBe(200);
    expect(await of(`http://127.0.0.1:${port}/v2/a`)).toBe(200);
    expect(await of(`${url}/a`)).toBe(429);
    expect(await of(`http://127.0.0.1:${port}/v2/a`)).toBe(429);
  });
});

describe("CLIENT_IP", () => {
  test("counts by the connection's address, whatever X-Forwarded-For says", async () => {
    const { url, clock } = await open(1, "CLIENT_IP");
    const headers = { "X-Forwarded-For": "10.0.0.9", Forwarded: "for=10.0.0.9", "X-Real-Ip": "10.0.0.9" };
    expect((await fetch(`${url}/a`)).status).toBe(200);
    expect((await fetch(`${url}/b`, { headers })).status).toBe(429);
    clock.nowInMs = 1000;
    expect((await fetch(`${url}/b`, { headers })).status).toBe(200);
  });

  test("tells IPv4 addresses apart, and IPv6 networks", async () => {
    const addresses = ["10.0.0.1", "10.0.0.2", "10.0.0.1", "2001:db8::1", "2001:db8::2", "2001:db8:0:1::1"];
    expect(await letThrough(1, "CLIENT_IP", addresses)).toEqual([true, true, false, true, false, true]);
  });
});

describe("the specification", () => {
  const at = "specification.requestPolicies.rateLimiting";
  const whole = { rateInRequestsPerSecond: 10, rateKey: "TOTAL" };
  const check = (more: object) =>
    checkSpecification({ requestPolicies: { rateLimiting: { ...whole, ...more } } }, "/v1");

  test.each([
    {},
    { rateKey: "CLIENT_IP" },
    { rateInRequestsPerSecond: 1 },
    { rateInRequestsPerSecond: 150_000 },
  ])("accepts %j", (more) => {
    expect(check(more)).toEqual([]);
  });

  test.each<[more: object, field: string, message: string]>([
    [{ rateInRequestsPerSecond: undefined }, "rateInRequestsPerSecond", "is missing; it must be a number"],
    [{ rateInRequestsPerSecond: 0 }, "rateInRequestsPerSecond", "must be at least 1, but is 0"],
    [
      { rateInRequestsPerSecond: 150_001 },
      "rateInRequestsPerSecond",
      "must be at most 150000, but is 150001",
    ],
    [{ rateInRequestsPerSecond: 1.5 }, "rateInRequestsPerSecond", "must be a whole number, but is 1.5"],
    [{ rateInRequestsPerSecond: "5" }, "rateInRequestsPerSecond", 'must be a number, but is "5"'],
    [{ rateKey: undefined }, "rateKey", "is missing; it must be one of CLIENT_IP, TOTAL"],
    [{ rateKey: "total" }, "rateKey", 'must be one of CLIENT_IP, TOTAL, but is "total"'],
    [{ burst: 5 }, "burst", "is not a field that OCI has here; remove it or correct its name"],
  ])("refuses %j", (more, field, message) => {
    expect(check(more)).toEqual([{ path: `${at}.${field}`, message }]);
  });

  test("refuses it on a route", () => {
    const requestPolicies = { rateLimiting: whole };
    const specification = { routes: [{ path: "/a", backend: stock, requestPolicies }] };
    expect(checkSpecification(specification, "/v1")).toEqual([
      {
        path: "specification.routes[0].requestPolicies.rateLimiting",
        message: "is not a field that OCI has here; remove it or correct its name",
      },
    ]);
  });
});
