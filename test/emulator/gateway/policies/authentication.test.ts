import { describe, expect, test } from "vitest";
import { codes, functionBackend, openPlane, sendRaw } from "../harness.ts";
import { turn } from "../switch.ts";
import { claims, goodToken, jwk, now, pair, pem, sign, staticAuthentication } from "../tokens/fixtures.ts";

const stock = { type: "STOCK_RESPONSE_BACKEND", status: 200 };
const anonymous = { authorization: { type: "ANONYMOUS" } };
const routes = [{ path: "/a", backend: stock }];
const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

/** A gateway with an authentication policy. */
function protect(authentication: object, options: Parameters<typeof openPlane>[0] = {}) {
  return openPlane({ routes, specification: { requestPolicies: { authentication } }, ...options });
}

/** Status of a call with a token. */
async function statusOf(authentication: object, token: string): Promise<number> {
  const { url } = await protect(authentication);
  return (await fetch(`${url}/a`, bearer(token))).status;
}

/** `request.auth[…]` as the back end sees it. */
async function claimsSeen(names: string[], token: string, authentication = staticAuthentication()) {
  const items = names.map((name) => ({ name: `x-${name}`, values: [`<\${request.auth[${name}]}>`] }));
  const requestPolicies = { headerTransformations: { setHeaders: { items } } };
  const { url, calls } = await protect(authentication, {
    routes: [{ path: "/a", backend: functionBackend, requestPolicies }],
  });
  expect((await fetch(`${url}/a`, bearer(token))).status).toBe(200);
  const headers = new Map(calls[0]?.headers.map(([name, value]) => [name.toLowerCase(), value]));
  return names.map((name) => headers.get(`fn-http-h-x-${name}`));
}

describe("a token's place", () => {
  // "Validating Tokens to Add Authentication and Authorization to API Deployments"
  test("a header with the scheme Bearer, in any case", async () => {
    const { url } = await protect(staticAuthentication());
    for (const scheme of ["Bearer", "bearer", "BEARER", "Bearer  "]) {
      const headers = { authorization: `${scheme} ${goodToken()}` };
      expect((await fetch(`${url}/a`, { headers })).status).toBe(200);
    }
  });

  test("another header, and a query parameter", async () => {
    const token = goodToken();
    const ofHeader = await protect(staticAuthentication({ tokenHeader: "X-Token" }));
    expect((await fetch(`${ofHeader.url}/a`, { headers: { "x-token": `Bearer ${token}` } })).status).toBe(
      200,
    );
    expect((await fetch(`${ofHeader.url}/a`, bearer(token))).status).toBe(401);
    const { tokenHeader: _, tokenAuthScheme: __, ...rest } = staticAuthentication();
    const ofQuery = await protect({ ...rest, tokenQueryParam: "token" });
    expect((await fetch(`${ofQuery.url}/a?x=1&token=${token}`)).status).toBe(200);
    expect((await fetch(`${ofQuery.url}/a?Token=${token}`)).status).toBe(401);
    expect((await fetch(`${ofQuery.url}/a?token=${token}&token=${token}`)).status).toBe(401);
  });

  test("no token, another scheme, two headers: 401 with a challenge and without a reason", async () => {
    const { url, port, logged } = await protect(staticAuthentication());
    const answer = await fetch(`${url}/a`);
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toBe("Bearer");
    expect(await answer.json()).toEqual({ code: 401, message: "Unauthorized" });
    const token = goodToken();
    for (const authorization of [`Basic ${token}`, token, "Bearer", "Bearer "]) {
      expect((await fetch(`${url}/a`, { headers: { authorization } })).status).toBe(401);
    }
    const header = `Authorization: Bearer ${token}\r\n`;
    const request = `GET /v1/a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${header}${header}\r\n`;
    expect((await sendRaw(port, request)).status).toBe(401);
    const events = await logged(6);
    expect(new Set(codes(events))).toEqual(new Set(["WARN tokenAuthentication.authenticationFailed"]));
    const messages = events.flatMap((event) => (event.type === "execution" ? [event.message] : []));
    expect(messages).toEqual([
      "the request has no header Authorization",
      "header Authorization doesn't begin with Bearer",
      "header Authorization doesn't begin with Bearer",
      "header Authorization doesn't begin with Bearer",
      "header Authorization doesn't begin with Bearer",
      "the request has header Authorization 2 times",
    ]);
  });
});

