import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileSelection } from "../../../emulator/gateway/policies/selection.ts";
import type { Exchange } from "../../../emulator/gateway/server/exchange.ts";
import type { SelectionKey } from "../../../emulator/gateway/specification/selection.ts";
import { codes, functionBackend, functionId, openPlane, sendRaw, startBackend } from "./harness.ts";

const stock = (body: string) => ({ type: "STOCK_RESPONSE_BACKEND", status: 200, body });
const anyOf = (name: string, values?: string[], isDefault?: boolean) => ({
  type: "ANY_OF",
  name,
  values,
  isDefault,
});
const wildcard = (name: string, expression: string, isDefault?: boolean) => ({
  type: "WILDCARD",
  name,
  expression,
  isDefault,
});
type Rule = [key: { name: string }, backend?: object];
const routedBy = (selector: string, rules: Rule[], path = "/a/{p}") => ({
  path,
  methods: ["GET"],
  backend: {
    type: "DYNAMIC_ROUTING_BACKEND",
    selectionSource: { type: "SINGLE", selector },
    routingBackends: rules.map(([key, backend = stock(key.name)]) => ({ key, backend })),
  },
});

// "Selecting API Gateway Back Ends Dynamically Based on Request Elements"
describe("the rule that is taken", () => {
  const rules: Rule[] = [
    [wildcard("star", "be*")],
    [wildcard("plus", "beta+")],
    [wildcard("end", "*.COM")],
    [wildcard("some-end", "+-x")],
    [anyOf("exact", ["Beta", "Gamma"])],
    [anyOf("default", ["fallback"], true)],
  ];
  test.each([
    ["beta", "exact", "backendMatched"],
    ["BETA", "exact", "backendMatched"],
    ["beta1", "star", "backendMatched"],
    ["be", "star", "backendMatched"],
    ["Be", "default", "defaultBackendMatched"],
    ["a.COM", "end", "backendMatched"],
    [".COM", "end", "backendMatched"],
    ["a.com", "default", "defaultBackendMatched"],
    ["-x", "default", "defaultBackendMatched"],
    ["a-x", "some-end", "backendMatched"],
    ["Fallback", "default", "backendMatched"],
    ["", "default", "defaultBackendMatched"],
    [undefined, "default", "defaultBackendMatched"],
  ])("for %j is %s", async (value, name, code) => {
    const { url, events, logged } = await openPlane({ routes: [routedBy("request.headers[X-To]", rules)] });
    const response = await fetch(`${url}/a/1`, { headers: value === undefined ? {} : { "x-to": value } });
    expect(await response.text()).toBe(name);
    await logged();
    expect(codes(events)).toEqual([`INFO dynamicRouting.${code}`]);
    expect(events.at(-1)).toMatchObject({ route: "/a/{p}", backendType: "STOCK_RESPONSE_BACKEND" });
  });

  test("is the first of several expressions", async () => {
    const { url } = await openPlane({
      routes: [routedBy("request.query[to]", [[wildcard("first", "b*")], [wildcard("second", "be*")]])],
    });
    expect(await (await fetch(`${url}/a/1?to=beta&to=other`)).text()).toBe("first");
  });

  test.each([
    ["request.path[p]", "hit"],
    ["request.query[q]", "hit"],
    ["request.host", "hit.example.com"],
    ["request.subdomain[example.com]", "hit"],
  ])("depends on %s", async (selector, value) => {
    const { port } = await openPlane({ routes: [routedBy(selector, [[anyOf("it", [value])]])] });
    const answer = await sendRaw(
      port,
      "GET /v1/a/hit?q=hit HTTP/1.1\r\nHost: hit.example.com\r\nConnection: close\r\n\r\n",
    );
    expect([answer.status, answer.body]).toEqual([200, "it"]);
  });
});

