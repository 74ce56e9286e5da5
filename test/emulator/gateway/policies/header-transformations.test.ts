import { once } from "node:events";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { TLSSocket } from "node:tls";
import { describe, expect, onTestFinished, test } from "vitest";
import { cert, key } from "../certificate.ts";
import { codes, functionBackend, openPlane, sendRaw, startBackend } from "../harness.ts";

interface Sent {
  transformations: object;
  /** Lines of the request beside Host. */
  lines?: string[];
  path?: string;
}

/** Lets a request through the transformations to an HTTP back end; gives its headers by name, and the log. */
async function transformed({ transformations, lines = [], path = "/v1/a" }: Sent) {
  const seen: NodeJS.Dict<string[]>[] = [];
  const url = await startBackend((request, response) => {
    seen.push(request.headersDistinct);
    response.end();
  });
  const { port, logged } = await openPlane({
    routes: [
      {
        path: "/{id}",
        backend: { type: "HTTP_BACKEND", url },
        requestPolicies: { headerTransformations: transformations },
      },
    ],
  });
  const answer = await sendRaw(
    port,
    Buffer.from(
      [`GET ${path} HTTP/1.1`, "Host: api.example.com", ...lines, "Connection: close", "", ""].join("\r\n"),
      "latin1",
    ),
  );
  expect(answer.status).toBe(200);
  const log = (await logged()).flatMap((event) =>
    event.type === "execution" && event.level !== "INFO" ? [`${event.code}: ${event.message}`] : [],
  );
  return { headers: seen[0] ?? {}, origin: new URL(url).host, log };
}

const authorizerId = "ocid1.fnfunc.oc1.iad.authorizer";
const set = (...items: object[]) => ({ setHeaders: { items } });

// "Adding Header Transformation Request Policies"
describe("set", () => {
  test("a header that isn't there, one header for each value", async () => {
    const { headers, log } = await transformed({
      transformations: set({ name: "X-A", values: ["1", "b c", ""] }),
    });
    expect(headers["x-a"]).toEqual(["1", "b c", ""]);
    expect(log).toEqual([]);
  });

  test.each<[ifExists: string | undefined, expected: string[]]>([
    [undefined, ["new"]],
    ["OVERWRITE", ["new"]],
    ["APPEND", ["one", "two", "new"]],
    ["SKIP", ["one", "two"]],
  ])("one that is there: %s", async (ifExists, expected) => {
    const { headers } = await transformed({
      transformations: set({ name: "x-a", values: ["new"], ifExists }),
      lines: ["X-A: one", "x-a: two"],
    });
    expect(headers["x-a"]).toEqual(expected);
  });

  test("context variables, of several values the first", async () => {
    const { headers } = await transformed({
      transformations: set({
        name: "x-a",
        values: [
          "${request.path[id]} ${request.query[q]} ${request.headers[X-B]} ${request.host} ${request.subdomain[example.com]}",
        ],
      }),
      path: "/v1/a%20b?q=San+Jos%C3%A9&q=2",
      lines: ["x-b: \xe4", "X-B: second"],
    });
    expect(headers["x-a"]).toEqual(["a%20b San+Jos%C3%A9 \xe4 api.example.com api"]);
  });

  // The page's own example of a context variable.
  test("the request's id, also when the client gave none", async () => {
    const { headers } = await transformed({
      transformations: set({ name: "x-a", values: ["${request.headers[opc-request-id]}"] }),
    });
    expect(headers["x-a"]).toEqual(headers["opc-request-id"]);
  });

  test("context variables see the original", async () => {
    const { headers } = await transformed({
      transformations: set(
        { name: "x-a", values: ["new"] },
        { name: "x-b", values: ["${request.headers[x-a]}"] },
      ),
      lines: ["X-A: old"],
    });
    expect([headers["x-a"], headers["x-b"]]).toEqual([["new"], ["old"]]);
  });

  test("a variable without a value leaves nothing in a text", async () => {
    const { headers, log } = await transformed({
      transformations: set({ name: "x-a", values: ["<${request.headers[x-b]}>"] }),
    });
    expect([headers["x-a"], log]).toEqual([["<>"], []]);
  });

  // "Header transformations do not work as expected": the gateway skips the update.
  test("a value of variables only, none of which is there", async () => {
    const { headers, log } = await transformed({
      transformations: set(
        { name: "x-a", values: ["${request.headers[x-c]}"] },
        { name: "x-b", values: ["${request.headers[x-c]}", "2"] },
      ),
      lines: ["X-A: old"],
    });
    expect([headers["x-a"], headers["x-b"]]).toEqual([["old"], ["2"]]);
    expect(log).toEqual([
      "headerTransformation.missingSetValues: the request has no value for header x-a: it is left as it was",
      "headerTransformation.missingSetValues: the request has no value for header x-b: the other values are set",
    ]);
  });

  test.each<[name: string, item: object, host: string | undefined]>([
    ["set", { name: "host", values: ["${request.headers[x-tenant]}.example.org"] }, "a.example.org"],
    ["kept: the URL's", { name: "Host", values: ["h"], ifExists: "SKIP" }, undefined],
    ["without a value: the URL's", { name: "Host", values: ["${request.headers[x-none]}"] }, undefined],
  ])("the Host of an HTTP back end: %s", async (_name, item, host) => {
    const { headers, origin } = await transformed({ transformations: set(item), lines: ["X-Tenant: a"] });
    expect(headers.host).toEqual([host ?? origin]);
  });

  test("Host doesn't change whose certificate TLS asks for", async () => {
    const seen: unknown[] = [];
    const server = createServer({ cert, key }, ({ socket, headers }, response) => {
      seen.push((socket as TLSSocket).servername, headers.host);
      response.end();
    }).listen(0, "127.0.0.1");
    onTestFinished(() => void server.close());
    await once(server, "listening");
    const url = `https://localhost:${(server.address() as AddressInfo).port}`;
    const plane = await openPlane({
      routes: [
        {
          path: "/a",
          backend: { type: "HTTP_BACKEND", url, isSslVerifyDisabled: true },
          requestPolicies: { headerTransformations: set({ name: "host", values: ["api.example.com"] }) },
        },
      ],
    });
    expect((await fetch(`${plane.url}/a`)).status).toBe(200);
    expect(seen).toEqual(["localhost", "api.example.com"]);
  });

  test("the client's Connection takes away nothing that is set", async () => {
    const { headers } = await transformed({
      transformations: set({ name: "x-a", values: ["1"] }),
      lines: ["Connection: X-A, X-B", "X-B: 2"],
    });
    expect([headers["x-a"], headers["x-b"]]).toEqual([["1"], undefined]);
  });
});

