import { describe, expect, test } from "vitest";
import { checkSpecification } from "../../../../emulator/gateway/index.ts";

const backend = { type: "STOCK_RESPONSE_BACKEND", status: 200 };
const request = (requestPolicies: unknown) => ({ routes: [{ path: "/a", backend, requestPolicies }] });
const response = (responsePolicies: unknown) => ({ routes: [{ path: "/a", backend, responsePolicies }] });

/** The three transformations; limits: "Adding Header Transformation Request Policies" and the two pages beside it. */
const kinds = [
  {
    at: "specification.routes[0].requestPolicies.headerTransformations",
    put: (headerTransformations: unknown) => request({ headerTransformations }),
    noun: "header",
    set: "setHeaders",
    rename: "renameHeaders",
    filter: "filterHeaders",
  },
  {
    at: "specification.routes[0].responsePolicies.headerTransformations",
    put: (headerTransformations: unknown) => response({ headerTransformations }),
    noun: "header",
    set: "setHeaders",
    rename: "renameHeaders",
    filter: "filterHeaders",
  },
  {
    at: "specification.routes[0].requestPolicies.queryParameterTransformations",
    put: (queryParameterTransformations: unknown) => request({ queryParameterTransformations }),
    noun: "query parameter",
    set: "setQueryParameters",
    rename: "renameQueryParameters",
    filter: "filterQueryParameters",
  },
];

const some = <T>(count: number, each: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => each(index));
const setItems = (count: number) => some(count, (index) => ({ name: `a${index}`, values: ["1"] }));
const renameItems = (count: number) => some(count, (index) => ({ from: `b${index}`, to: `c${index}` }));
const filterItems = (count: number) => some(count, (index) => ({ name: `d${index}` }));
const values = (count: number) => [{ name: "a", values: some(count, String) }];

