import { afterEach, describe, expect, test, vi } from "vitest";
import type { GatewayFunctionCall } from "../../../../emulator/gateway/types.ts";
import type { FunctionResult, HeaderList } from "../../../../emulator/runtime/types.ts";
import {
  bodyOf,
  codes,
  functionBackend,
  functionId,
  gateway,
  openPlane,
  sendRaw,
  startBackend,
} from "../harness.ts";

const authorizerId = "ocid1.fnfunc.oc1.iad.authorizer";
const stock = { type: "STOCK_RESPONSE_BACKEND", status: 200 };
const custom = (more: object) => ({ type: "CUSTOM_AUTHENTICATION", functionId: authorizerId, ...more });
const single = custom({ tokenHeader: "Authorization" });
const letIn = { active: true, scope: ["read"], context: { tenant: "acme" } };

afterEach(() => void vi.useRealTimers());

const json = (value: unknown, headers: HeaderList = []): FunctionResult => ({
  kind: "answer",
  headers,
  body: Buffer.from(typeof value === "string" ? value : JSON.stringify(value)),
});

/** A gateway that asks an authorizer; `answer` is what it says, other functions answer their body. */
async function protect(
  authentication: object,
  answer: (call: GatewayFunctionCall) => Promise<FunctionResult> | FunctionResult = () => json(letIn),
  options: Parameters<typeof openPlane>[0] = {},
) {
  const plane = await openPlane({
    routes: [{ path: "/a", backend: stock }],
    specification: { requestPolicies: { authentication } },
    invoke: (call) => (call.functionId === authorizerId ? answer(call) : json(call.body.toString())),
    ...options,
  });
  const asked = () => plane.calls.filter((call) => call.functionId === authorizerId);
  const bodies = () => asked().map((call) => JSON.parse(call.body.toString()));
  const call = async (headers: Record<string, string> = {}, path = "/a") => {
    const reply = await fetch(plane.url + path, { headers });
    await reply.arrayBuffer();
    return reply.status;
  };
  return { ...plane, asked, bodies, call };
}

describe("what the authorizer gets", () => {
  // "Creating an Authorizer Function"
  test("one argument: the header's value with its scheme", async () => {
    const { call, asked } = await protect(single);
    expect(await call({ authorization: "Bearer abc" })).toBe(200);
    expect(asked().map(({ body }) => body.toString())).toEqual(['{"type":"TOKEN","token":"Bearer abc"}']);
  });

  test("one argument: a query parameter's value as it was sent", async () => {
    const { call, bodies } = await protect(custom({ tokenQueryParam: "key" }));
    expect(await call({}, "/a?key=a%20b&x=1")).toBe(200);
    expect(bodies()).toEqual([{ type: "TOKEN", token: "a%20b" }]);
  });

  test("one argument that is missing: 401, nobody is asked", async () => {
    const { call, asked } = await protect(single);
    expect([await call(), asked()]).toEqual([401, []]);
  });

  test("several: lists for several values, nothing for absent ones", async () => {
    const parameters = {
      key: "request.headers[X-Key]",
      many: "request.headers[x-many]",
      id: "request.query[id]",
      ids: "request.query[ids]",
      host: "request.host",
      absent: "request.query[absent]",
      missing: "request.headers[missing]",
      empty: "request.query[empty]",
      body: "request.body",
    };
    const { port, bodies } = await protect(custom({ parameters }));
    const head = ["POST /v1/a?id=1&ids=2&ids=3&empty HTTP/1.1", "Host: api.example.com", "Connection: close"];
    const more = ["x-key: k", "X-Many: a", "x-many: b", "Content-Length: 8", "", '{"ä":1}'];
    const { status } = await sendRaw(port, Buffer.from([...head, ...more].join("\r\n")));
    expect(status).toBe(200);
    expect(bodies()).toEqual([
      {
        type: "USER_DEFINED",
        data: {
          key: "k",
          many: ["a", "b"],
          id: "1",
          ids: ["2", "3"],
          host: "api.example.com",
          empty: "",
          body: '{"ä":1}',
        },
      },
    ]);
  });

  test("none of several: it is asked all the same", async () => {
    const { call, bodies } = await protect(custom({ parameters: { key: "request.headers[x-key]" } }));
    expect([await call(), bodies()]).toEqual([200, [{ type: "USER_DEFINED", data: {} }]]);
  });

  test("it is called as the gateway, without the request's method, path and headers", async () => {
    const { call, asked } = await protect(single);
    await call({ authorization: "x", cookie: "secret" });
    const [given] = asked();
    expect(given?.gateway).toEqual(gateway);
    const headers = Object.fromEntries(given?.headers ?? []);
    expect(headers).toEqual({
      "Accept-Encoding": "gzip",
      "Content-Type": "application/json",
      Date: expect.any(String),
      "Fn-Intent": "httprequest",
      "Fn-Invoke-Type": "sync",
      "Oci-Subject-Compartment-Id": gateway.compartmentId,
      "Oci-Subject-Id": gateway.id,
      "Oci-Subject-Tenancy-Id": "ocid1.tenancy.a",
      "Oci-Subject-Type": "resource",
      "Opc-Request-Id": given?.opcRequestId,
      "User-Agent": "lua-resty-http/0.17.1 (Lua) ngx_lua/10026",
      "X-B3-SpanId": expect.stringMatching(/^[0-9a-f]{16}$/),
      "X-B3-TraceId": expect.stringMatching(/^[0-9a-f]{16}$/),
      "X-Content-Sha256": expect.any(String),
    });
  });

  test.each(["function", "http"])("the body that it has read reaches the %s back end too", async (kind) => {
    const received: string[] = [];
    const url = await startBackend(async (request, response) => {
      received.push((await bodyOf(request)).toString());
      response.end();
    });
    const backend = kind === "http" ? { type: "HTTP_BACKEND", url } : functionBackend;
    const authentication = custom({ parameters: { body: "request.body" } });
    const plane = await protect(authentication, undefined, { routes: [{ path: "/a", backend }] });
    for (const body of ["hello", "a".repeat(200_000)]) {
      const answer = await fetch(`${plane.url}/a`, { method: "POST", body });
      expect(answer.status).toBe(200);
      if (kind === "http") expect(received.pop()).toBe(body);
      else expect(await answer.text()).toBe(body);
    }
  });

  test("a body over 6 MB for it: 413", async () => {
    const { url, asked } = await protect(custom({ parameters: { body: "request.body" } }));
    const body = Buffer.alloc(6 * 1024 * 1024 + 1, "a");
    expect((await fetch(`${url}/a`, { method: "POST", body })).status).toBe(413);
    expect(asked()).toEqual([]);
  });
});