describe("rename", () => {
  test("all values, in the new name", async () => {
    const { headers } = await transformed({
      transformations: { renameHeaders: { items: [{ from: "x-username", to: "X-User-ID" }] } },
      lines: ["X-Username: jane", "X-USERNAME: joe", "X-User-Id: forged"],
    });
    expect([headers["x-username"], headers["x-user-id"]]).toEqual([undefined, ["jane", "joe"]]);
  });

  test("one that isn't there changes nothing", async () => {
    const { headers } = await transformed({
      transformations: { renameHeaders: { items: [{ from: "x-a", to: "x-b" }] } },
      lines: ["X-B: 1"],
    });
    expect([headers["x-a"], headers["x-b"]]).toEqual([undefined, ["1"]]);
  });
});

describe("filter", () => {
  test("BLOCK", async () => {
    const { headers } = await transformed({
      transformations: { filterHeaders: { type: "BLOCK", items: [{ name: "USER-AGENT" }, { name: "x-a" }] } },
      lines: ["User-Agent: u", "X-A: 1", "x-a: 2", "X-B: 3"],
    });
    expect([headers["user-agent"], headers["x-a"], headers["x-b"]]).toEqual([undefined, undefined, ["3"]]);
  });

  test("ALLOW comes last and leaves what is protected and what the gateway adds", async () => {
    const { headers } = await transformed({
      transformations: {
        ...set({ name: "x-a", values: ["1"] }, { name: "x-b", values: ["2"] }),
        renameHeaders: {
          items: [
            { from: "x-c", to: "x-d" },
            { from: "x-e", to: "x-f" },
          ],
        },
        filterHeaders: { type: "ALLOW", items: [{ name: "X-A" }, { name: "X-D" }, { name: "X-C" }] },
      },
      lines: ["X-C: 3", "X-E: 4", "X-G: 5", "Authorization: Bearer t", "Cookie: a=b", "Origin: http://o"],
    });
    const names = Object.keys(headers).sort();
    expect(names).toEqual([
      "cdn-loop",
      "connection",
      "cookie",
      "forwarded",
      "host",
      "opc-request-id",
      "origin",
      "x-a",
      "x-d",
      "x-forwarded-for",
      "x-real-ip",
    ]);
  });
});

