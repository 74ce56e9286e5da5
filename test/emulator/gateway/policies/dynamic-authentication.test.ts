import { describe, expect, test } from "vitest";
import { codes, openPlane } from "../harness.ts";
import { claims, jwk, pair, sign, staticAuthentication } from "../tokens/fixtures.ts";

const stock = { type: "STOCK_RESPONSE_BACKEND", status: 200 };
const routes = [{ path: "/{tenant}/a", backend: stock }];

/** A server that takes tokens of one key, from one issuer. */
const server = (kid: string, more: object = {}) =>
  staticAuthentication(more, {
    keys: [{ format: "JSON_WEB_KEY", ...jwk(pair(kid)) }],
    additionalValidationPolicy: { issuers: [`https://${kid}`] },
  });
const tokenOf = (kid: string, iss = `https://${kid}`) =>
  sign(claims({ iss }), { by: pair(kid), header: { kid } });

interface Rule {
  key: object;
  authenticationServerDetail: object;
}
const rule = (name: string, key: object, detail: object): Rule => ({
  key: { type: "ANY_OF", name, ...key },
  authenticationServerDetail: detail,
});

async function protect(selector: string, authenticationServers: Rule[], options: object = {}) {
  const dynamicAuthentication = { selectionSource: { type: "SINGLE", selector }, authenticationServers };
  const plane = await openPlane({
    routes,
    specification: { requestPolicies: { dynamicAuthentication } },
    ...options,
  });
  const call = async (path: string, token?: string) => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const answer = await fetch(plane.url + path, { headers });
    await answer.arrayBuffer();
    return answer.status;
  };
  return { ...plane, call };
}

const red = rule("red", { values: ["red"] }, server("red"));
const blue = rule("blue", { values: ["blue"] }, server("blue"));
const matched = "INFO dynamicAuthentication.authenticationServerMatched";
const passed = "INFO tokenAuthentication.successfulAuthentication";

describe("dynamicAuthentication", () => {
  // "Adding Multiple Authentication Servers to the same API Deployment"
  test("the request's server decides, and only it", async () => {
    const { call, logged } = await protect("request.path[tenant]", [red, blue]);
    const [ofRed, ofBlue] = [tokenOf("red"), tokenOf("blue")];
    expect([await call("/red/a", ofRed), await call("/blue/a", ofBlue)]).toEqual([200, 200]);
    // Remembered by one server, unknown to the other.
    expect([await call("/red/a", ofBlue), await call("/blue/a", ofRed)]).toEqual([401, 401]);
    expect([await call("/red/a", ofRed), await call("/RED/a", ofRed)]).toEqual([200, 200]);
    expect(codes(await logged(6)).slice(0, 2)).toEqual([matched, passed]);
  });

  test("no rule matches: the default's server, else 401", async () => {
    const byDefault = rule("other", { isDefault: true }, server("blue"));
    const withDefault = await protect("request.path[tenant]", [red, byDefault]);
    expect([
      await withDefault.call("/green/a", tokenOf("blue")),
      await withDefault.call("/green/a", tokenOf("red")),
    ]).toEqual([200, 401]);
    expect(codes(await withDefault.logged(2))[0]).toBe(
      "INFO dynamicAuthentication.defaultAuthenticationServerMatched",
    );
    const without = await protect("request.path[tenant]", [red, blue]);
    const answer = await fetch(`${without.url}/green/a`);
    expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
    expect((await without.logged())[0]).toMatchObject({
      level: "WARN",
      code: "dynamicAuthentication.noAuthenticationServerMatched",
      message: "no authentication server matched the request and no default is specified",
    });
  });

  test("servers of other kinds, by header", async () => {
    const custom = {
      type: "CUSTOM_AUTHENTICATION",
      functionId: "ocid1.fnfunc.oc1.iad.authorizer",
      tokenHeader: "X-Key",
    };
    const { url } = await protect(
      "request.headers[x-kind]",
      [rule("key", { values: ["key"] }, custom), rule("token", { isDefault: true }, server("red"))],
      { invoke: () => ({ kind: "answer", headers: [], body: Buffer.from('{"active":true}') }) },
    );
    const status = async (headers: Record<string, string>) => (await fetch(`${url}/x/a`, { headers })).status;
    expect([
      await status({ "x-kind": "key", "x-key": "k" }),
      await status({ "x-kind": "key", authorization: `Bearer ${tokenOf("red")}` }),
      await status({ authorization: `Bearer ${tokenOf("red")}` }),
      await status({ "x-key": "k" }),
    ]).toEqual([200, 401, 200, 401]);
  });

  describe("by a claim of the token", () => {
    const byIssuer = [
      rule("red", { values: ["https://red"] }, server("red")),
      rule("blue", { values: ["https://blue"] }, server("blue")),
    ];

    test("a claim chooses the server, which verifies it", async () => {
      const { call } = await protect("request.auth[iss]", byIssuer);
      expect([await call("/x/a", tokenOf("red")), await call("/x/a", tokenOf("blue"))]).toEqual([200, 200]);
      expect(await call("/x/a", tokenOf("red", "https://blue"))).toBe(401);
      expect(await call("/x/a", tokenOf("red", "https://green"))).toBe(401);
    });

    test("no token, and one that can't be read", async () => {
      const { call, logged } = await protect("request.auth[iss]", byIssuer);
      expect([await call("/x/a"), await call("/x/a", "x"), await call("/x/a", "a.b.c")]).toEqual([
        401, 401, 401,
      ]);
      expect(codes(await logged(3))).toEqual([
        "WARN dynamicAuthentication.jwtTokenNotFound",
        "WARN dynamicAuthentication.jwtTokenInvalid",
        "WARN dynamicAuthentication.jwtTokenInvalid",
      ]);
    });
  });

  describe("anonymous routes", () => {
    const requestPolicies = { authorization: { type: "ANONYMOUS" } };
    const open = { routes: [{ path: "/{tenant}/a", backend: stock, requestPolicies }] };
    const allowing = (kid: string) => server(kid, { isAnonymousAccessAllowed: true });

    test("let everybody in when every server allows it, also where no rule matches", async () => {
      const servers = [rule("red", { values: ["red"] }, allowing("red"))];
      const { call } = await protect("request.path[tenant]", servers, open);
      expect([await call("/red/a", "bad"), await call("/green/a")]).toEqual([200, 200]);
    });

    test("else as the request's server allows it", async () => {
      const servers = [rule("red", { values: ["red"] }, allowing("red")), blue];
      const { call } = await protect("request.path[tenant]", servers, open);
      expect([
        await call("/red/a", "bad"),
        await call("/blue/a"),
        await call("/blue/a", tokenOf("blue")),
        await call("/green/a"),
      ]).toEqual([200, 401, 200, 401]);
    });
  });
});
