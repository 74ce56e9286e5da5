import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkSpecification } from "../../../../emulator/gateway/index.ts";
import { codes, openPlane, type RawAnswer, sendRaw, startBackend } from "../harness.ts";

const shop = "https://shop.example.com";
const stock = { type: "STOCK_RESPONSE_BACKEND", status: 200, body: "ok" };
const route = (methods: string[], requestPolicies?: object, backend: object = stock) => ({
  path: "/a",
  methods,
  backend,
  ...(requestPolicies && { requestPolicies }),
});
const ofDeployment = (cors: object, more = {}) => ({ specification: { requestPolicies: { cors, ...more } } });
const full = {
  allowedOrigins: [shop, "null"],
  allowedMethods: ["GET", "PUT"],
  allowedHeaders: ["authorization", "x-a"],
  exposedHeaders: ["etag", "x-b"],
  isAllowCredentialsEnabled: true,
  maxAgeInSeconds: 600,
};

/** What an answer says about origins, in its order. */
function corsOf({ headers }: RawAnswer): Record<string, string> {
  const found = headers.filter(([name]) => /^(access-control-|vary$)/i.test(name));
  expect(new Set(found.map(([name]) => name.toLowerCase())).size).toBe(found.length);
  return Object.fromEntries(found);
}

async function send(port: number, line: string, headers: Record<string, string> = {}, path = "/v1/a") {
  const lines = Object.entries({ Host: "a", Connection: "close", ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  return sendRaw(port, `${line} ${path} HTTP/1.1\r\n${lines.join("")}\r\n`);
}
const preflight = (port: number, origin: string, method = "GET", path?: string) =>
  send(port, "OPTIONS", { Origin: origin, "Access-Control-Request-Method": method }, path);

// "Adding CORS support to API Deployments"
describe("a preflight", () => {
  test("is answered by the gateway, without a route for OPTIONS and without a call", async () => {
    const { port, calls, logged } = await openPlane({
      ...ofDeployment(full),
      routes: [
        route(["GET"], undefined, {
          type: "ORACLE_FUNCTIONS_BACKEND",
          functionId: "ocid1.fnfunc.oc1.iad.aaaa",
        }),
      ],
    });
    const answer = await preflight(port, shop);
    expect([answer.status, answer.body]).toEqual([204, ""]);
    expect(corsOf(answer)).toEqual({
      "Access-Control-Allow-Origin": shop,
      "Access-Control-Allow-Credentials": "true",
      "Access-Control-Allow-Methods": "GET, PUT",
      "Access-Control-Allow-Headers": "authorization, x-a",
      "Access-Control-Max-Age": "600",
      Vary: "Origin",
    });
    expect(calls).toEqual([]);
    expect((await logged()).at(-1)).toMatchObject({ httpMethod: "OPTIONS", route: "/a", status: 204 });
  });

  test("leaves out what isn't set", async () => {
    const { port } = await openPlane({
      ...ofDeployment({ allowedOrigins: ["*"], maxAgeInSeconds: 0 }),
      routes: [route(["GET"])],
    });
    const answer = await preflight(port, shop);
    expect([answer.status, corsOf(answer)]).toEqual([204, { "Access-Control-Allow-Origin": "*" }]);
  });

  test("isn't counted by the rate limit", async () => {
    const rateLimiting = { rateInRequestsPerSecond: 1, rateKey: "TOTAL" };
    const { port } = await openPlane({
      ...ofDeployment(full, { rateLimiting }),
      routes: [route(["GET"])],
      settings: { nowInMs: () => 0 },
    });
    const statuses = [];
    for (const answer of [await preflight(port, shop), await preflight(port, shop)])
      statuses.push(answer.status);
    statuses.push((await send(port, "GET")).status, (await preflight(port, shop)).status);
    expect(statuses).toEqual([204, 204, 200, 204]);
    expect((await send(port, "GET")).status).toBe(429);
  });

  test("needs no authentication; the request after it does, and its refusal can be read by the page", async () => {
    const authentication = {
      type: "CUSTOM_AUTHENTICATION",
      functionId: "ocid1.fnfunc.oc1.iad.aaaa",
      tokenHeader: "Authorization",
    };
    const { port, calls } = await openPlane({
      ...ofDeployment(full, { authentication }),
      routes: [route(["GET"])],
    });
    expect((await preflight(port, shop)).status).toBe(204);
    const answer = await send(port, "GET", { Origin: shop });
    expect([answer.status, corsOf(answer)["Access-Control-Allow-Origin"]]).toEqual([401, shop]);
    expect(calls).toEqual([]);
  });

  test("of the route that it asks for, each method by its own policy", async () => {
    const { port } = await openPlane({
      ...ofDeployment({ allowedOrigins: ["https://deployment"] }),
      routes: [route(["GET"]), route(["PUT"], { cors: { allowedOrigins: ["https://put"] } })],
    });
    const origins = ["https://deployment", "https://put"];
    const answers = await Promise.all(
      ["GET", "PUT"].map((method) =>
        Promise.all(origins.map(async (origin) => corsOf(await preflight(port, origin, method)))),
      ),
    );
    const none = { Vary: "Origin" };
    expect(answers).toEqual([
      [{ "Access-Control-Allow-Origin": "https://deployment", ...none }, none],
      [none, { "Access-Control-Allow-Origin": "https://put", ...none }],
    ]);
  });

  test("is answered by the policy also where a route answers OPTIONS", async () => {
    const { port } = await openPlane({
      routes: [route(["GET"], { cors: full }), route(["OPTIONS", "DELETE"])],
    });
    expect((await preflight(port, shop, "GET")).status).toBe(204);
    const ofOtherMethod = await preflight(port, shop, "DELETE");
    expect([ofOtherMethod.status, ofOtherMethod.body, corsOf(ofOtherMethod)]).toEqual([200, "ok", {}]);
    const plain = await send(port, "OPTIONS", { Origin: shop });
    expect([plain.status, plain.body]).toEqual([200, "ok"]);
  });

  test("for a method that no route answers is 405, with the deployment's headers", async () => {
    const { port } = await openPlane({ ...ofDeployment(full), routes: [route(["GET"])] });
    const answer = await preflight(port, shop, "DELETE");
    expect([answer.status, corsOf(answer)["Access-Control-Allow-Origin"]]).toEqual([405, shop]);
  });

  test("without a policy is a request like others", async () => {
    const { port } = await openPlane({ routes: [route(["GET"])] });
    const answer = await preflight(port, shop);
    expect([answer.status, corsOf(answer)]).toEqual([405, {}]);
  });

  test("of another origin is answered without CORS headers", async () => {
    const { port } = await openPlane({ ...ofDeployment(full), routes: [route(["GET"])] });
    const answer = await preflight(port, "https://evil.example.com");
    expect([answer.status, corsOf(answer)]).toEqual([204, { Vary: "Origin" }]);
  });
});

describe("an actual request", () => {
  const headers = {
    "Access-Control-Allow-Origin": shop,
    "Access-Control-Allow-Credentials": "true",
    "Access-Control-Expose-Headers": "etag, x-b",
    Vary: "Origin",
  };

  test.each([
    ["https://shop.example.com", headers],
    ["null", { ...headers, "Access-Control-Allow-Origin": "null" }],
    ["https://shop.example.com:8443", { Vary: "Origin" }],
    ["https://shop.example.com.evil.org", { Vary: "Origin" }],
    ["http://shop.example.com", { Vary: "Origin" }],
    ["HTTPS://shop.example.com", { Vary: "Origin" }],
    ["", { Vary: "Origin" }],
    [undefined, { Vary: "Origin" }],
  ])("of %s", async (origin, expected) => {
    const { port } = await openPlane({ ...ofDeployment(full), routes: [route(["GET"])] });
    const answer = await send(port, "GET", origin === undefined ? {} : { Origin: origin });
    expect([answer.status, answer.body, corsOf(answer)]).toEqual([200, "ok", expected]);
  });

  test("of any origin, without and with credentials", async () => {
    const any = { allowedOrigins: ["*"], exposedHeaders: ["*"] };
    const { port } = await openPlane({
      routes: [
        route(["GET"], { cors: any }),
        route(["PUT"], { cors: { ...any, isAllowCredentialsEnabled: true } }),
      ],
    });
    expect(corsOf(await send(port, "GET", { Origin: shop }))).toEqual({
      "Access-Control-Allow-Origin": "*",
      "Access-Control-Expose-Headers": "*",
    });
    expect(corsOf(await send(port, "GET"))).toEqual({});
    expect(corsOf(await send(port, "PUT", { Origin: shop }))).toEqual({
      "Access-Control-Allow-Origin": shop,
      "Access-Control-Allow-Credentials": "true",
      "Access-Control-Expose-Headers": "*",
      Vary: "Origin",
    });
  });

  test.each([
    ["an allowed origin", shop, { "Access-Control-Allow-Origin": shop, Vary: "Origin" }],
    ["another origin", "https://evil.example.com", { Vary: "Origin" }],
  ])("of %s: a back end's own CORS headers give way", async (_, origin, expected) => {
    const url = await startBackend((_request, response) => {
      response.writeHead(200, {
        "access-control-allow-origin": "*",
        "Access-Control-Allow-Credentials": "true",
        "Access-Control-Max-Age": "1",
        "x-kept": "access-control-allow-origin",
      });
      response.end();
    });
    const { port } = await openPlane({
      routes: [route(["GET"], { cors: { allowedOrigins: [shop] } }, { type: "HTTP_BACKEND", url })],
    });
    const answer = await send(port, "GET", { Origin: origin });
    expect(corsOf(answer)).toEqual(expected);
    expect(answer.headers).toContainEqual(["x-kept", "access-control-allow-origin"]);
  });

  test("without a policy: a back end's own CORS headers reach the client", async () => {
    const backend = { ...stock, headers: [{ name: "Access-Control-Allow-Origin", value: "*" }] };
    const { port } = await openPlane({ routes: [route(["GET"], undefined, backend)] });
    expect(corsOf(await send(port, "GET", { Origin: shop }))).toEqual({ "Access-Control-Allow-Origin": "*" });
  });

  test("that the gateway refuses can be read by the page", async () => {
    const rateLimiting = { rateInRequestsPerSecond: 1, rateKey: "TOTAL" };
    const { port, events, logged } = await openPlane({
      ...ofDeployment(full, { rateLimiting }),
      routes: [route(["GET"])],
      settings: { nowInMs: () => 0 },
    });
    await send(port, "GET");
    const answers = [
      await send(port, "GET", { Origin: shop }),
      await send(port, "PUT", { Origin: shop }),
      await send(port, "GET", { Origin: shop }, "/v1/unknown"),
    ];
    expect(answers.map(({ status }) => status)).toEqual([429, 405, 404]);
    for (const answer of answers) expect(corsOf(answer)).toEqual(headers);
    await logged(4);
    expect(codes(events)).toEqual(["INFO rateLimiting.requestPermitted", "WARN rateLimiting.requestDenied"]);
  });
});

describe("the specification", () => {
  const at = "specification.requestPolicies.cors";
  const names = (count: number) => Array.from({ length: count }, (_, index) => `x-${index}`);
  const check = (more: object) =>
    checkSpecification({ requestPolicies: { cors: { allowedOrigins: ["*"], ...more } } }, "/v1");

  // "API Gateway Internal Limits": 50 headers, 50 methods
  test.each([
    {},
    { allowedOrigins: ["*", "null", "http://localhost:3000", "https://a.example.com", "https://[::1]:8080"] },
    { allowedHeaders: names(20), exposedHeaders: names(30) },
    { allowedMethods: names(50) },
    { allowedMethods: ["*"], allowedHeaders: ["*"], exposedHeaders: ["*"] },
    { isAllowCredentialsEnabled: false, maxAgeInSeconds: 0 },
    { maxAgeInSeconds: 86_400 },
  ])("accepts %j", (more) => {
    expect(check(more)).toEqual([]);
  });

  test.each<[more: object, field: string, message: string]>([
    [{ allowedOrigins: undefined }, ".allowedOrigins", "is missing; it must be a list"],
    [{ allowedOrigins: [] }, ".allowedOrigins", "must have at least 1 item, but has none"],
    ...[
      "",
      "shop.example.com",
      `${shop}/`,
      `${shop}/a`,
      "ftp://a",
      "https://*.example.com",
      "https://a b",
      "https://u@a",
      "http://a\r\nb",
      "http://a:99999",
    ].map((origin): [object, string, string] => [
      { allowedOrigins: [origin] },
      ".allowedOrigins[0]",
      `must be "*", "null" or http(s)://host[:port] without a path, but is ${JSON.stringify(origin)}; for example "https://shop.example.com"`,
    ]),
    [
      { allowedMethods: ["GET, PUT"] },
      ".allowedMethods[0]",
      'must be "*" or a method\'s name, but is "GET, PUT"; for example "GET"',
    ],
    [{ allowedMethods: names(51) }, ".allowedMethods", "must have at most 50 items, but has 51"],
    [{ allowedHeaders: ["a b"] }, ".allowedHeaders[0]", 'must be a header\'s name, but is "a b"'],
    [{ exposedHeaders: ["a\n"] }, ".exposedHeaders[0]", 'must be a header\'s name, but is "a\\n"'],
    [
      { allowedHeaders: names(21), exposedHeaders: names(30) },
      "",
      "must have at most 50 headers, allowed and exposed together, but has 51",
    ],
    [
      { isAllowCredentialsEnabled: "yes" },
      ".isAllowCredentialsEnabled",
      'must be true or false, but is "yes"',
    ],
    [{ maxAgeInSeconds: -1 }, ".maxAgeInSeconds", "must be at least 0, but is -1"],
    [{ maxAgeInSeconds: 1.5 }, ".maxAgeInSeconds", "must be a whole number, but is 1.5"],
    [{ maxAge: 1 }, ".maxAge", "is not a field that OCI has here; remove it or correct its name"],
  ])("refuses %j", (more, field, message) => {
    expect(check(more)).toEqual([{ path: `${at}${field}`, message }]);
  });
});

test("property: one allowed origin at most, never * with credentials, never an origin that isn't listed", async () => {
  const origins = fc.constantFrom("*", "null", shop, "http://a", "http://b:1");
  const policies = fc.array(
    fc.record({
      allowedOrigins: fc.uniqueArray(origins, { minLength: 1, maxLength: 3 }),
      isAllowCredentialsEnabled: fc.boolean(),
    }),
    { minLength: 3, maxLength: 3 },
  );
  const requests = fc.record({
    origin: fc.oneof(
      origins,
      fc.webUrl(),
      fc.constantFrom("", "NULL", "http://A", "http://a.b", "http://a/"),
    ),
    method: fc.constantFrom("OPTIONS", "GET", "PUT", "POST"),
    requested: fc.constantFrom("GET", "PUT", "POST"),
  });
  const backend = {
    ...stock,
    headers: [
      { name: "access-control-allow-origin", value: "*" },
      { name: "Access-Control-Allow-Credentials", value: "true" },
    ],
  };
  const plane = await openPlane();
  await fc.assert(
    fc.asyncProperty(policies, requests, async (cors, { origin, method, requested }) => {
      const methods = ["GET", "PUT", "POST"];
      plane.put(methods.map((one, index) => route([one], { cors: cors[index] }, backend)));
      const answer = await send(plane.port, method, {
        Origin: origin,
        "Access-Control-Request-Method": requested,
      });
      const values = (name: string) =>
        answer.headers.filter(([each]) => each.toLowerCase() === name).map(([, value]) => value);
      const allowed = values("access-control-allow-origin");
      const inForce = cors[methods.indexOf(method === "OPTIONS" ? requested : method)];
      expect(allowed.length).toBeLessThanOrEqual(1);
      expect(values("access-control-allow-credentials").length).toBeLessThanOrEqual(1);
      if (values("access-control-allow-credentials").length > 0) expect(allowed).not.toEqual(["*"]);
      const isOrigin = origin === "null" || /^https?:..[^/]+$/i.test(origin);
      const isListed = inForce?.allowedOrigins.some((each) => each === "*" || each === origin);
      if (isListed && isOrigin) expect([origin, "*"]).toContain(allowed[0]);
      else expect([[], ["*"]]).toContainEqual(allowed);
      if (!inForce?.allowedOrigins.includes("*") && !isListed) expect(allowed).toEqual([]);
    }),
    {
      numRuns: 60,
      // What failed once: the client's own "*" was echoed with credentials.
      examples: [
        [
          ["GET", "PUT", "POST"].map(() => ({ allowedOrigins: ["*"], isAllowCredentialsEnabled: true })),
          { origin: "*", method: "OPTIONS", requested: "POST" },
        ],
      ],
    },
  );
});