test("property: exact values first, then expressions in their order, then the default", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "B", "b", "-"), maxLength: 4 });
  const expression = fc
    .tuple(fc.constantFrom("*", "+"), fc.boolean(), text)
    .filter(([, , literal]) => literal !== "")
    .map(([sign, isAtStart, literal]) => (isAtStart ? sign + literal : literal + sign));
  const chosen = fc.record({
    values: fc.uniqueArray(text, { maxLength: 3, selector: (value) => value.toLowerCase() }),
    expressions: fc.uniqueArray(expression, { maxLength: 4 }),
    hasDefault: fc.boolean(),
  });
  fc.assert(
    fc.property(chosen, fc.option(text, { nil: undefined }), ({ values, expressions, hasDefault }, value) => {
      const keys: SelectionKey[] = [
        ...expressions.map((each) => ({ type: "WILDCARD" as const, name: each, expression: each })),
        ...values.map((each) => ({ type: "ANY_OF" as const, name: `=${each}`, values: [each] })),
        ...(hasDefault ? [{ type: "ANY_OF" as const, name: "default", isDefault: true }] : []),
      ];
      const select = compileSelection(
        { type: "SINGLE", selector: "request.headers[x]" },
        keys.map((key) => ({ key, value: key.name })),
      );
      const exact = values.find((each) => each.toLowerCase() === value?.toLowerCase());
      const byPattern = expressions.find(
        (each) =>
          value !== undefined &&
          new RegExp(`^${each.replace("*", ".*").replace(/^[+]|[+]$/, ".+")}$`).test(value),
      );
      const name = exact === undefined ? (byPattern ?? (hasDefault ? "default" : undefined)) : `=${exact}`;
      const first = new Map(value === undefined ? [] : [["x", value]]);
      expect(select({ head: { first } } as unknown as Exchange)).toEqual(
        name && { value: name, name, isDefault: name === "default" },
      );
    }),
  );
});

test("no rule and no default", async () => {
  const { url, events, logged } = await openPlane({
    routes: [routedBy("request.query[to]", [[anyOf("a", ["a"])]])],
  });
  const response = await fetch(`${url}/a/1?to=b`);
  // unverified in Oracle's documents: 404
  expect([response.status, await response.json()]).toEqual([404, { code: 404, message: "Not Found" }]);
  await logged();
  expect(codes(events)).toEqual(["WARN dynamicRouting.backendRejected"]);
  expect(events.at(-1)).toMatchObject({ status: 404, backendType: "DYNAMIC_ROUTING_BACKEND" });
});

test("a function and an HTTP back end are chosen, and each keeps its own logs", async () => {
  const origin = await startBackend((request, response) => void response.end(`http ${request.url}`));
  const { url, calls, logged } = await openPlane({
    routes: [
      routedBy("request.query[to]", [
        [anyOf("f", ["f"]), functionBackend],
        [anyOf("h", ["h"], true), { type: "HTTP_BACKEND", url: `${origin}/b/\${request.path[p]}` }],
      ]),
    ],
    invoke: () => ({ kind: "answer", headers: [], body: Buffer.from("function") }),
  });
  expect(await (await fetch(`${url}/a/1?to=f`)).text()).toBe("function");
  expect(calls.map((call) => call.functionId)).toEqual([functionId]);
  expect(await (await fetch(`${url}/a/1`)).text()).toBe("http /b/1");
  const events = await logged(2);
  expect(codes(events)).toEqual([
    "INFO dynamicRouting.backendMatched",
    "INFO functionBackend.successfulRequest",
    "INFO dynamicRouting.defaultBackendMatched",
    "INFO httpBackend.formedBackendUrl",
    "INFO httpBackend.requestSent",
    "INFO httpBackend.responseReceived",
  ]);
  expect(events.flatMap((event) => (event.type === "access" ? [event.backendType] : []))).toEqual([
    "ORACLE_FUNCTIONS_BACKEND",
    "HTTP_BACKEND",
  ]);
});

// "Adding Context Variables to Policies and HTTP Back End Definitions"
describe("the selector in a back end's host", () => {
  const openHost = async () => {
    const origin = await startBackend((request, response) => void response.end(request.headers.host));
    const { port } = new URL(origin);
    const plane = await openPlane({
      routes: [
        routedBy("request.headers[to]", [
          [
            anyOf("d", undefined, true),
            { type: "HTTP_BACKEND", url: `http://\${request.headers[to]}:${port}/` },
          ],
        ]),
      ],
    });
    return { ...plane, backendPort: port };
  };

  test("becomes the host", async () => {
    const { url, backendPort } = await openHost();
    const response = await fetch(`${url}/a/1`, { headers: { to: "localhost" } });
    expect([response.status, await response.text()]).toEqual([200, `localhost:${backendPort}`]);
  });

  test.each([
    "",
    "a:1",
    "user@127.0.0.1",
    "127.0.0.1/x?",
    "127.0.0.1#",
    "127.0.0.1\\",
    "127.0.0.1%2f",
    "[::1]",
    "a..b",
    ".a",
    "a.",
    "a b",
    "256.256.256.256",
  ])("is refused as %j", async (to) => {
    const { url, events, logged } = await openHost();
    const response = await fetch(`${url}/a/1`, { headers: { to } });
    expect([response.status, await response.json()]).toEqual([400, { code: 400, message: "Bad Request" }]);
    await logged();
    expect(codes(events)).toEqual([
      "INFO dynamicRouting.defaultBackendMatched",
      "ERROR httpBackend.urlInvalid",
    ]);
  });
});
