import { describe, expect, test } from "vitest";
import { codes, functionBackend, openPlane, sendRaw, startBackend } from "../harness.ts";

/** The target that an HTTP back end gets. */
async function transformed(queryParameterTransformations: object, query: string, lines: string[] = []) {
  const targets: string[] = [];
  const url = await startBackend((request, response) => {
    targets.push(request.url ?? "");
    response.end();
  });
  const { port } = await openPlane({
    routes: [
      {
        path: "/{id}",
        backend: { type: "HTTP_BACKEND", url: `${url}/b` },
        requestPolicies: { queryParameterTransformations },
      },
    ],
  });
  const head = [`GET /v1/a&b${query} HTTP/1.1`, "Host: h", ...lines, "Connection: close", "", ""].join(
    "\r\n",
  );
  expect((await sendRaw(port, Buffer.from(head, "latin1"))).status).toBe(200);
  return targets[0];
}

const set = (...items: object[]) => ({ setQueryParameters: { items } });

// "Adding Query Parameter Transformation Request Policies"
describe("set", () => {
  test.each<[ifExists: string | undefined, expected: string]>([
    [undefined, "/b?c=3&a=new"],
    ["OVERWRITE", "/b?c=3&a=new"],
    ["APPEND", "/b?a=1&a=2&c=3&a=new"],
    ["SKIP", "/b?a=1&a=2&c=3"],
  ])("one that is there: %s", async (ifExists, expected) => {
    expect(await transformed(set({ name: "a", values: ["new"], ifExists }), "?a=1&a=2&c=3")).toBe(expected);
  });

  test("one parameter for each value", async () => {
    expect(await transformed(set({ name: "a", values: ["1", "2"] }), "")).toBe("/b?a=1&a=2");
  });

  test("names know case, and are what a back end takes them for", async () => {
    expect(await transformed(set({ name: "a", values: ["new"] }), "?A=1&%61=2&b")).toBe("/b?A=1&b&a=new");
  });

  test("a literal is encoded where a query can't hold it", async () => {
    expect(await transformed(set({ name: "a b&c=d", values: ["1&x=2;y#z %zz%20+é"] }), "")).toBe(
      "/b?a%20b%26c%3Dd=1%26x=2%3By%23z%20%25zz%20+%C3%A9",
    );
  });

  // "Adding Context Variables to Policies and HTTP Back End Definitions": the encoded value is substituted.
  test("a value of the request stays as it was encoded", async () => {
    expect(await transformed(set({ name: "a", values: ["${request.query[q]}"] }), "?q=San+Jos%C3%A9")).toBe(
      "/b?q=San+Jos%C3%A9&a=San+Jos%C3%A9",
    );
  });

  test("no value adds a parameter or ends the query", async () => {
    const values = ["${request.path[id]}", "${request.headers[x-a]}", "${request.headers[x-b]}"];
    expect(
      await transformed(set({ name: "a", values }), "", ['X-A: 1&admin=true;x #?\t"<\\', "X-B: \xc3\xa9"]),
    ).toBe("/b?a=a%26b&a=1%26admin=true%3Bx%20%23?%09%22%3C%5C&a=%C3%A9");
  });

  test("a value that isn't there is empty", async () => {
    expect(await transformed(set({ name: "a", values: ["${request.query[b]}"] }), "?c=1")).toBe("/b?c=1&a=");
  });

  test("variables see the original", async () => {
    const items = [
      { name: "a", values: ["new"] },
      { name: "b", values: ["${request.query[a]}"] },
    ];
    expect(await transformed(set(...items), "?a=old")).toBe("/b?a=new&b=old");
  });
});

test("rename: all values, in place of what has the new name", async () => {
  const items = [
    { from: "a", to: "b" },
    { from: "none", to: "c" },
  ];
  expect(await transformed({ renameQueryParameters: { items } }, "?a=1&b=2&a&c=3&a=")).toBe(
    "/b?c=3&b=1&b&b=",
  );
});

describe("filter", () => {
  test.each<[type: string, query: string, expected: string]>([
    ["BLOCK", "?a=1&A=2&%61=3&b&a", "/b?A=2&b"],
    ["BLOCK", "?a=1", "/b"],
    ["BLOCK", "", "/b"],
    ["ALLOW", "?a=1&A=2&%61=3&b", "/b?a=1&%61=3"],
    ["ALLOW", "?b=1", "/b"],
  ])("%s %s", async (type, query, expected) => {
    expect(await transformed({ filterQueryParameters: { type, items: [{ name: "a" }] } }, query)).toBe(
      expected,
    );
  });

  test("comes last", async () => {
    const transformations = {
      ...set({ name: "a", values: ["1"] }, { name: "b", values: ["2"] }),
      renameQueryParameters: { items: [{ from: "c", to: "d" }] },
      filterQueryParameters: { type: "ALLOW", items: [{ name: "a" }, { name: "c" }] },
    };
    expect(await transformed(transformations, "?c=3&e=4")).toBe("/b?a=1");
  });
});

test("a function sees the query transformed", async () => {
  const { url, calls } = await openPlane({
    routes: [
      {
        path: "/a",
        backend: functionBackend,
        requestPolicies: { queryParameterTransformations: set({ name: "a", values: ["1"] }) },
      },
    ],
  });
  await fetch(`${url}/a?b=2`);
  expect(calls[0]?.headers.find(([name]) => name === "Fn-Http-Request-Url")?.[1]).toBe("/v1/a?b=2&a=1");
});

test("without transformations the query goes on as it came", async () => {
  expect(await transformed({}, "?&a=1&&b=&")).toBe("/b?&a=1&&b=&");
});

test("header and query transformations leave the log alone when nothing is wrong", async () => {
  const { url, logged } = await openPlane({
    routes: [
      {
        path: "/a",
        backend: { type: "STOCK_RESPONSE_BACKEND", status: 200 },
        requestPolicies: { queryParameterTransformations: set({ name: "a", values: ["${request.host}"] }) },
      },
    ],
  });
  await fetch(`${url}/a`);
  expect(codes(await logged())).toEqual([]);
});
