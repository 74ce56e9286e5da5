import { describe, expect, test } from "vitest";
import { checkSpecification } from "../../../../emulator/gateway/index.ts";

const stock = { type: "STOCK_RESPONSE_BACKEND", status: 200 };
const at = "specification.requestPolicies";
const check = (specification: unknown) => checkSpecification(specification, "/v1");

describe("a value in a problem", () => {
  test.each([
    ["x".repeat(78), `"${"x".repeat(78)}"`],
    ["x".repeat(79), `"${"x".repeat(79)}…`],
    [["y".repeat(200)], `["${"y".repeat(78)}…`],
  ])("%j is shown as %s", (routes, shown) => {
    const message = Array.isArray(routes)
      ? `must be an object, but is ${shown}`
      : `must be a list, but is ${shown}`;
    const given = Array.isArray(routes) ? { routes: [routes] } : { routes };
    const path = Array.isArray(routes) ? "specification.routes[0]" : "specification.routes";
    expect(check(given)).toEqual([{ path, message }]);
  });
});

describe("an authorizer's cache key", () => {
  const custom = (more: object) => ({
    requestPolicies: {
      authentication: { type: "CUSTOM_AUTHENTICATION", functionId: "ocid1.fnfunc.oc1.iad.aaaa", ...more },
    },
  });

  test.each([
    [{ tokenHeader: "X-Key" }, "there are none"],
    [{ parameters: { a: "request.host", b: "request.query[b]" } }, "a, b"],
  ])("that isn't among its parameters %j", (more, names) => {
    expect(check(custom({ ...more, cacheKey: ["c"] }))).toEqual([
      {
        path: `${at}.authentication.cacheKey[0]`,
        message: `must be one of the parameters' names (${names}), but is "c"`,
      },
    ]);
  });
});

describe("authorization", () => {
  const routes = ["ANONYMOUS", "AUTHENTICATION_ONLY"].map((type, index) => ({
    path: `/${index}`,
    backend: stock,
    requestPolicies: { authorization: { type } },
  }));
  const where = (index: number) => `specification.routes[${index}].requestPolicies.authorization`;
  const needs = "needs an authentication policy of the deployment; set requestPolicies.authentication";

  test("without authentication is refused, whatever it asks for", () => {
    expect(check({ routes })).toEqual([0, 1].map((index) => ({ path: where(index), message: needs })));
  });

  test("with authentication servers that can't be read isn't refused for want of them", () => {
    const problems = check({
      routes,
      requestPolicies: { dynamicAuthentication: { authenticationServers: 7 } },
    });
    expect(problems.filter(({ message }) => message === needs)).toEqual([]);
    expect(problems.map(({ path }) => path)).toContain(`${at}.dynamicAuthentication.authenticationServers`);
  });
});

test("a choice by a path parameter passes over routes whose path can't be read", () => {
  const dynamicAuthentication = {
    selectionSource: { type: "SINGLE", selector: "request.path[tenant]" },
    authenticationServers: [],
  };
  const routes = [{ path: 7, backend: stock }, { backend: stock }, 7, { path: "/a", backend: stock }];
  const selector = check({ requestPolicies: { dynamicAuthentication }, routes }).filter(({ path }) =>
    path.endsWith(".selector"),
  );
  expect(selector).toEqual([
    {
      path: `${at}.dynamicAuthentication.selectionSource.selector`,
      message: 'is an invalid dynamic authentication selector: route "/a" has no path parameter "tenant"',
    },
  ]);
});