describe("what it answers", () => {
  test("context, principal, clientId, scope and expiresAt reach request.auth", async () => {
    const names = ["tenant", "age", "principal", "clientId", "scope", "expiresAt", "active"];
    const items = names.map((name) => ({ name: `x-${name}`, values: [`<\${request.auth[${name}]}>`] }));
    const requestPolicies = { headerTransformations: { setHeaders: { items } } };
    const answer = {
      ...letIn,
      context: { tenant: "acme", age: 7, clientId: "of context" },
      principal: "ann",
      clientId: "c1",
      expiresAt: "2026-11-21T12:00:00Z",
    };
    const { call, calls } = await protect(single, () => json(answer), {
      routes: [{ path: "/a", backend: functionBackend, requestPolicies }],
    });
    expect(await call({ authorization: "x" })).toBe(200);
    const sent = calls.find((one) => one.functionId === functionId);
    const headers = new Map(sent?.headers.map(([name, value]) => [name.toLowerCase(), value]));
    expect(names.map((name) => headers.get(`fn-http-h-x-${name.toLowerCase()}`))).toEqual([
      "<acme>",
      "<7>",
      "<ann>",
      "<of context>",
      '<["read"]>',
      "<2026-11-21T12:00:00Z>",
      "<>",
    ]);
  });

  test.each<[unknown, number]>([
    [["read", "x"], 200],
    ["x read", 200],
    [["x"], 404],
    ["", 404],
    [undefined, 404],
    [null, 404],
  ])("scope %j where the route wants read: %i", async (scope, status) => {
    const authorization = { type: "ANY_OF", allowedScope: ["read"] };
    const { call } = await protect(single, () => json({ active: true, scope, context: { scope: "read" } }), {
      routes: [{ path: "/a", backend: stock, requestPolicies: { authorization } }],
    });
    expect(await call({ authorization: "x" })).toBe(status);
  });

  test("a refusal: 401 with its challenge", async () => {
    const wwwAuthenticate = 'Bearer realm="shop"';
    const { url, logged } = await protect(single, () => json({ active: false, wwwAuthenticate }));
    const answer = await fetch(`${url}/a`, { headers: { authorization: "x" } });
    expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([401, wwwAuthenticate]);
    expect(await answer.json()).toEqual({ code: 401, message: "Unauthorized" });
    expect(codes(await logged())).toEqual([
      "INFO customAuthentication.cacheMiss",
      "INFO customAuthentication.successfulFunctionInvocation",
      "WARN customAuthentication.authenticationFailed",
    ]);
  });

  test.each([{}, { wwwAuthenticate: "a\r\nSet-Cookie: b" }, { wwwAuthenticate: 7 }, { active: null }])(
    "a refusal by %j challenges with Bearer",
    async (result) => {
      const { url } = await protect(single, () => json(result));
      const answer = await fetch(`${url}/a`, { headers: { authorization: "x" } });
      expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
    },
  );

  test("a refusal's context chooses the answer", async () => {
    const validationFailurePolicy = {
      type: "MODIFY_RESPONSE",
      responseCode: "request.auth[responseCode]",
      responseMessage: "${request.auth[why]}",
    };
    const { url } = await protect({ ...single, validationFailurePolicy }, () =>
      json({ active: false, context: { responseCode: "402", why: "pay first" } }),
    );
    const answer = await fetch(`${url}/a`, { headers: { authorization: "x" } });
    expect([answer.status, await answer.text()]).toEqual([402, "pay first"]);
  });

  const failure = (status: 404 | 429 | 502 | 503 | 504, code: string): FunctionResult => ({
    kind: "failure",
    status,
    code,
    message: "no",
  });
  test.each<[string, FunctionResult, number, string]>([
    ["it fails", failure(502, "FunctionInvokeExecutionFailed"), 502, "failedFunctionInvocation"],
    ["it takes too long", failure(504, "FunctionInvokeTimeout"), 502, "failedFunctionInvocation"],
    ["it isn't available", failure(503, "FunctionInvokeServiceUnavailable"), 502, "failedFunctionInvocation"],
    ["it is throttled", failure(429, "TooManyRequests"), 502, "failedFunctionInvocation"],
    [
      "it isn't there, or IAM says no",
      failure(404, "NotAuthorizedOrNotFound"),
      500,
      "failedFunctionInvocation",
    ],
    ["500", json(letIn, [["Fn-Http-Status", "500"]]), 502, "unexpectedResponse"],
    ["403", json(letIn, [["Fn-Http-Status", "403"]]), 502, "unexpectedResponse"],
    ["an impossible status", json(letIn, [["Fn-Http-Status", "99"]]), 502, "unexpectedResponse"],
    ["nothing", json(""), 502, "unexpectedResponse"],
    ["text", json("yes"), 502, "unexpectedResponse"],
    ["a list", json([letIn]), 502, "unexpectedResponse"],
    ["null", json(null), 502, "unexpectedResponse"],
    ["active as text", json({ active: "true" }), 502, "unexpectedResponse"],
    ["active a number", json({ active: 1 }), 502, "unexpectedResponse"],
    ["a scope that is none", json({ active: true, scope: { read: true } }), 502, "unexpectedResponse"],
    ["a context that is none", json({ active: true, context: ["a"] }), 502, "unexpectedResponse"],
  ])("%s", async (_, result, status, code) => {
    const { call, logged } = await protect(single, () => result);
    expect(await call({ authorization: "x" })).toBe(status);
    expect(codes(await logged()).at(-1)).toBe(`ERROR customAuthentication.${code}`);
    expect(await call({ authorization: "x" })).toBe(status);
  });

  test("an anonymous route doesn't ask", async () => {
    const { call, asked } = await protect({ ...single, isAnonymousAccessAllowed: true }, undefined, {
      routes: [{ path: "/a", backend: stock, requestPolicies: { authorization: { type: "ANONYMOUS" } } }],
    });
    expect([await call({ authorization: "bad" }), asked()]).toEqual([200, []]);
  });
});

