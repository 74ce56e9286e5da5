import { describe, expect, test } from "vitest";
import { unverified } from "../../../emulator/gateway/unverified.ts";
import type { FunctionResult, HeaderList } from "../../../emulator/runtime/types.ts";
import { turn } from "./switch.ts";
import { claims, now, sign, staticAuthentication } from "./tokens/fixtures.ts";

// Read when the gateway's modules are loaded, which is why they are loaded after it.
unverified.backendSecurityHeaders = "beside";
unverified.loopStatus = 500;
unverified.clientTimeoutStatus = 400;
unverified.clientGoneStatus = 400;
unverified.tooManyConnectionsStatus = 429;
unverified.keepAliveTimeoutInMs = 200;
const { functionBackend, functionId, gateway, openPlane, sendRaw, startBackend, statuses } = await import(
  "./harness.ts"
);
const { defaultSettings } = await import("../../../emulator/gateway/limits.ts");

// Of switches that conformance cases can't show, the other position; the usual one is shown beside it.

const stock = { type: "STOCK_RESPONSE_BACKEND", status: 200 };
const authorizerId = "ocid1.fnfunc.oc1.iad.authorizer";
const answer = (body: unknown, headers: HeaderList = []): FunctionResult => ({
  kind: "answer",
  headers,
  body: Buffer.from(JSON.stringify(body)),
});

describe("HTTP back ends and functions", () => {
  test.each([
    ["own", "127.0.0.1"],
    ["client", "localhost"],
  ] as const)("Host with backendHost %s is %s", async (backendHost, host) => {
    turn({ backendHost });
    const backend = await startBackend(({ headers }, response) => void response.end(headers.host));
    const { url } = await openPlane({
      routes: [{ path: "/a", backend: { type: "HTTP_BACKEND", url: backend } }],
    });
    const seen = await (await fetch(`${url.replace("127.0.0.1", "localhost")}/a`)).text();
    expect(seen.split(":")[0]).toBe(host);
  });

  test("security headers of a back end stand beside the gateway's, its Server doesn't", async () => {
    const backend = await startBackend((_, response) => {
      response.writeHead(200, { "X-Frame-Options": "DENY", Server: "own" }).end();
    });
    const { url } = await openPlane({
      routes: [{ path: "/a", backend: { type: "HTTP_BACKEND", url: backend } }],
    });
    const { headers } = await fetch(`${url}/a`);
    expect(headers.get("x-frame-options")?.split(", ").sort()).toEqual(["DENY", "sameorigin"]);
    expect(headers.get("server")).toBe("Oracle API Gateway");
  });

  test.each([
    ["prefixed", "text/b"],
    ["plain", "text/a"],
  ] as const)("of two content types with functionContentType %s: %s", async (functionContentType, type) => {
    turn({ functionContentType });
    const invoke = () =>
      answer("", [
        ["Content-Type", "text/a"],
        ["Fn-Http-H-Content-Type", "text/b"],
      ]);
    const { url } = await openPlane({ routes: [{ path: "/a", backend: functionBackend }], invoke });
    expect((await fetch(`${url}/a`)).headers.get("content-type")).toBe(type);
  });

  test.each([
    ["route", 200],
    ["gateway", 500],
  ] as const)("from one route to another of the gateway with loopIsAt %s: %i", async (loopIsAt, status) => {
    turn({ loopIsAt });
    const { port, url, put } = await openPlane();
    const backend = { type: "HTTP_BACKEND", url: `http://127.0.0.1:${port}/v1/b` };
    put([
      { path: "/a", backend },
      { path: "/b", backend: stock },
    ]);
    expect((await fetch(`${url}/a`)).status).toBe(status);
  });

  test.each([
    ["policy", 204, 0],
    ["route", 200, 1],
  ] as const)(
    "a preflight with preflightOfOptionsRoute %s: %i, %i calls",
    async (preflightOfOptionsRoute, status, times) => {
      turn({ preflightOfOptionsRoute });
      const origin = "https://shop.example.com";
      const { url, calls } = await openPlane({
        routes: [{ path: "/a", methods: ["GET", "OPTIONS"], backend: functionBackend }],
        specification: { requestPolicies: { cors: { allowedOrigins: [origin] } } },
      });
      const headers = { origin, "access-control-request-method": "GET" };
      const reply = await fetch(`${url}/a`, { method: "OPTIONS", headers });
      expect([reply.status, reply.headers.get("access-control-allow-origin"), calls.length]).toEqual([
        status,
        origin,
        times,
      ]);
    },
  );
});