test.each<[name: string, transformations: object, forwarded: string]>([
  ["blocked", { filterHeaders: { type: "BLOCK", items: [{ name: "forwarded" }] } }, "for=127.0.0.1"],
  ["set", set({ name: "Forwarded", values: ["for=b"] }), "for=b, for=127.0.0.1"],
  ["as it came", set({ name: "x-a", values: ["1"] }), "for=a, for=127.0.0.1"],
])("the client's Forwarded, %s, stands before the gateway's", async (_name, transformations, forwarded) => {
  const { headers } = await transformed({ transformations, lines: ["Forwarded: for=a"] });
  expect(headers.forwarded).toEqual([forwarded]);
});

test("a function sees the headers transformed, and only those", async () => {
  const { url, calls } = await openPlane({
    routes: [
      {
        path: "/a",
        backend: functionBackend,
        requestPolicies: {
          headerTransformations: {
            ...set({ name: "content-type", values: ["text/x"] }, { name: "x-a", values: ["1", "2"] }),
            filterHeaders: { type: "BLOCK", items: [{ name: "x-b" }] },
          },
        },
      },
    ],
  });
  await fetch(`${url}/a`, { method: "POST", body: "{}", headers: { "x-a": "old", "x-b": "secret" } });
  const headers = (calls[0]?.headers ?? []).filter(([name]) => /content-type$|x-[ab]$/i.test(name));
  expect(headers).toEqual([
    ["Content-Type", "text/x"],
    ["Fn-Http-H-Content-Type", "text/x"],
    ["Fn-Http-H-X-A", "1"],
    ["Fn-Http-H-X-A", "2"],
  ]);
  expect(calls[0]?.body.toString()).toBe("{}");
});

// "Adding Header Transformation Response Policies"
describe("of an answer", () => {
  const policies = {
    headerTransformations: {
      ...set(
        { name: "X-Set", values: ["${request.query[q]}"] },
        { name: "x-gone", values: ["${request.headers[x-none]}"] },
      ),
      renameHeaders: {
        items: [
          { from: "x-old", to: "X-New" },
          { from: "server", to: "X-Server" },
        ],
      },
      filterHeaders: { type: "BLOCK", items: [{ name: "x-secret" }] },
    },
  };
  const given: [name: string, value: string][] = [
    ["X-Old", "1"],
    ["X-Secret", "2"],
    ["X-Kept", "3"],
    ["Server", "nginx/1.2.3"],
    ["Content-Type", "text/plain"],
  ];
  const read = (headers: Headers) =>
    ["x-old", "x-new", "x-secret", "x-kept", "x-set", "server", "x-server", "content-type", "x-gone"].map(
      (name) => headers.get(name),
    );
  const expected = [null, "1", null, "3", "q", "Oracle API Gateway", "nginx/1.2.3", "text/plain", null];

  test("a function's", async () => {
    const headers = given.map(([name, value]) => [`Fn-Http-H-${name}`, value] as const);
    const { url, logged } = await openPlane({
      routes: [{ path: "/a", backend: functionBackend, responsePolicies: policies }],
      invoke: () => ({ kind: "answer", headers, body: Buffer.from("b") }),
    });
    const answer = await fetch(`${url}/a?q=q`);
    expect(read(answer.headers)).toEqual(expected);
    expect(await answer.text()).toBe("b");
    expect(codes(await logged())).toEqual([
      "INFO functionBackend.successfulRequest",
      "WARN headerTransformation.missingSetValues",
    ]);
  });

  test("an HTTP back end's, streamed", async () => {
    const backend = await startBackend((_request, response) => {
      response.writeHead(201, given.flat());
      response.write("one ");
      response.end("two");
    });
    const { url } = await openPlane({
      routes: [{ path: "/a", backend: { type: "HTTP_BACKEND", url: backend }, responsePolicies: policies }],
    });
    const answer = await fetch(`${url}/a?q=q`);
    expect([answer.status, await answer.text()]).toEqual([201, "one two"]);
    expect(read(answer.headers)).toEqual(expected);
  });

  test("a stock response", async () => {
    const headers = given.map(([name, value]) => ({ name, value }));
    const { url } = await openPlane({
      routes: [
        {
          path: "/a",
          backend: { type: "STOCK_RESPONSE_BACKEND", status: 200, headers },
          responsePolicies: policies,
        },
      ],
    });
    const answer = await fetch(`${url}/a?q=q`);
    expect(read(answer.headers)).toEqual(expected);
  });

  test("of each back end that is chosen dynamically", async () => {
    const backend = await startBackend((_request, response) => void response.end("http"));
    const chosen = (name: string, inner: object) => ({
      key: { type: "ANY_OF", name, values: [name] },
      backend: inner,
    });
    const { url } = await openPlane({
      routes: [
        {
          path: "/a",
          backend: {
            type: "DYNAMIC_ROUTING_BACKEND",
            selectionSource: { type: "SINGLE", selector: "request.query[q]" },
            routingBackends: [
              chosen("http", { type: "HTTP_BACKEND", url: backend }),
              chosen("function", functionBackend),
              chosen("stock", { type: "STOCK_RESPONSE_BACKEND", status: 200 }),
            ],
          },
          responsePolicies: policies,
        },
      ],
    });
    for (const name of ["http", "function", "stock"]) {
      expect((await fetch(`${url}/a?q=${name}`)).headers.get("x-set")).toBe(name);
    }
    expect((await fetch(`${url}/a?q=none`)).headers.get("x-set")).toBe(null);
  });

  test("filters leave what the gateway sets, and its framing", async () => {
    const { url } = await openPlane({
      routes: [
        {
          path: "/a",
          backend: {
            type: "STOCK_RESPONSE_BACKEND",
            status: 200,
            body: "b",
            headers: [{ name: "x-a", value: "1" }],
          },
          responsePolicies: {
            headerTransformations: {
              ...set({ name: "server", values: ["mine"] }, { name: "x-xss-protection", values: ["0"] }),
              filterHeaders: { type: "ALLOW", items: [{ name: "server" }] },
            },
          },
        },
      ],
    });
    const answer = await fetch(`${url}/a`);
    expect([...answer.headers.keys()].sort()).toEqual([
      "connection",
      "content-length",
      "date",
      "opc-request-id",
      "server",
      "strict-transport-security",
      "x-content-type-options",
      "x-frame-options",
      "x-xss-protection",
    ]);
    expect([answer.headers.get("server"), answer.headers.get("x-xss-protection")]).toEqual([
      "Oracle API Gateway",
      "1; mode=block",
    ]);
    expect(await answer.text()).toBe("b");
  });

  test("errors of the gateway are not transformed", async () => {
    const { url } = await openPlane({
      routes: [{ path: "/a", backend: functionBackend, responsePolicies: policies }],
      invoke: () => ({ kind: "failure", status: 504, code: "FunctionInvokeTimeout", message: "" }),
    });
    const answer = await fetch(`${url}/a?q=q`);
    expect([answer.status, answer.headers.get("x-set"), await answer.json()]).toEqual([
      504,
      null,
      { code: 504, message: "Gateway Timeout" },
    ]);
  });
});