describe.each(kinds)("$at", ({ at, put, noun, set, rename, filter }) => {
  test.each<unknown>([
    undefined,
    null,
    {},
    { [set]: { items: [] }, [rename]: { items: [] }, [filter]: { type: "BLOCK", items: [] } },
    { [set]: { items: setItems(20) } },
    { [set]: { items: values(1) } },
    { [set]: { items: values(10) } },
    {
      [set]: {
        items: ["OVERWRITE", "APPEND", "SKIP", null].map((ifExists, index) => ({
          name: `a${index}`,
          values: [""],
          ifExists,
        })),
      },
    },
    {
      [set]: {
        items: [
          {
            name: "a",
            values: [
              "${request.path[a]}-${request.query[b]}-${request.headers[c]}-${request.auth[d]}-${request.host}-${request.subdomain[e]}",
            ],
          },
        ],
      },
    },
    { [rename]: { items: renameItems(20) } },
    { [filter]: { type: "BLOCK", items: filterItems(50) } },
    { [filter]: { type: "ALLOW", items: filterItems(50) } },
    // "with the exception of items in ALLOW lists"
    {
      [set]: { items: setItems(1) },
      [rename]: { items: renameItems(1) },
      [filter]: { type: "ALLOW", items: ["a0", "b0", "c0", "c0"].map((name) => ({ name })) },
    },
  ])("accepts %j", (value) => {
    expect(checkSpecification(put(value), "/v1")).toEqual([]);
  });

  const twice = (name: string, before: string) =>
    `is "${name}", which ${before} names already; a ${noun} may be named once in set, rename and filter, save in an ALLOW list`;
  test.each<[value: unknown, path: string, message: string]>([
    [7, "", "must be an object, but is 7"],
    [{ setBody: {} }, ".setBody", "is not a field that OCI has here; remove it or correct its name"],
    [{ [set]: {} }, `.${set}.items`, "is missing; it must be a list"],
    [{ [set]: { items: setItems(21) } }, `.${set}.items`, "must have at most 20 items, but has 21"],
    [{ [set]: { items: values(0) } }, `.${set}.items[0].values`, "must have at least 1 item, but has none"],
    [{ [set]: { items: values(11) } }, `.${set}.items[0].values`, "must have at most 10 items, but has 11"],
    [{ [set]: { items: [{ name: "a" }] } }, `.${set}.items[0].values`, "is missing; it must be a list"],
    [{ [set]: { items: [{ values: ["a"] }] } }, `.${set}.items[0].name`, "is missing; it must be a string"],
    [
      { [set]: { items: [{ name: "a", values: [1] }] } },
      `.${set}.items[0].values[0]`,
      "must be a string, but is 1",
    ],
    [
      { [set]: { items: [{ name: "a", values: ["1"], ifExists: "REPLACE" }] } },
      `.${set}.items[0].ifExists`,
      'must be one of OVERWRITE, APPEND, SKIP, but is "REPLACE"',
    ],
    [
      { [set]: { items: [{ name: "a", values: ["${request.body}"] }] } },
      `.${set}.items[0].values[0]`,
      "must not use ${request.body}: it is for authorizer functions' parameters only",
    ],
    [
      { [set]: { items: [{ name: "a", values: ["x${request.host"] }] } },
      `.${set}.items[0].values[0]`,
      'has "${" without "}" in "x${request.host"',
    ],
    [{ [rename]: { items: renameItems(21) } }, `.${rename}.items`, "must have at most 20 items, but has 21"],
    [{ [rename]: { items: [{ from: "a" }] } }, `.${rename}.items[0].to`, "is missing; it must be a string"],
    [
      { [filter]: { type: "BLOCK", items: filterItems(51) } },
      `.${filter}.items`,
      "must have at most 50 items, but has 51",
    ],
    [
      { [filter]: { type: "ALLOW", items: filterItems(51) } },
      `.${filter}.items`,
      "must have at most 50 items, but has 51",
    ],
    [{ [filter]: { items: [] } }, `.${filter}.type`, "is missing; it must be one of ALLOW, BLOCK"],
    [
      { [filter]: { type: "DENY", items: [] } },
      `.${filter}.type`,
      'must be one of ALLOW, BLOCK, but is "DENY"',
    ],
    [
      { [set]: { items: [...setItems(1), ...setItems(1)] } },
      `.${set}.items[1].name`,
      twice("a0", `${set}.items[0].name`),
    ],
    [
      { [set]: { items: setItems(1) }, [rename]: { items: [{ from: "a0", to: "b" }] } },
      `.${rename}.items[0].from`,
      twice("a0", `${set}.items[0].name`),
    ],
    [
      { [rename]: { items: [{ from: "a", to: "a" }] } },
      `.${rename}.items[0].to`,
      twice("a", `${rename}.items[0].from`),
    ],
    [
      { [set]: { items: setItems(1) }, [filter]: { type: "BLOCK", items: [{ name: "b" }, { name: "a0" }] } },
      `.${filter}.items[1].name`,
      twice("a0", `${set}.items[0].name`),
    ],
  ])("refuses %j", (value, path, message) => {
    expect(checkSpecification(put(value), "/v1")).toEqual([{ path: at + path, message }]);
  });

  test("says all at once", () => {
    const value = {
      [set]: { items: [{ name: "a" }, { name: "a", values: [] }] },
      [filter]: { type: "X", items: 1 },
    };
    expect(checkSpecification(put(value), "/v1")).toEqual([
      { path: `${at}.${set}.items[0].values`, message: "is missing; it must be a list" },
      { path: `${at}.${set}.items[1].values`, message: "must have at least 1 item, but has none" },
      { path: `${at}.${filter}.type`, message: 'must be one of ALLOW, BLOCK, but is "X"' },
      { path: `${at}.${filter}.items`, message: "must be a list, but is 1" },
      { path: `${at}.${set}.items[1].name`, message: twice("a", `${set}.items[0].name`) },
    ]);
  });
});

