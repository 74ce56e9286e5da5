import { describe, expect, it } from "vitest";
import { formatProblem } from "../../components/model/problems.ts";
import { fromRest } from "../../components/model/specification/from-rest.ts";

const known = "ocid1.fnfunc.oc1.fra.known";
const other = "ocid1.fnfunc.oc1.fra.other";
const later = Promise.resolve(other);
const names = { keys: ["hello", "authorizer"], keyOf: new Map([[known, "hello"]]) };
const read = (given: unknown) => fromRest(given, names);
const told = (given: unknown) => read(given).problems.map(formatProblem);
const stock = { type: "STOCK_RESPONSE_BACKEND", status: 200 };
const sound = { path: "/a", methods: ["GET"], backend: stock };

// "Creating an API Deployment Specification", in the names of OCI's REST API
describe("a specification as arguments", () => {
  it("has its routes by their keys, and its policies as they are", () => {
    const cors = { allowedOrigins: ["*"] };
    const given = {
      requestPolicies: { cors },
      loggingPolicies: { accessLog: { isEnabled: true } },
      routes: [
        {
          path: "/a/{id}",
          methods: ["PUT", "GET"],
          backend: { type: "ORACLE_FUNCTIONS_BACKEND", functionId: "hello" },
          requestPolicies: { cors },
          responsePolicies: {},
          loggingPolicies: undefined,
        },
        {
          path: "/b",
          methods: ["ANY"],
          backend: { type: "HTTP_BACKEND", url: "https://b.example", readTimeoutInSeconds: 3 },
        },
        {
          path: "/c",
          methods: ["GET"],
          backend: { ...stock, body: "c", headers: [{ name: "X-C", value: "1" }] },
          loggingPolicies: { executionLog: {} },
        },
      ],
    };
    const { places, ...rest } = read(given);
    expect(rest).toStrictEqual({
      requestPolicies: { cors },
      loggingPolicies: { accessLog: { isEnabled: true } },
      routes: {
        "PUT,GET /a/{id}": {
          kind: "function",
          function: "hello",
          requestPolicies: { cors },
          responsePolicies: {},
        },
        "ANY /b": { kind: "http", url: "https://b.example", readTimeoutInSeconds: 3 },
        "GET /c": {
          kind: "stock",
          status: 200,
          body: "c",
          headers: { "X-C": "1" },
          loggingPolicies: { executionLog: {} },
        },
      },
      problems: [],
    });
    const one = 'routes["PUT,GET /a/{id}"]';
    const three = 'routes["GET /c"]';
    expect(Object.fromEntries(places)).toEqual({
      requestPolicies: "requestPolicies",
      loggingPolicies: "loggingPolicies",
      routes: "routes",
      [one]: "routes[0]",
      [`${one}.function`]: "routes[0].backend.functionId",
      [`${one}.functionId`]: "routes[0].backend.functionId",
      [`${one}.requestPolicies`]: "routes[0].requestPolicies",
      [`${one}.responsePolicies`]: "routes[0].responsePolicies",
      'routes["ANY /b"]': "routes[1]",
      'routes["ANY /b"].url': "routes[1].backend.url",
      'routes["ANY /b"].connectTimeoutInSeconds': "routes[1].backend.connectTimeoutInSeconds",
      'routes["ANY /b"].readTimeoutInSeconds': "routes[1].backend.readTimeoutInSeconds",
      'routes["ANY /b"].sendTimeoutInSeconds': "routes[1].backend.sendTimeoutInSeconds",
      'routes["ANY /b"].isSslVerifyDisabled': "routes[1].backend.isSslVerifyDisabled",
      [three]: "routes[2]",
      [`${three}.status`]: "routes[2].backend.status",
      [`${three}.body`]: "routes[2].backend.body",
      [`${three}.headers`]: "routes[2].backend.headers",
      [`${three}.headers["X-C"]`]: "routes[2].backend.headers[0]",
      [`${three}.loggingPolicies`]: "routes[2].loggingPolicies",
    });
  });

  it("leaves out what isn't given", () => {
    const { places: _, ...rest } = read({ routes: [] });
    expect(rest).toStrictEqual({ routes: {}, problems: [] });
  });

  it.each<[unknown, object]>([
    ["hello", { function: "hello" }],
    ["unknown", { function: "unknown" }],
    [known, { function: "hello" }],
    [other, { functionId: other }],
    [later, { functionId: later }],
    [7, { function: 7 }],
    [undefined, { function: undefined }],
  ])("names a function by its key where it has one: %#", (functionId, expected) => {
    const backend = { type: "ORACLE_FUNCTIONS_BACKEND", functionId };
    const { routes, problems } = read({ routes: [{ ...sound, backend }] });
    expect(routes).toStrictEqual({ "GET /a": { kind: "function", ...expected } });
    expect(problems).toEqual([]);
  });

  it("reads choices between back ends", () => {
    const backend = {
      type: "DYNAMIC_ROUTING_BACKEND",
      selectionSource: { type: "SINGLE", selector: "request.host" },
      routingBackends: [
        7,
        {
          key: { type: "ANY_OF", name: "a" },
          backend: { type: "ORACLE_FUNCTIONS_BACKEND", functionId: other },
        },
        { key: { type: "ANY_OF", name: "b" }, backend: { ...stock, headers: undefined } },
      ],
    };
    const { routes, places, problems } = read({ routes: [{ ...sound, backend }] });
    expect(routes).toStrictEqual({
      "GET /a": {
        kind: "dynamic",
        selectionSource: { type: "SINGLE", selector: "request.host" },
        routingBackends: [
          7,
          { key: { type: "ANY_OF", name: "a" }, backend: { kind: "function", functionId: other } },
          { key: { type: "ANY_OF", name: "b" }, backend: { kind: "stock", status: 200 } },
        ],
      },
    });
    expect(problems).toEqual([]);
    expect(places.get('routes["GET /a"].routingBackends[1].backend.functionId')).toBe(
      "routes[0].backend.routingBackends[1].backend.functionId",
    );
    const unread = { type: "DYNAMIC_ROUTING_BACKEND", routingBackends: {} };
    expect(read({ routes: [{ ...sound, backend: unread }] }).routes).toStrictEqual({
      "GET /a": { kind: "dynamic", routingBackends: {} },
    });
  });

  it("names authorizers by their keys, also those to choose from", () => {
    const authorizer = { type: "CUSTOM_AUTHENTICATION", functionId: "authorizer", tokenHeader: "X-Key" };
    const server = { key: { type: "ANY_OF", name: "a" }, authenticationServerDetail: authorizer };
    const named = { type: "CUSTOM_AUTHENTICATION", function: "authorizer", tokenHeader: "X-Key" };
    const { requestPolicies, places, problems } = read({
      requestPolicies: {
        authentication: { ...authorizer, functionId: other },
        dynamicAuthentication: { selectionSource: 1, authenticationServers: [server, 7] },
      },
      routes: [],
    });
    expect(problems).toEqual([]);
    expect(requestPolicies).toStrictEqual({
      authentication: { ...authorizer, functionId: other },
      dynamicAuthentication: {
        selectionSource: 1,
        authenticationServers: [{ ...server, authenticationServerDetail: named }, 7],
      },
    });
    const at = "requestPolicies.dynamicAuthentication.authenticationServers[0].authenticationServerDetail";
    expect(places.get(`${at}.function`)).toBe(`${at}.functionId`);
    expect(places.get("requestPolicies.authentication.function")).toBe(
      "requestPolicies.authentication.functionId",
    );
  });

  it.each<[unknown]>([
    [7],
    [{ authentication: 7 }],
    [{ cors: {} }],
    [{ dynamicAuthentication: 7 }],
    [{ dynamicAuthentication: { authenticationServers: 7 } }],
    [{ dynamicAuthentication: { authenticationServers: [{ authenticationServerDetail: 7 }] } }],
  ])("leaves policies of another form to their checks: %j", (requestPolicies) => {
    expect(read({ requestPolicies, routes: [] }).requestPolicies).toStrictEqual(requestPolicies);
  });
});