describe("connections and deployments", () => {
  const routes = [{ path: "/a", backend: stock }];

  test("clientTimeoutStatus: a client that stalls", async () => {
    const { port } = await openPlane({ routes, settings: { stallTimeoutInMs: 100 } });
    expect(await sendRaw(port, "GET /v1/a HTTP/1.1\r\nHost")).toMatchObject({ status: 400 });
  });

  test("clientGoneStatus: a client that goes away, in the log", async () => {
    const away = new AbortController();
    const { url, logged } = await openPlane({
      routes: [{ path: "/a", backend: functionBackend }],
      invoke: async () => {
        away.abort();
        return new Promise<FunctionResult>((resolve) => setTimeout(resolve, 300, answer("")));
      },
    });
    await expect(fetch(`${url}/a`, { signal: away.signal })).rejects.toThrow();
    expect(statuses(await logged())).toEqual([400]);
  });

  test("tooManyConnectionsStatus: a client's connection over the limit", async () => {
    const { port } = await openPlane({ routes, settings: { connectionsPerClient: 0 } });
    expect(await sendRaw(port, "")).toMatchObject({ status: 429 });
  });

  test("keepAliveTimeoutInMs: a connection without a request", () => {
    expect(defaultSettings.keepAliveTimeoutInMs).toBe(200);
  });

  test.each([
    ["longest-only", 404],
    ["next-on-miss", 200],
  ] as const)(
    "a path that only the shorter prefix has, with nestedPrefixes %s: %i",
    async (nestedPrefixes, status) => {
      turn({ nestedPrefixes });
      const { plane, url } = await openPlane({ routes: [{ path: "/in/a", backend: stock }] });
      plane.putDeployment({
        id: "ocid1.apideployment.b",
        gatewayId: gateway.id,
        displayName: "in",
        pathPrefix: "/v1/in",
        specification: { routes: [{ path: "/b", backend: stock }] },
      });
      expect((await fetch(`${url}/in/b`)).status).toBe(200);
      expect((await fetch(`${url}/in/a`)).status).toBe(status);
    },
  );
});

describe("tokens", () => {
  const { exp: _, ...endless } = claims();
  const asking = { issuers: [], audiences: [], verifyClaims: [{ key: "level", values: ["3"] }] };

  test.each([
    ["any type", { tokenType: "any" }, sign(claims(), { header: { typ: "other" } }), {}],
    ["no exp", { tokenWithoutExp: "accepted" }, sign(endless), {}],
    [
      "a number among a claim's values",
      { otherClaims: "as-json" },
      sign(claims({ level: 3 })),
      { additionalValidationPolicy: asking },
    ],
  ] as const)("%s", async (_name, switches, token, validation) => {
    const { validationPolicy, ...rest } = staticAuthentication();
    const authentication = { ...rest, validationPolicy: { ...(validationPolicy as object), ...validation } };
    const statusOf = async () => {
      const specification = { requestPolicies: { authentication } };
      const { url } = await openPlane({ routes: [{ path: "/a", backend: stock }], specification });
      const headers = { authorization: `Bearer ${token}` };
      const statuses = [];
      for (let call = 0; call < 2; call++) statuses.push((await fetch(`${url}/a`, { headers })).status);
      return statuses;
    };
    expect(await statusOf()).toEqual([401, 401]);
    turn(switches);
    expect(await statusOf()).toEqual([200, 200]);
  });

  test("an expired token isn't accepted where one without exp is", async () => {
    turn({ tokenWithoutExp: "accepted" });
    const specification = { requestPolicies: { authentication: staticAuthentication() } };
    const { url } = await openPlane({ routes: [{ path: "/a", backend: stock }], specification });
    for (const exp of [now() - 10, "tomorrow", null]) {
      const headers = { authorization: `Bearer ${sign(claims({ exp }))}` };
      expect((await fetch(`${url}/a`, { headers })).status).toBe(401);
    }
  });
});

describe("authorizers", () => {
  const protect = (result: object, more: object = {}, route: object = { backend: stock }) =>
    openPlane({
      routes: [{ path: "/a", ...route }],
      specification: {
        requestPolicies: {
          authentication: {
            type: "CUSTOM_AUTHENTICATION",
            functionId: authorizerId,
            tokenHeader: "Authorization",
            ...more,
          },
        },
      },
      invoke: (call) => answer(call.functionId === authorizerId ? result : ""),
    });
  const headers = { authorization: "token" };

  test.each([
    [false, 2],
    [true, 1],
  ])("two refused requests with refusalsAreRemembered %s: %i calls", async (refusalsAreRemembered, times) => {
    turn({ refusalsAreRemembered });
    const { url, calls } = await protect({ active: false });
    for (let call = 0; call < 2; call++) expect((await fetch(`${url}/a`, { headers })).status).toBe(401);
    expect(calls).toHaveLength(times);
  });

  test.each([
    ["wins", "context"],
    ["loses", "result"],
  ] as const)(
    "request.auth[principal] when authorizerContext %s: the %s's",
    async (authorizerContext, value) => {
      turn({ authorizerContext });
      const items = [{ name: "x-principal", values: ["${request.auth[principal]}"] }];
      const { url, calls } = await protect(
        { active: true, principal: "result", context: { principal: "context" } },
        {},
        {
          backend: functionBackend,
          requestPolicies: { headerTransformations: { setHeaders: { items } } },
        },
      );
      await fetch(`${url}/a`, { headers });
      const call = calls.find((each) => each.functionId === functionId);
      const seen = new Map(call?.headers.map(([name, text]) => [name.toLowerCase(), text]));
      expect(seen.get("fn-http-h-x-principal")).toBe(value);
    },
  );

  test.each([401, 500])("a response code that is no status with %i", async (invalidResponseCodeStatus) => {
    turn({ invalidResponseCodeStatus });
    const { url } = await protect(
      { active: false, context: { code: "forbidden" } },
      {
        validationFailurePolicy: {
          type: "MODIFY_RESPONSE",
          responseCode: "request.auth[code]",
          responseMessage: "no",
        },
      },
    );
    expect((await fetch(`${url}/a`, { headers })).status).toBe(invalidResponseCodeStatus);
  });
});