describe("names and values of headers", () => {
  const check = (value: unknown) =>
    checkSpecification(request({ headerTransformations: value }), "/v1").map(({ message }) => message);

  test("names know no case", () => {
    expect(
      check({
        setHeaders: {
          items: [
            { name: "X-A", values: ["1"] },
            { name: "x-a", values: ["1"] },
          ],
        },
      }),
    ).toEqual([
      'is "x-a", which setHeaders.items[0].name names already; a header may be named once in set, rename and filter, save in an ALLOW list',
    ]);
  });

  test.each(["", "a b", "a:", "ä", "a\r\nb", "\0"])("refuses the name %j", (name) => {
    expect(check({ setHeaders: { items: [{ name, values: ["1"] }] } })).toEqual([
      `must be a header's name, but is ${JSON.stringify(name)}`,
    ]);
  });

  test.each(["a\r\nb: c", "a\nb", "\0", "\u007f", "€"])("refuses the value %j", (text) => {
    expect(check({ setHeaders: { items: [{ name: "a", values: [text] }] } })).toEqual([
      "must hold characters that a header can carry: no line breaks, no control characters",
    ]);
  });
});

test("names of query parameters know case; what means the same name counts as twice", () => {
  const check = (...names: string[]) =>
    checkSpecification(
      request({
        queryParameterTransformations: {
          filterQueryParameters: { type: "BLOCK", items: names.map((name) => ({ name })) },
        },
      }),
      "/v1",
    ).map(({ message }) => message);
  expect(check("a", "A")).toEqual([]);
  expect(check("a b", "a%20b")).toEqual([
    'is "a%20b", which filterQueryParameters.items[0].name names already; a query parameter may be named once in set, rename and filter, save in an ALLOW list',
  ]);
  expect(check("")).toEqual(['must be a query parameter\'s name, but is ""']);
  expect(check("\ud800")).toEqual(['must be a query parameter\'s name, but is "\\ud800"']);
});

test("a query parameter's value that holds half a character", () => {
  const items = [{ name: "a", values: ["\ud800"] }];
  expect(
    checkSpecification(request({ queryParameterTransformations: { setQueryParameters: { items } } }), "/v1"),
  ).toEqual([
    {
      path: "specification.routes[0].requestPolicies.queryParameterTransformations.setQueryParameters.items[0].values[0]",
      message: "must be Unicode text, but holds half a character",
    },
  ]);
});

// "Protected Request Headers and Response Headers"
describe("protected headers", () => {
  const ofRequests =
    "cdn-loop connection content-length cookie expect keep-alive opc-request-id origin proxy-authorization te transfer-encoding upgrade x-forwarded-for x-real-ip";
  const ofResponses =
    "access-control-allow-credentials access-control-allow-headers access-control-allow-methods access-control-allow-origin access-control-expose-headers access-control-max-age connection content-length expect keep-alive opc-request-id proxy-authenticate public-key-pins retry-after strict-transport-security te trailers transfer-encoding upgrade x-content-type-options x-frame-options";
  const cases = [
    ...ofRequests.split(" ").map((name) => ({ direction: "request", name, put: request })),
    ...ofResponses.split(" ").map((name) => ({ direction: "response", name, put: response })),
  ];

  test.each(cases)(
    "$direction $name can't be set, renamed, renamed to or blocked",
    ({ direction, name, put }) => {
      const policies: [path: string, value: unknown][] = [
        ["setHeaders.items[0].name", { setHeaders: { items: [{ name, values: ["1"] }] } }],
        ["renameHeaders.items[0].from", { renameHeaders: { items: [{ from: name, to: "x-a" }] } }],
        [
          "renameHeaders.items[0].to",
          { renameHeaders: { items: [{ from: "x-a", to: name.toUpperCase() }] } },
        ],
        ["filterHeaders.items[0].name", { filterHeaders: { type: "BLOCK", items: [{ name }] } }],
      ];
      for (const [path, headerTransformations] of policies) {
        const shown = path.endsWith("to") ? name.toUpperCase() : name;
        expect(checkSpecification(put({ headerTransformations }), "/v1")).toEqual([
          {
            path: `specification.routes[0].${direction}Policies.headerTransformations.${path}`,
            message: `is ${shown}, a protected ${direction} header that OCI doesn't transform; remove it`,
          },
        ]);
      }
    },
  );

  test.each(["authorization", "host", "user-agent"])("%s is not among them", (name) => {
    const headerTransformations = { setHeaders: { items: [{ name, values: ["1"] }] } };
    expect(checkSpecification(request({ headerTransformations }), "/v1")).toEqual([]);
    expect(checkSpecification(response({ headerTransformations }), "/v1")).toEqual([]);
  });
});