describe("what is verified", () => {
  test("RS256, RS384 and RS512 by a key that doesn't say, in JSON or PEM", async () => {
    const { alg: _, use: __, ...plain } = jwk(pair());
    const keys = [{ format: "JSON_WEB_KEY", ...plain }];
    const inPem = [{ format: "PEM", kid: "known", key: pem(pair()) }];
    for (const [alg, digest] of [
      ["RS256", "RSA-SHA256"],
      ["RS384", "RSA-SHA384"],
      ["RS512", "RSA-SHA512"],
    ] as const) {
      const token = sign(claims(), { header: { alg }, digest });
      expect(await statusOf(staticAuthentication({}, { keys }), token)).toBe(200);
      expect(await statusOf(staticAuthentication({}, { keys: inPem }), token)).toBe(200);
    }
  });

  test("of several keys the one with the token's key id", async () => {
    const other = pair("other");
    const keys = [pair(), other].map((one) => ({ format: "JSON_WEB_KEY", ...jwk(one) }));
    const authentication = staticAuthentication({}, { keys });
    expect(await statusOf(authentication, sign(claims(), { by: other, header: { kid: "other" } }))).toBe(200);
    expect(await statusOf(authentication, sign(claims(), { by: other }))).toBe(401);
  });

  test("a key that is none lets nobody in, and the log says why", async () => {
    const keys = [{ format: "JSON_WEB_KEY", ...jwk(pair(), { n: "abc" }) }];
    const { url, logged } = await protect(staticAuthentication({}, { keys }));
    expect((await fetch(`${url}/a`, bearer(goodToken()))).status).toBe(401);
    expect((await logged())[0]).toMatchObject({
      message:
        "the token: its key can't be used: n must be, with e, the base64url text of an RSA public key's modulus and exponent",
    });
  });

  test.each([
    ["typ absent", { typ: undefined }],
    ["typ at+jwt", { typ: "at+jwt" }],
    ["a jku that nobody follows", { jku: "http://127.0.0.1:1/keys" }],
  ])("a token whose header has %s is let in", async (_, header) => {
    expect(await statusOf(staticAuthentication(), sign(claims(), { header }))).toBe(200);
  });

  test.each<[string, object, number]>([
    ["aud a list with one of them", { aud: ["bank", "store"] }, 200],
    ["exp in a second", { exp: 60 }, 200],
    ["nbf now", { nbf: 0 }, 200],
    ["exp within the skew", { exp: -20 }, 200],
    ["nbf within the skew", { nbf: 20 }, 200],
    ["exp beyond the skew", { exp: -31 }, 401],
    ["nbf beyond the skew", { nbf: 60 }, 401],
  ])("%s, with a skew of 30 seconds: %j from now → %i", async (_, fromNow, status) => {
    const at = Object.entries(fromNow).map(([name, value]) => [
      name,
      typeof value === "number" ? now() + value : value,
    ]);
    const token = goodToken(Object.fromEntries(at));
    expect(await statusOf(staticAuthentication({ maxClockSkewInSeconds: 30 }), token)).toBe(status);
  });

  test("without issuers and audiences these aren't looked at", async () => {
    const authentication = staticAuthentication({}, { additionalValidationPolicy: null });
    expect(await statusOf(authentication, sign({ exp: now() + 60 }))).toBe(200);
  });

  // SDK documentation of verifyClaims
  test.each<[string, object, object, number]>([
    ["one of the values", { key: "role", values: ["a", "b"] }, { role: "b" }, 200],
    ["none of the values", { key: "role", values: ["a", "b"] }, { role: "c" }, 401],
    ["another case", { key: "role", values: ["a"] }, { role: "A" }, 401],
    ["a list", { key: "role", values: ["a"] }, { role: ["a"] }, 401],
    ["absent and not required", { key: "role", values: ["a"] }, {}, 200],
    ["absent and required", { key: "role", values: ["a"], isRequired: true }, {}, 401],
    ["present, no values", { key: "role", isRequired: true }, { role: false }, 200],
    ["only inherited", { key: "toString", isRequired: true }, {}, 401],
  ])("a claim: %s", async (_, claim, more, status) => {
    const additionalValidationPolicy = { verifyClaims: [claim] };
    const authentication = staticAuthentication({}, { additionalValidationPolicy });
    expect(await statusOf(authentication, goodToken(more))).toBe(status);
  });
});

test("JWT_AUTHENTICATION, the older form", async () => {
  const authentication = {
    type: "JWT_AUTHENTICATION",
    tokenHeader: "Authorization",
    tokenAuthScheme: "Bearer",
    issuers: ["https://idp.example.com"],
    audiences: ["shop"],
    verifyClaims: [{ key: "sub", values: ["ann"] }],
    maxClockSkewInSeconds: 1.5,
    publicKeys: { type: "STATIC_KEYS", keys: [{ format: "PEM", kid: "known", key: pem(pair()) }] },
  };
  const { url, logged } = await protect(authentication);
  expect((await fetch(`${url}/a`, bearer(goodToken()))).status).toBe(200);
  expect((await fetch(`${url}/a`, bearer(goodToken({ sub: "bob" })))).status).toBe(401);
  expect(codes(await logged(2))).toEqual([
    "INFO jwtAuthentication.successfulAuthentication",
    "WARN jwtAuthentication.authenticationFailed",
  ]);
});

test("claims reach request.auth: texts as they are, others as JSON", async () => {
  const more = { roles: ["a", "b"], age: 7, gone: null, nested: { a: 1 }, __proto__: undefined };
  const names = ["sub", "roles", "age", "gone", "nested", "absent"];
  expect(await claimsSeen(names, goodToken(more))).toEqual([
    "<ann>",
    '<["a","b"]>',
    "<7>",
    "<null>",
    '<{"a":1}>',
    "<>",
  ]);
});

