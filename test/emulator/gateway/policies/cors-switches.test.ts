import { describe, expect, test } from "vitest";
import { openPlane, type RawAnswer, sendRaw } from "../harness.ts";
import { turn } from "../switch.ts";

const shop = "https://shop.example.com";
const bank = "https://bank.example.com";
const stock = { type: "STOCK_RESPONSE_BACKEND", status: 200, body: "ok" };
const ofAll = { allowedOrigins: [shop], allowedMethods: ["GET", "PUT"], maxAgeInSeconds: 600 };

async function open(cors: object | undefined, ofRoute?: object, methods?: string[]) {
  const { port } = await openPlane({
    specification: cors === undefined ? {} : { requestPolicies: { cors } },
    routes: [
      {
        path: "/a",
        backend: stock,
        ...(methods && { methods }),
        ...(ofRoute && { requestPolicies: { cors: ofRoute } }),
      },
    ],
  });
  const send = (method: string, headers: readonly string[]) => {
    const lines = [`${method} /v1/a HTTP/1.1`, "Host: a", "Connection: close", ...headers];
    return sendRaw(port, `${lines.join("\r\n")}\r\n\r\n`);
  };
  return {
    get: async (origin?: string) =>
      said(await send("GET", origin === undefined ? [] : [`Origin: ${origin}`])),
    preflight: async (origin: string) => {
      const answer = await send("OPTIONS", [`Origin: ${origin}`, "Access-Control-Request-Method: GET"]);
      return { status: answer.status, ...said(answer) };
    },
  };
}

/** What an answer says of origins. */
function said({ headers }: RawAnswer): Record<string, string> {
  const found = headers.filter(([name]) => /^(access-control-|vary$)/i.test(name));
  return Object.fromEntries(found.map(([name, value]) => [name.replace("Access-Control-", ""), value]));
}

const asked = { status: 204, Vary: "Origin" };
const allOfAll = { ...asked, "Allow-Origin": shop, "Allow-Methods": "GET, PUT", "Max-Age": "600" };

// What no source confirms, in both positions of its switch.
describe("a route's policy", () => {
  test.each([
    ["replaces", {}],
    ["merges", { "Allow-Methods": "GET, PUT", "Max-Age": "600" }],
  ] as const)("%s its deployment's", async (routeCors, more) => {
    turn({ routeCors });
    const { preflight } = await open(ofAll, { allowedOrigins: [bank] });
    expect(await preflight(bank)).toEqual({ ...asked, "Allow-Origin": bank, ...more });
    expect(await preflight(shop)).toEqual(asked);
  });

  test.each(["replaces", "merges"] as const)("that %s none, or is none", async (routeCors) => {
    turn({ routeCors });
    expect(await (await open(ofAll)).preflight(shop)).toEqual(allOfAll);
    expect(await (await open(undefined, ofAll)).preflight(shop)).toEqual(allOfAll);
    expect(await (await open(undefined)).get(shop)).toEqual({});
  });
});

describe("a preflight of a route that answers OPTIONS", () => {
  test.each([
    ["policy", ["OPTIONS"], 204],
    ["policy", undefined, 204],
    ["route", ["OPTIONS"], 200],
    ["route", ["ANY"], 200],
    ["route", undefined, 200],
    ["route", ["GET"], 204],
  ] as const)("is for the %s; of methods %j: %i", async (preflightOfOptionsRoute, methods, status) => {
    turn({ preflightOfOptionsRoute });
    const { preflight } = await open(ofAll, undefined, methods && [...methods]);
    expect((await preflight(shop)).status).toBe(status);
  });
});

describe("an origin", () => {
  const varying = { Vary: "Origin" };
  const echoed = { "Allow-Origin": shop, ...varying };
  test.each([
    ["case-sensitive", varying],
    ["case-insensitive", { "Allow-Origin": shop.toUpperCase(), ...varying }],
  ] as const)("is %s", async (originCase, upper) => {
    turn({ originCase });
    const { get } = await open({ allowedOrigins: [shop] });
    expect([await get(shop), await get(shop.toUpperCase()), await get(bank), await get()]).toEqual([
      echoed,
      upper,
      varying,
      varying,
    ]);
  });

  test.each([
    ["always", varying],
    ["allowed-only", {}],
  ] as const)("makes answers vary %s", async (varyOrigin, foreign) => {
    turn({ varyOrigin });
    const { get } = await open({ allowedOrigins: [shop] });
    expect([await get(shop), await get(bank), await get()]).toEqual([echoed, foreign, foreign]);
  });

  test.each([
    ["echo", echoed, varying],
    ["star", { "Allow-Origin": "*" }, {}],
  ] as const)("of any, with credentials: %s", async (anyOriginWithCredentials, known, none) => {
    turn({ anyOriginWithCredentials });
    const { get } = await open({ allowedOrigins: ["*"], isAllowCredentialsEnabled: true });
    expect([await get(shop), await get()]).toEqual([{ ...known, "Allow-Credentials": "true" }, none]);
    const plain = await open({ allowedOrigins: ["*"] });
    expect([await plain.get(shop), await plain.get()]).toEqual([{ "Allow-Origin": "*" }, {}]);
  });
});