describe("remembered results", () => {
  test.each([
    { bytes: 64 * 1024, calls: 1 },
    { bytes: 64 * 1024 + 1, calls: 2 },
  ])("of $bytes bytes: two requests make $calls calls", async ({ bytes, calls }) => {
    const padding = "x".repeat(bytes - JSON.stringify({ active: true, padding: "" }).length);
    const { call, asked } = await protect(single, () => json({ active: true, padding }));
    expect([await call({ authorization: "a" }), await call({ authorization: "a" })]).toEqual([200, 200]);
    expect(asked()).toHaveLength(calls);
  });

  const in90Minutes = () => new Date(Date.now() + 5_400_000).toISOString();
  const in10Minutes = () => new Date(Date.now() + 600_000).toISOString();
  const past = () => new Date(Date.now() - 1000).toISOString();

  test.each<[string, () => unknown, number]>([
    ["without expiresAt 60 seconds", () => undefined, 60],
    ["with one that is no date 60 seconds", () => "soon", 60],
    ["with one in the past 60 seconds", past, 60],
    ["with one in ten minutes ten minutes", in10Minutes, 600],
    ["with one in ninety minutes an hour", in90Minutes, 3600],
  ])("%s", async (_, expiresAt, seconds) => {
    vi.useFakeTimers({ toFake: ["Date"], now: 1_800_000_000_000 });
    const { call, asked } = await protect(single, () => json({ ...letIn, expiresAt: expiresAt() }));
    expect(await call({ authorization: "x" })).toBe(200);
    vi.setSystemTime(1_800_000_000_000 + seconds * 1000 - 1);
    expect([await call({ authorization: "x" }), asked().length]).toEqual([200, 1]);
    vi.setSystemTime(1_800_000_000_000 + seconds * 1000);
    expect([await call({ authorization: "x" }), asked().length]).toEqual([200, 2]);
  });

  test("another token asks again, a refusal each time", async () => {
    const { call, asked } = await protect(single, (given) => json({ active: given.body.includes("good") }));
    const statuses = [];
    for (const token of ["good", "good", "bad", "bad", "good2"]) {
      statuses.push(await call({ authorization: token }));
    }
    expect([statuses, asked().length]).toEqual([[200, 200, 401, 401, 200], 4]);
  });

  test("requests with the same arguments share one call", async () => {
    let release: (result: FunctionResult) => void = () => {};
    const answered = new Promise<FunctionResult>((resolve) => {
      release = resolve;
    });
    const { call, asked } = await protect(single, () => answered);
    const calls = [1, 2, 3].map(() => call({ authorization: "x" }));
    const other = call({ authorization: "y" });
    await vi.waitFor(() => expect(asked().length).toBe(2));
    release(json(letIn));
    expect(await Promise.all([...calls, other])).toEqual([200, 200, 200, 200]);
    expect(asked().length).toBe(2);
  });

  const both = { key: "request.headers[x-key]", id: "request.query[id]", body: "request.body" };
  const post = (url: string, key: string, id: string, body: string) =>
    fetch(`${url}/a?id=${id}`, { method: "POST", body, headers: { "x-key": key } });

  test("by all arguments but the body", async () => {
    const { url, asked } = await protect(custom({ parameters: both }));
    await post(url, "k", "1", "one");
    await post(url, "k", "1", "two");
    expect(asked().length).toBe(1);
    await post(url, "k", "2", "one");
    await post(url, "l", "1", "one");
    expect(asked().length).toBe(3);
  });

  test("by the arguments of cacheKey", async () => {
    const { url, asked } = await protect(custom({ parameters: both, cacheKey: ["key"] }));
    await post(url, "k", "1", "one");
    await post(url, "k", "2", "two");
    expect(asked().length).toBe(1);
    await post(url, "l", "1", "one");
    expect(asked().length).toBe(2);
  });

  test("not at all when there is only the body", async () => {
    const { url, asked } = await protect(custom({ parameters: { body: "request.body" } }));
    await post(url, "k", "1", "one");
    await post(url, "k", "1", "one");
    expect(asked().length).toBe(2);
  });

  test("values that look alike aren't the same", async () => {
    const parameters = { a: "request.query[a]", b: "request.query[b]" };
    const { call, asked } = await protect(custom({ parameters }));
    const queries = ["a=1,2", "a=1&a=2", "a=1&b=2", "a=1", "b=1", "a", ""];
    for (const query of queries) expect(await call({}, `/a?${query}`)).toBe(200);
    expect(asked().length).toBe(queries.length);
  });
});

// "API Gateway log details": execution lines name the function that they are about.
test("each line of the log names its function, the authorizer's or the back end's", async () => {
  const { call, logged } = await protect(single, undefined, {
    routes: [{ path: "/a", backend: functionBackend }],
  });
  expect(await call({ authorization: "abc" })).toBe(200);
  const named = (await logged()).flatMap((event) =>
    event.type === "execution" ? [`${event.code} ${event.functionId}`] : [],
  );
  expect(named).toEqual([
    `customAuthentication.cacheMiss ${authorizerId}`,
    `customAuthentication.successfulFunctionInvocation ${authorizerId}`,
    `customAuthentication.successfulAuthentication ${authorizerId}`,
    `functionBackend.successfulRequest ${functionId}`,
  ]);
});