describe("authorization", () => {
  const scoped = (allowedScope: string[]) => [
    { path: "/a", backend: stock, requestPolicies: { authorization: { type: "ANY_OF", allowedScope } } },
  ];

  // Measured: a token without one of the scopes is answered 404
  test.each<[unknown, number]>([
    ["read", 200],
    ["x read y", 200],
    [["x", "write"], 200],
    ["Read", 404],
    ["readwrite", 404],
    ["read,write", 404],
    [["read write"], 404],
    [undefined, 404],
    [7, 404],
    [{ read: true }, 404],
    ["", 404],
  ])("scope %j of the token, ANY_OF read, write: %i", async (scope, status) => {
    const { url, logged } = await protect(staticAuthentication(), { routes: scoped(["read", "write"]) });
    const answer = await fetch(`${url}/a`, bearer(goodToken({ scope })));
    expect(answer.status).toBe(status);
    if (status === 200) return;
    expect(await answer.json()).toEqual({ code: 404, message: "Not Found" });
    expect(codes(await logged())).toEqual([
      "INFO tokenAuthentication.successfulAuthentication",
      "WARN authorization.unauthorizedRequest",
    ]);
  });

  test("AUTHENTICATION_ONLY, and no authorization, also where anonymous access is allowed", async () => {
    const authorization = { type: "AUTHENTICATION_ONLY", allowedScope: ["ignored"] };
    const { url } = await protect(staticAuthentication({ isAnonymousAccessAllowed: true }), {
      routes: [
        { path: "/a", backend: stock },
        { path: "/b", backend: stock, requestPolicies: { authorization } },
      ],
    });
    for (const path of ["/a", "/b"]) {
      expect((await fetch(url + path)).status).toBe(401);
      expect((await fetch(url + path, bearer(goodToken()))).status).toBe(200);
    }
  });

  test("ANONYMOUS lets everybody in, also with a bad token", async () => {
    const { url, logged } = await protect(staticAuthentication({ isAnonymousAccessAllowed: true }), {
      routes: [
        { path: "/a", backend: stock, requestPolicies: anonymous },
        { path: "/b", backend: stock },
      ],
    });
    const expired = goodToken({ exp: 1 });
    for (const authorization of ["", "Bearer", "Bearer x", `Bearer ${expired}`, `Bearer ${goodToken()}`]) {
      expect((await fetch(`${url}/a`, { headers: { authorization } })).status).toBe(200);
    }
    expect((await fetch(`${url}/b`, bearer(expired))).status).toBe(401);
    expect(codes(await logged(6))).toEqual(["WARN tokenAuthentication.authenticationFailed"]);
  });
});

describe("validationFailurePolicy", () => {
  const failing = (policy: object) =>
    protect(staticAuthentication({ validationFailurePolicy: { type: "MODIFY_RESPONSE", ...policy } }));

  test("code, message and headers", async () => {
    const { url, logged } = await failing({
      responseCode: "403",
      responseMessage: '{"error": "no token for ${request.path[x]}${request.query[who]}"}',
      responseHeaderTransformations: {
        setHeaders: { items: [{ name: "X-Why", values: ["${request.headers[x-why]}", "b"] }] },
        filterHeaders: { type: "BLOCK", items: [{ name: "WWW-Authenticate" }] },
      },
    });
    const answer = await fetch(`${url}/a?who=ann`, { headers: { "x-why": "a" } });
    expect(answer.status).toBe(403);
    expect(await answer.text()).toBe('{"error": "no token for ann"}');
    expect(answer.headers.get("x-why")).toBe("a, b");
    expect(answer.headers.has("www-authenticate")).toBe(false);
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect(codes(await logged())).toEqual(["WARN tokenAuthentication.authenticationFailed"]);
  });

  test("nothing set: as without it", async () => {
    const { url } = await failing({});
    const answer = await fetch(`${url}/a`);
    expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
    expect(await answer.json()).toEqual({ code: 401, message: "Unauthorized" });
  });

  test.each([
    ["418", 418],
    ["", 401],
    ["99", 401],
    ["600", 401],
    ["4x1", 401],
    ["1403", 401],
    ["4031", 401],
  ])("a code from a header: %j → %i", async (code, status) => {
    const { url } = await failing({ responseCode: "request.headers[x-code]" });
    expect((await fetch(`${url}/a`, { headers: { "x-code": code } })).status).toBe(status);
  });

  test("a code without a reason of its own has an empty message", async () => {
    const answer = await fetch(`${(await failing({ responseCode: "418" })).url}/a`);
    expect([answer.status, await answer.json()]).toEqual([418, { code: 418, message: "" }]);
  });

  test("another content type is for messages only", async () => {
    turn({ failureMessageType: "text/plain" });
    const typeWith = async (policy: object) =>
      (await fetch(`${(await failing(policy)).url}/a`)).headers.get("content-type");
    expect(await typeWith({})).toBe("application/json");
    expect(await typeWith({ responseMessage: "no" })).toBe("text/plain");
  });

  test("a good token doesn't meet it", async () => {
    const { url } = await failing({ responseCode: "403" });
    expect((await fetch(`${url}/a`, bearer(goodToken()))).status).toBe(200);
  });
});