describe("a specification that can't be read", () => {
  const form = (text: string) => `${text} [specification-form]`;
  it.each<[unknown, string[]]>([
    [[], [form(': must be an object with "routes"; is a list')]],
    [
      { specification: { routes: [] } },
      [form(': is not a specification but holds one: give what stands under "specification" alone')],
    ],
    [
      { data: { specification: { routes: [] } } },
      [form(': is not a specification but holds one: give what stands under "data.specification" alone')],
    ],
    [
      { data: 7 },
      [
        "data: is not a setting; allowed are requestPolicies, loggingPolicies, routes [unsupported-setting]",
        form(
          'routes: must be a list, for example [{ "path": "/hello", "methods": ["GET"], "backend": … }]; is absent',
        ),
      ],
    ],
    [
      { routes: [], specification: {} },
      [
        "specification: is not a setting; allowed are requestPolicies, loggingPolicies, routes [unsupported-setting]",
      ],
    ],
    [
      { routes: [7] },
      [form('routes[0]: must be an object with "path", "methods" and "backend"; is a number')],
    ],
    [
      { routes: [{ ...sound, path: 7 }] },
      [form('routes[0].path: must be text, for example "/users/{id}"; is a number')],
    ],
    ...[
      [[], "an empty list"],
      ["GET", '"GET"'],
      [undefined, "absent"],
    ].map(([methods, is]): [unknown, string[]] => [
      { routes: [{ ...sound, methods }] },
      [
        form(
          `routes[0].methods: must be a list with at least one method, for example ["GET", "PUT"] or ["ANY"]; is ${is}`,
        ),
      ],
    ]),
    [
      { routes: [{ ...sound, methods: ["GET", 7, "get"] }] },
      [
        'routes[0].methods[1]: "7" is not a method; allowed are ANY, HEAD, GET, POST, PUT, PATCH, DELETE, OPTIONS; for example ["GET", "PUT"] [route-methods]',
        'routes[0].methods[2]: method "get" must be in upper case: "GET" [route-methods]',
      ],
    ],
    [
      {
        routes: [
          { ...sound, path: "/a b" },
          { ...sound, path: " /a" },
          { ...sound, path: "/a " },
        ],
      },
      [
        'routes[0].path: segment "a b" has characters that are not allowed; allowed are letters, digits and $ - _ . + ! * \' ( ) , % ; : @ & = [route-path]',
        'routes[1].path: path " /a" must begin with "/", for example "/ /a" [route-path]',
        'routes[1].path: segment " " has characters that are not allowed; allowed are letters, digits and $ - _ . + ! * \' ( ) , % ; : @ & = [route-path]',
        'routes[2].path: segment "a " has characters that are not allowed; allowed are letters, digits and $ - _ . + ! * \' ( ) , % ; : @ & = [route-path]',
      ],
    ],
    [
      { routes: [sound, { ...sound }, { ...sound, methods: ["PUT"] }] },
      ["routes[1]: has the path and the methods of routes[0]; keep one of them [route-duplicate]"],
    ],
    [
      { routes: [{ ...sound, backend: { ...stock, headers: [{ value: "1" }, { name: "X" }] } }] },
      [
        form(
          'routes[0].backend.headers[0]: must be an object with a text "name" and a text "value"; is {"value":"1"}',
        ),
      ],
    ],
    [
      { routes: [{ ...sound, backend: { ...stock, headers: { X: "1" } } }] },
      [
        form(
          'routes[0].backend.headers: must be a list, for example [{ "name": "X-Version", "value": "1" }]; is an object',
        ),
      ],
    ],
    ...[
      [{}, "undefined is not a type of back end here"],
      ...["OAUTH2_LOGIN_BACKEND", "OAUTH2_LOGOUT_BACKEND", "OAUTH2_LOGOUT"].map((type) => [
        { type },
        `"${type}" is not supported yet`,
      ]),
      [{ type: "toString" }, '"toString" is not a type of back end here'],
    ].map(([backend, what]): [unknown, string[]] => [
      { routes: [{ ...sound, backend }] },
      [
        form(
          `routes[0].backend.type: ${what}; supported are "ORACLE_FUNCTIONS_BACKEND", "HTTP_BACKEND", "STOCK_RESPONSE_BACKEND", "DYNAMIC_ROUTING_BACKEND"`,
        ),
      ],
    ]),
    [
      { requestPolicies: { authentication: { function: "authorizer" } }, routes: [] },
      [
        "requestPolicies.authentication.function: is not a setting of OCI's; name the function by functionId, which takes its key too [unsupported-setting]",
      ],
    ],
  ])("%# is told about by its place", (given, lines) => {
    expect(told(given)).toEqual(lines);
  });

  it("has something in the place of what can't be read, so that the rest is checked", () => {
    const backend = { type: "STOCK_RESPONSE_BACKEND", status: 200, headers: 7 };
    const { routes, places } = read({
      routes: [7, { ...sound, path: 7 }, { ...sound, backend: 7 }, sound, { ...sound, path: "/b", backend }],
    });
    expect(routes).toStrictEqual({
      "#0": { kind: "stock", status: 200 },
      "#1": { kind: "stock", status: 200 },
      "GET /a": { kind: "stock", status: 200 },
      "#3": { kind: "stock", status: 200 },
      "GET /b": { kind: "stock", status: 200, headers: undefined },
    });
    expect(["#0", "#1", "GET /a", "#3"].map((key) => places.get(`routes["${key}"]`))).toEqual(
      [0, 1, 2, 3].map((index) => `routes[${index}]`),
    );
  });
});
