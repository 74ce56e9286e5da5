import { describe, expect, test } from "vitest";
import { checkSpecification } from "../../../emulator/gateway/index.ts";
import { requestPlaces, responsePlaces } from "../../../emulator/gateway/policies/places.ts";

const stock = { type: "STOCK_RESPONSE_BACKEND", status: 200 };
const http = { type: "HTTP_BACKEND", url: "http://example.com" };
const functionBackend = { type: "ORACLE_FUNCTIONS_BACKEND", functionId: "ocid1.fnfunc.oc1.iad.aaaa" };
const routed = (backend: unknown) => ({ routes: [{ path: "/a", methods: ["GET"], backend }] });
const routedPath = (path: unknown) => ({ routes: [{ path, methods: ["GET"], backend: stock }] });
const ofRoute = (field: string, value: unknown) => ({
  routes: [{ path: "/a", methods: ["GET"], backend: stock, [field]: value }],
});
const headers = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ name: `x-${index}`, value: "1" }));
const seconds = (field: string, min: number, max: number): Field => ({
  at: `specification.routes[0].backend.${field}`,
  put: (value) => routed({ ...http, [field]: value }),
  good: [undefined, null, min, max, min + 0.5],
  bad: [
    [min - 1, `must be at least ${min}, but is ${min - 1}`],
    [max + 1, `must be at most ${max}, but is ${max + 1}`],
    ["10", 'must be a number, but is "10"'],
  ],
});
const flag = (at: string, put: (value: unknown) => unknown): Field => ({
  at,
  put,
  good: [undefined, null, true, false],
  bad: [["true", 'must be true or false, but is "true"']],
});

interface Field {
  /** Where the problem is reported. */
  at: string;
  put(value: unknown): unknown;
  /** Absent, minimum, maximum. */
  good: unknown[];
  /** Over the maximum, wrong type, wrong form: value and message. */
  bad: [value: unknown, message: string, at?: string][];
}

const characters = "letters, digits and $ - _ . + ! * ' ( ) , % ; : @ & =";
const urlExample = 'for example "https://api.example.com/users/${request.path[id]}"';