describe("what is wrong is told once", () => {
  const jwks = (more: object) => ({
    type: "TOKEN_AUTHENTICATION",
    tokenHeader: "Authorization",
    tokenAuthScheme: "Bearer",
    validationPolicy: { type: "REMOTE_JWKS", uri: "https://idp.example.com/keys" },
    ...more,
  });
  const uri = (of: string) => jwks({ validationPolicy: { type: "REMOTE_JWKS", uri: of } });
  const noUri = (of: string) =>
    `must be an http or https URL, but is ${JSON.stringify(of)}; for example "https://idp.example.com/keys"`;
  const later = "is not carried out by this emulator yet; remove it from the local stack";
  const custom = (more: object) => ({
    type: "CUSTOM_AUTHENTICATION",
    functionId: "ocid1.fnfunc.oc1.iad.aaaa",
    ...more,
  });

  test.each<[unknown, string, string]>([
    [uri("xhttps://a"), ".validationPolicy.uri", noUri("xhttps://a")],
    [uri("https://a b"), ".validationPolicy.uri", noUri("https://a b")],
    [uri("https://a/\n"), ".validationPolicy.uri", noUri("https://a/\n")],
    [uri("https://"), ".validationPolicy.uri", noUri("https://")],
    [jwks({ validationFailurePolicy: 7 }), ".validationFailurePolicy", "must be an object, but is 7"],
    [
      jwks({ validationFailurePolicy: { type: "OAUTH2" } }),
      ".validationFailurePolicy.type",
      `OAUTH2 ${later}`,
    ],
    [custom({ tokenHeader: "X", cacheKey: [7] }), ".cacheKey[0]", "must be a string, but is 7"],
  ])("%j%s", (authentication, path, message) => {
    expect(check({ requestPolicies: { authentication } })).toEqual([
      { path: `${at}.authentication${path}`, message },
    ]);
  });

  test("two routes without a path, two keys without an id, two rules without a name aren't alike", () => {
    const missing = (path: string) => ({ path, message: "is missing; it must be a string" });
    expect(check({ routes: [{ backend: stock }, { backend: stock }] })).toEqual(
      [0, 1].map((index) => missing(`specification.routes[${index}].path`)),
    );
    const keys = [{ format: "PEM", key: "a" }, 7, { format: "PEM", key: "a" }];
    const messages = check({
      requestPolicies: { authentication: jwks({ validationPolicy: { type: "STATIC_KEYS", keys } }) },
    });
    expect(messages.filter(({ message }) => message.includes("also the key id"))).toEqual([]);
    const rule = { key: { type: "ANY_OF", name: "" }, backend: stock };
    const backend = {
      type: "DYNAMIC_ROUTING_BACKEND",
      selectionSource: { type: "SINGLE", selector: "request.host" },
      routingBackends: [rule, rule],
    };
    expect(check({ routes: [{ path: "/a", backend }] })).toEqual(
      [0, 1].map((index) => ({
        path: `specification.routes[0].backend.routingBackends[${index}].key.name`,
        message: 'must not be empty; for example "canary"',
      })),
    );
  });

  test.each<[unknown, boolean]>([
    [{ isVerifiedCertificateRequired: false }, false],
    [{ isVerifiedCertificateRequired: true }, true],
    [{ isOther: false }, true],
    [{}, false],
  ])("mutualTls %j is refused: %j", (mutualTls, isRefused) => {
    const refused = [{ path: `${at}.mutualTls`, message: `mutualTls ${later}` }];
    expect(check({ requestPolicies: { mutualTls } })).toEqual(isRefused ? refused : []);
  });
});

// "API Gateway Internal Limits"
test("2 MB of JSON are read, a byte more isn't", () => {
  const of = (bytes: number) => ({ routes: "x".repeat(bytes - '{"routes":""}'.length) });
  expect(check(of(2_097_152)).map(({ message }) => message)).toEqual([
    `must be a list, but is "${"x".repeat(79)}…`,
  ]);
  expect(check(of(2_097_153))).toEqual([
    { path: "specification", message: "must be at most 2097152 bytes of JSON, but is 2097153" },
  ]);
});

test.each(["xrequest.path[tenant]", "request.path[tenant]x"])(
  "the selector %s is unknown, and no path's",
  (selector) => {
    const dynamicAuthentication = {
      selectionSource: { type: "SINGLE", selector },
      authenticationServers: [],
    };
    const problems = check({
      requestPolicies: { dynamicAuthentication },
      routes: [{ path: "/a", backend: stock }],
    });
    expect(problems.filter(({ path }) => path.endsWith(".selector")).map(({ message }) => message)).toEqual([
      expect.stringMatching(/^has an unknown context variable /),
    ]);
  },
);

describe("null in a list is told of like any other value", () => {
  const routed = (backend: object) => ({ routes: [{ path: "/a", backend }] });
  const nothing = "must be an object, but is null";

  test.each<[string, object]>([
    ["specification.routes[0]", { routes: [null] }],
    ["specification.routes[0].backend.headers[0]", routed({ ...stock, headers: [null] })],
    [
      "specification.routes[0].backend.routingBackends[0]",
      routed({
        type: "DYNAMIC_ROUTING_BACKEND",
        selectionSource: { type: "SINGLE", selector: "request.host" },
        routingBackends: [null],
      }),
    ],
    [
      `${at}.authentication.validationPolicy.keys[0]`,
      {
        requestPolicies: {
          authentication: {
            type: "TOKEN_AUTHENTICATION",
            tokenQueryParam: "t",
            validationPolicy: { type: "STATIC_KEYS", keys: [null] },
          },
        },
      },
    ],
  ])("%s", (path, specification) => {
    expect(check(specification)).toEqual([{ path, message: nothing }]);
  });
});

test.each(["xocid1.fnfunc.oc1.iad.aaaa", "ocid1.fnfunc.oc1.iad.aaaa.", "ocid1.fnfunc.oc1.iad.A"])(
  "%s is no function's OCID",
  (functionId) => {
    const backend = { type: "ORACLE_FUNCTIONS_BACKEND", functionId };
    expect(check({ routes: [{ path: "/a", backend }] }).map(({ message }) => message)).toEqual([
      `must be the OCID of a function, but is "${functionId}"; for example "ocid1.fnfunc.oc1.eu-frankfurt-1.aaaa"`,
    ]);
  },
);

test.each(["xhttps://a", "https://a/", "https://a b", "a"])("%s is no origin", (origin) => {
  expect(
    check({ requestPolicies: { cors: { allowedOrigins: [origin] } } }).map(({ message }) => message),
  ).toEqual([
    `must be "*", "null" or http(s)://host[:port] without a path, but is "${origin}"; for example "https://shop.example.com"`,
  ]);
});