test.each<[user: string, headers: (string | null)[]]>([
  ["jane", ["jane", "jane"]],
  ["jane\r\nX-Admin: true", [null, null]],
  ["jane\0", [null, null]],
  ["日本", [null, null]],
])("what an authorizer function gives, %j, injects no header", async (user, expected) => {
  const transformations = set({ name: "x-user", values: ["${request.auth[user]}"] });
  const { url, calls, logged } = await openPlane({
    specification: {
      requestPolicies: {
        authentication: { type: "CUSTOM_AUTHENTICATION", functionId: authorizerId, tokenHeader: "X-Token" },
      },
    },
    routes: [
      {
        path: "/a",
        backend: functionBackend,
        requestPolicies: { headerTransformations: transformations },
        responsePolicies: { headerTransformations: transformations },
      },
    ],
    invoke: ({ functionId }) => ({
      kind: "answer",
      headers: [],
      body: Buffer.from(
        functionId === authorizerId ? JSON.stringify({ active: true, context: { user } }) : "{}",
      ),
    }),
  });
  const answer = await fetch(`${url}/a`, { headers: { "x-token": "t" } });
  const received = calls[1]?.headers.find(([name]) => name === "Fn-Http-H-X-User")?.[1] ?? null;
  expect([answer.status, received, answer.headers.get("x-user")]).toEqual([200, ...expected]);
  expect(answer.headers.get("x-admin")).toBe(null);
  const bad = codes(await logged()).filter((code) => code === "WARN headerTransformation.badHeaderValue");
  expect(bad.length).toBe(user === "jane" ? 0 : 2);
});

test("the log's level in force holds", async () => {
  const { url, logged } = await openPlane({
    routes: [
      {
        path: "/a",
        backend: { type: "STOCK_RESPONSE_BACKEND", status: 200 },
        requestPolicies: { headerTransformations: set({ name: "x-a", values: ["${request.headers[x-b]}"] }) },
        loggingPolicies: { executionLog: { logLevel: "ERROR" } },
      },
    ],
  });
  await fetch(`${url}/a`);
  expect(codes(await logged())).toEqual([]);
});