// Ranges: "API Gateway Internal Limits", "Creating an API Deployment Specification", "Adding an HTTP or HTTPS URL as
// an API Gateway Back End", "Adding Stock Responses as an API Gateway Back End", "Adding Path Parameters and Wildcards
// to Route Paths"
const fields: Field[] = [
  {
    at: "specification",
    put: (value) => value,
    good: [{}],
    bad: [
      [undefined, "is missing; it must be an object"],
      ["x", 'must be an object, but is "x"'],
      [["x"], 'must be an object, but is ["x"]'],
      [{ routes: "x".repeat(2 * 1024 * 1024) }, "must be at most 2097152 bytes of JSON, but is 2097165"],
    ],
  },
  {
    at: "specification.routes",
    put: (routes) => ({ routes }),
    good: [
      undefined,
      null,
      [],
      Array.from({ length: 50 }, (_, index) => ({ path: `/${index}`, backend: stock })),
    ],
    bad: [
      [
        Array.from({ length: 51 }, (_, index) => ({ path: `/${index}`, backend: stock })),
        "must have at most 50 items, but has 51",
      ],
      [{}, "must be a list, but is {}"],
    ],
  },
  {
    at: "specification.routes[0]",
    put: (route) => ({ routes: [route] }),
    good: [{ path: "/", backend: stock }],
    bad: [[7, "must be an object, but is 7"]],
  },
  {
    at: "specification.routes[0].path",
    put: routedPath,
    good: [
      "/",
      `/${"a".repeat(1999)}`,
      "/a/",
      "/{a}/{b*}",
      "/{my-token}",
      "/$-_.+!*'(),%;:@&=",
      "/a/{A_9}/b",
      "/%61",
    ],
    bad: [
      [undefined, "is missing; it must be a string"],
      [null, "is missing; it must be a string"],
      [5, "must be a string, but is 5"],
      ["", 'must begin with "/", but is ""; for example "/users/{id}"'],
      ["a", 'must begin with "/", but is "a"; for example "/users/{id}"'],
      [`/${"a".repeat(2000)}`, "must be at most 2000 characters long, but has 2001"],
      ["/a//b", 'must not have two slashes in a row, but is "/a//b"'],
      ["//", 'must not have two slashes in a row, but is "//"'],
      ...["/a b", "/a{b}", "/{a", "/{}", "/{a b}", "/ä", "/a?b"].map((path): [string, string] => [
        path,
        `has the segment ${JSON.stringify(path.slice(1))}: a segment is either text of ${characters}, or one whole {parameter} or {wildcard*}`,
      ]),
      ["/{a*}/b", 'has the wildcard "{a*}" before its end; move it to the last segment'],
      ["/{a}/{a*}", 'has the parameter "a" twice; give each its own name'],
    ],
  },
  {
    at: "specification.routes[0].methods",
    put: (value) => ofRoute("methods", value),
    good: [undefined, null, ["ANY"], ["HEAD", "GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]],
    bad: [
      [[], "must have at least 1 item, but has none"],
      ["GET", 'must be a list, but is "GET"'],
      ...["get", "TRACE", "CONNECT"].map((method): [unknown, string, string] => [
        [method],
        `must be one of ANY, HEAD, GET, POST, PUT, PATCH, DELETE, OPTIONS, but is "${method}"`,
        "specification.routes[0].methods[0]",
      ]),
    ],
  },
  {
    at: "specification.routes[0].backend",
    put: (value) => routed(value),
    good: [stock, http, functionBackend],
    bad: [
      [undefined, "is missing; it must be an object"],
      [7, "must be an object, but is 7"],
      [
        {},
        "is missing; it must be one of ORACLE_FUNCTIONS_BACKEND, HTTP_BACKEND, STOCK_RESPONSE_BACKEND, DYNAMIC_ROUTING_BACKEND",
        "specification.routes[0].backend.type",
      ],
      [
        { type: "stock_response_backend", status: 200 },
        'must be one of ORACLE_FUNCTIONS_BACKEND, HTTP_BACKEND, STOCK_RESPONSE_BACKEND, DYNAMIC_ROUTING_BACKEND, but is "stock_response_backend"',
        "specification.routes[0].backend.type",
      ],
      [
        { ...stock, url: "http://a" },
        "is not a field that OCI has here; remove it or correct its name",
        "specification.routes[0].backend.url",
      ],
      ...["OAUTH2_LOGOUT_BACKEND", "OAUTH2_LOGIN_BACKEND"].map((type): [unknown, string, string] => [
        { type },
        `${type} is not carried out by this emulator yet; remove it from the local stack`,
        "specification.routes[0].backend.type",
      ]),
    ],
  },
  {
    at: "specification.routes[0].backend.functionId",
    put: (functionId) => routed({ ...functionBackend, functionId }),
    good: ["ocid1.fnfunc.oc1.iad.aaaa", "ocid1.fnfunc.oc1..aaaa"],
    bad: [
      [undefined, "is missing; it must be a string"],
      [5, "must be a string, but is 5"],
      [
        "ocid1.fnapp.oc1.iad.aaaa",
        'must be the OCID of a function, but is "ocid1.fnapp.oc1.iad.aaaa"; for example "ocid1.fnfunc.oc1.eu-frankfurt-1.aaaa"',
      ],
    ],
  },
  {
    at: "specification.routes[0].backend.url",
    put: (url) => routed({ ...http, url }),
    good: [
      "http://a",
      "https://a.example.com:8443/",
      "http://[::1]:80/a",
      "http://a/${request.path[x]}/${request.query[y]}/${request.headers[Z]}/${request.host}",
    ],
    bad: [
      [undefined, "is missing; it must be a string"],
      [5, "must be a string, but is 5"],
      ...["", "a.example.com", "ftp://a", "http://", "http://a?b=c", "http://u@a/"].map(
        (url): [string, string] => [
          url,
          `must be http(s)://host[:port]/path, but is ${JSON.stringify(url)}; ${urlExample}`,
        ],
      ),
      ["http://a:99999/", `must name a host and a port that exist, but is "http://a:99999/"; ${urlExample}`],
      [
        "http://${request.host}/",
        `must not have a context variable in the host, but is "http://\${request.host}/"; ${urlExample}`,
      ],
      ...["http://a/b?c", "http://a/b#c", "http://a/b c", "http://a/\\b"].map((url): [string, string] => [
        url,
        `must hold no query, fragment, blank, backslash or characters outside ASCII, but is ${JSON.stringify(url)}; the request's own query is passed on`,
      ]),
      ["http://a/${request.path[x]", 'has "${" without "}" in "/${request.path[x]"'],
      [
        "http://a/${request.cookie[x]}",
        "has an unknown context variable ${request.cookie[x]}; use ${request.path[name]}, ${request.query[name]}, ${request.headers[name]}, ${request.auth[name]}, ${request.host} or ${request.subdomain[name]}",
      ],
      [
        "http://a/${request.usage_plan[id]}",
        "uses ${request.usage_plan}, which is not carried out by this emulator yet; remove it from the local stack",
      ],
      [
        "http://a/${request.body}",
        "must not use ${request.body}: it is for authorizer functions' parameters only",
      ],
    ],
  },
  seconds("connectTimeoutInSeconds", 1, 75),
  seconds("readTimeoutInSeconds", 1, 300),
  seconds("sendTimeoutInSeconds", 1, 300),
  flag("specification.routes[0].backend.isSslVerifyDisabled", (value) =>
    routed({ ...http, isSslVerifyDisabled: value }),
  ),
  {
    at: "specification.routes[0].backend.status",
    put: (status) => routed({ ...stock, status }),
    good: [100, 599],
    bad: [
      [undefined, "is missing; it must be a number"],
      [99, "must be at least 100, but is 99"],
      [600, "must be at most 599, but is 600"],
      [200.5, "must be a whole number, but is 200.5"],
      ["200", 'must be a number, but is "200"'],
    ],
  },
  {
    at: "specification.routes[0].backend.body",
    put: (body) => routed({ ...stock, body }),
    good: [undefined, null, "", "a".repeat(5120)],
    bad: [
      ["a".repeat(5121), "must be at most 5120 bytes long, but has 5121"],
      ["ä".repeat(2561), "must be at most 5120 bytes long, but has 5122"],
      [{}, "must be a string, but is {}"],
    ],
  },
  {
    at: "specification.routes[0].backend.headers",
    put: (value) => routed({ ...stock, headers: value }),
    good: [
      undefined,
      null,
      [],
      headers(50),
      [{ name: "x".repeat(1024), value: "" }],
      [{ name: "x", value: "ä\t" }],
    ],
    bad: [
      [headers(51), "must have at most 50 items, but has 51"],
      [{}, "must be a list, but is {}"],
      [[7], "must be an object, but is 7", "specification.routes[0].backend.headers[0]"],
      [
        headers(5).map(({ name }) => ({ name, value: "v".repeat(1000) })),
        "must be at most 4096 bytes of JSON in all, but are 5131",
      ],
      [
        [{ name: "x".repeat(1025), value: "" }],
        "must be at most 1024 bytes long, but has 1025",
        "specification.routes[0].backend.headers[0].name",
      ],
      [
        [{ name: "a b", value: "" }],
        'must be a header\'s name, but is "a b"',
        "specification.routes[0].backend.headers[0].name",
      ],
      [
        [{ name: "a", value: "b\r\nc" }],
        "must hold characters that a header can carry: no line breaks, no control characters",
        "specification.routes[0].backend.headers[0].value",
      ],
      [
        [{ name: "a" }],
        "is missing; it must be a string",
        "specification.routes[0].backend.headers[0].value",
      ],
    ],
  },
  ...[
    { at: "specification", wrap: (loggingPolicies: unknown) => ({ loggingPolicies }) },
    { at: "specification.routes[0]", wrap: (value: unknown) => ofRoute("loggingPolicies", value) },
  ].flatMap(({ at, wrap }): Field[] => [
    flag(`${at}.loggingPolicies.accessLog.isEnabled`, (isEnabled) => wrap({ accessLog: { isEnabled } })),
    flag(`${at}.loggingPolicies.executionLog.isEnabled`, (isEnabled) =>
      wrap({ executionLog: { isEnabled } }),
    ),
    {
      at: `${at}.loggingPolicies.executionLog.logLevel`,
      put: (logLevel) => wrap({ executionLog: { logLevel } }),
      good: [undefined, null, "INFO", "WARN", "ERROR"],
      bad: [
        ["info", 'must be one of INFO, WARN, ERROR, but is "info"'],
        ["DEBUG", 'must be one of INFO, WARN, ERROR, but is "DEBUG"'],
        [1, "must be one of INFO, WARN, ERROR, but is 1"],
      ],
    },
    {
      at: `${at}.loggingPolicies.errorLog`,
      put: (errorLog) => wrap({ errorLog }),
      good: [],
      bad: [[{}, "is not a field that OCI has here; remove it or correct its name"]],
    },
  ]),
];

describe.each(fields)("$at", ({ at, put, good, bad }) => {
  test.each(good.map((value) => ({ value })))("accepts $value", ({ value }) => {
    expect(checkSpecification(put(value), "/v1")).toEqual([]);
  });

  test.each(bad.map(([value, message, path = at]) => ({ value, message, path })))(
    "refuses $value",
    ({ value, message, path }) => {
      expect(checkSpecification(put(value), "/v1")).toEqual([{ path, message }]);
    },
  );
});

describe("policies that OCI has and the emulator hasn't", () => {
  const isRefused = ({ compile }: { compile?: unknown }) => compile === undefined;
  const places = [
    ...requestPlaces.filter(isRefused).flatMap(({ name, on }) =>
      on.map((where) => ({
        name,
        at: `specification${where === "route" ? ".routes[0]" : ""}.requestPolicies.${name}`,
        put: (value: unknown) =>
          where === "route"
            ? ofRoute("requestPolicies", { [name]: value })
            : { requestPolicies: { [name]: value } },
      })),
    ),
    ...responsePlaces.filter(isRefused).map(({ name }) => ({
      name,
      at: `specification.routes[0].responsePolicies.${name}`,
      put: (value: unknown) => ofRoute("responsePolicies", { [name]: value }),
    })),
  ];

  test.each(places)("$at is refused by its name, its empty default passes", ({ name, at, put }) => {
    const message = `${name} is not carried out by this emulator yet; remove it from the local stack`;
    expect(checkSpecification(put({ type: "X" }), "/v1")).toEqual([{ path: at, message }]);
    expect(checkSpecification(put("x"), "/v1")).toEqual([{ path: at, message }]);
    for (const empty of [undefined, null, {}, [], { items: [], other: null }]) {
      expect(checkSpecification(put(empty), "/v1")).toEqual([]);
    }
  });

  test("mutualTls with its default passes", () => {
    const mutualTls = { isVerifiedCertificateRequired: false, allowedSans: [] };
    expect(checkSpecification({ requestPolicies: { mutualTls } }, "/v1")).toEqual([]);
  });
});

test("a specification that is nested without end", () => {
  const depth = 200_000;
  const specification = JSON.parse(`{"routes":${"[".repeat(depth)}${"]".repeat(depth)}}`);
  expect(checkSpecification(specification, "/v1")).toEqual([
    { path: "specification", message: "is nested too deeply to be a specification" },
  ]);
});

test("a path and method that stand there twice", () => {
  const route = (path: string, methods?: string[]) => ({ path, backend: stock, ...(methods && { methods }) });
  const routes = [
    route("/a", ["GET", "PUT"]),
    route("/b"),
    route("/a", ["POST", "PUT"]),
    route("/b", ["ANY", "ANY"]),
  ];
  expect(checkSpecification({ routes }, "/v1")).toEqual([
    {
      path: "specification.routes[2]",
      message: "has the same path and method as routes[0]: PUT /a; remove one of them",
    },
    {
      path: "specification.routes[3]",
      message: "has the same path and method as routes[1]: ANY /b; remove one of them",
    },
  ]);
});

describe("pathPrefix", () => {
  // "Deploying an API on an API Gateway by Creating an API Deployment"
  test.each(["/", "/a", `/${"a".repeat(254)}`, "/a/b", "/$-_.+!*'(),%;:@&="])("accepts %s", (prefix) => {
    expect(checkSpecification({}, prefix)).toEqual([]);
  });

  const allowed =
    "may hold letters, digits, slashes and $ - _ . + ! * ' ( ) , % ; : @ & = only, and no parameters, but is";
  test.each<[prefix: unknown, message: string]>([
    [undefined, 'must be a string such as "/v1", but is undefined'],
    [5, 'must be a string such as "/v1", but is 5'],
    ["", 'must begin with "/", but is ""; for example "/v1"'],
    ["v1", 'must begin with "/", but is "v1"; for example "/v1"'],
    ["/v1/", 'must not end with "/", but is "/v1/"; leave the last slash out'],
    ["//", 'must not have two slashes in a row, but is "//"; for example "/v1"'],
    ["/a//b", 'must not have two slashes in a row, but is "/a//b"; for example "/v1"'],
    [`/${"a".repeat(255)}`, "must be at most 255 characters long, but has 256"],
    ["/{a}", `${allowed} "/{a}"`],
    ["/a b", `${allowed} "/a b"`],
  ])("refuses %s", (prefix, message) => {
    expect(checkSpecification({}, prefix as string)).toEqual([{ path: "pathPrefix", message }]);
  });
});

test("all problems come at once", () => {
  const specification = {
    extra: 1,
    routes: [
      { path: "a", backend: { ...stock, status: 1 }, requestPolicies: { cors: { allowedOrigins: [] } } },
      { path: "/b", methods: ["get"], backend: { type: "HTTP_BACKEND" } },
    ],
  };
  expect(checkSpecification(specification, "v1").map(({ path }) => path)).toEqual([
    "pathPrefix",
    "specification.routes[0].path",
    "specification.routes[0].backend.status",
    "specification.routes[0].requestPolicies.cors.allowedOrigins",
    "specification.routes[1].methods[0]",
    "specification.routes[1].backend.url",
    "specification.extra",
  ]);
});
