import { describe, expect, test } from "vitest";
import { checkSpecification } from "../../../../emulator/gateway/index.ts";

const stock = { type: "STOCK_RESPONSE_BACKEND", status: 200 };
const token = {
  type: "TOKEN_AUTHENTICATION",
  tokenHeader: "Authorization",
  validationPolicy: { type: "REMOTE_JWKS", uri: "https://idp.example.com/keys" },
};
const noScheme =
  "requestPolicies.authentication.tokenAuthScheme: is missing; with tokenHeader it must be Bearer";
const later = "is not carried out by this emulator yet; remove it from the local stack";
const many = <T>(count: number, item: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => item(index));
const rule = (name: string, backend: object) => ({ key: { type: "ANY_OF", name, values: [name] }, backend });

/** The problems of a specification, in no order. */
function problemsOf(specification: object): string[] {
  return checkSpecification(specification, "/v1").map(
    ({ path, message }) => `${path.replace("specification.", "")}: ${message}`,
  );
}

const problemsOfDeployment = (requestPolicies: object) => problemsOf({ requestPolicies });
const problemsOfRoute = (more: object) =>
  problemsOf({ routes: [{ path: "/a", methods: ["GET"], backend: stock, ...more }] });

function expectAll(found: readonly string[], expected: readonly string[]): void {
  expect(found.toSorted()).toEqual(expected.toSorted());
}

describe("what a policy must be as a whole is said beside", () => {
  test("a failure policy that is refused by name", () => {
    const authentication = { ...token, validationFailurePolicy: { type: "OAUTH2", scopes: ["openid"] } };
    expectAll(problemsOfDeployment({ authentication }), [
      `requestPolicies.authentication.validationFailurePolicy.type: OAUTH2 ${later}`,
      noScheme,
    ]);
  });

  test("details of a login flow, which are refused by name", () => {
    const clientDetails = { type: "VALIDATION_BLOCK" };
    const sourceUriDetails = { type: "VALIDATION_BLOCK" };
    const validationPolicy = { type: "REMOTE_DISCOVERY", clientDetails, sourceUriDetails };
    const at = "requestPolicies.authentication.validationPolicy";
    expectAll(problemsOfDeployment({ authentication: { ...token, validationPolicy } }), [
      `${at}.clientDetails.type: VALIDATION_BLOCK ${later}`,
      `${at}.sourceUriDetails.type: VALIDATION_BLOCK ${later}`,
      noScheme,
    ]);
  });

  test("a number that isn't whole", () => {
    const validationPolicy = { ...token.validationPolicy, maxCacheDurationInHours: 1.5 };
    expectAll(problemsOfDeployment({ authentication: { ...token, validationPolicy } }), [
      "requestPolicies.authentication.validationPolicy.maxCacheDurationInHours: must be a whole number, but is 1.5",
      noScheme,
    ]);
  });

  test("a list that is too long", () => {
    const additionalValidationPolicy = { issuers: many(6, String) };
    const validationPolicy = { ...token.validationPolicy, additionalValidationPolicy };
    expectAll(problemsOfDeployment({ authentication: { ...token, validationPolicy } }), [
      "requestPolicies.authentication.validationPolicy.additionalValidationPolicy.issuers: must have at most 5 items, but has 6",
      noScheme,
    ]);
  });

  test("wrong numbers and lists of CORS", () => {
    const cors = {
      allowedOrigins: ["*"],
      allowedMethods: many(51, (index) => `M${index}`),
      allowedHeaders: many(51, (index) => `x-${index}`),
      maxAgeInSeconds: 1.5,
    };
    expectAll(problemsOfDeployment({ cors }), [
      "requestPolicies.cors.allowedMethods: must have at most 50 items, but has 51",
      "requestPolicies.cors.maxAgeInSeconds: must be a whole number, but is 1.5",
      "requestPolicies.cors: must have at most 50 headers, allowed and exposed together, but has 51",
    ]);
  });

  test("back ends of a choice that are wrong in themselves", () => {
    const routingBackends = [
      rule("a", { ...stock, status: 200.5 }),
      rule("A", { type: "HTTP_BACKEND", url: "https://api.example.com/?a" }),
    ];
    const selectionSource = { type: "SINGLE", selector: "request.host" };
    const backend = { type: "DYNAMIC_ROUTING_BACKEND", selectionSource, routingBackends };
    const at = "routes[0].backend.routingBackends";
    expectAll(problemsOfRoute({ backend }), [
      `${at}[0].backend.status: must be a whole number, but is 200.5`,
      `${at}[1].key.values[0]: has the value "A" a second time, as rule 0 has it; case makes no difference`,
      `${at}[1].backend.url: must hold no query, fragment, blank, backslash or characters outside ASCII, but is "https://api.example.com/?a"; the request's own query is passed on`,
    ]);
  });

  test("authentication servers that are wrong in themselves", () => {
    const server = (name: string, authenticationServerDetail: object) => ({
      key: { type: "ANY_OF", name, values: [name] },
      authenticationServerDetail,
    });
    const failing = {
      type: "CUSTOM_AUTHENTICATION",
      functionId: "ocid1.fnfunc.oc1.iad.aaaa",
      tokenHeader: "X",
    };
    const authenticationServers = [
      server("a", { ...token, tokenAuthScheme: "Bearer" }),
      server("a", { ...failing, validationFailurePolicy: { type: "OAUTH2" } }),
    ];
    const selectionSource = { type: "SINGLE", selector: "request.auth[iss]" };
    const at = "requestPolicies.dynamicAuthentication";
    expectAll(problemsOfDeployment({ dynamicAuthentication: { selectionSource, authenticationServers } }), [
      `${at}.authenticationServers[1].authenticationServerDetail.validationFailurePolicy.type: OAUTH2 ${later}`,
      `${at}.authenticationServers[1].key.name: is also the name of rule 0; give each rule its own`,
      `${at}.authenticationServers[1].key.values[0]: has the value "a" a second time, as rule 0 has it; case makes no difference`,
      `${at}.selectionSource.selector: is an invalid dynamic authentication selector: request.auth[iss] is read from a token, so every server must be TOKEN_AUTHENTICATION or JWT_AUTHENTICATION with the same tokenHeader or tokenQueryParam`,
    ]);
  });
});

describe("the items of a list that is too long are looked at too", () => {
  test("routes", () => {
    const routes = many(51, (index) => ({ path: `/${index}`, methods: ["GET"], backend: stock }));
    expectAll(problemsOf({ routes: [...routes.slice(1), { ...routes[0], path: "x" }] }), [
      "routes: must have at most 50 items, but has 51",
      'routes[50].path: must begin with "/", but is "x"; for example "/users/{id}"',
    ]);
  });

  test("headers of a stock response, also all together", () => {
    const headers = many(51, (index) => ({ name: `x-${index}`, value: "a".repeat(100) }));
    const backend = { ...stock, headers: [...headers.slice(1), { name: "a b", value: "" }] };
    const bytes = JSON.stringify(backend.headers).length;
    expectAll(problemsOfRoute({ backend }), [
      'routes[0].backend.headers[50].name: must be a header\'s name, but is "a b"',
      "routes[0].backend.headers: must have at most 50 items, but has 51",
      `routes[0].backend.headers: must be at most 4096 bytes of JSON in all, but are ${bytes}`,
    ]);
  });

  test("rules of a choice", () => {
    const routingBackends = [...many(100, (index) => rule(`r${index}`, stock)), rule("R0", stock)];
    const selectionSource = { type: "SINGLE", selector: "request.host" };
    const backend = { type: "DYNAMIC_ROUTING_BACKEND", selectionSource, routingBackends };
    expectAll(problemsOfRoute({ backend }), [
      "routes[0].backend.routingBackends: must have at most 100 items, but has 101",
      'routes[0].backend.routingBackends[100].key.values[0]: has the value "R0" a second time, as rule 0 has it; case makes no difference',
    ]);
  });

  test("items of a transformation", () => {
    const items = many(21, (index) => ({
      name: index === 20 ? "Cookie" : `x-${index}`,
      values: many(11, String),
    }));
    const headerTransformations = { setHeaders: { items } };
    const at = "routes[0].requestPolicies.headerTransformations.setHeaders.items";
    expectAll(problemsOfRoute({ requestPolicies: { headerTransformations } }), [
      `${at}: must have at most 20 items, but has 21`,
      `${at}[20].name: is Cookie, a protected request header that OCI doesn't transform; remove it`,
      ...items.map((_, index) => `${at}[${index}].values: must have at most 10 items, but has 11`),
    ]);
  });
});

test("a media range is looked at whatever stands under it", () => {
  const bodyValidation = { content: { json: { validationType: "JSON" } } };
  const at = "routes[0].requestPolicies.bodyValidation.content.json";
  expectAll(problemsOfRoute({ requestPolicies: { bodyValidation } }), [
    `${at}.validationType: must be one of NONE, but is "JSON"`,
    `${at}: is not a media range; use "*/*", "type/*" or "type/subtype", for example "application/json"`,
  ]);
});

test("every field of a static key is looked at, whatever the others are", () => {
  const validationPolicy = {
    type: "STATIC_KEYS",
    keys: [
      {
        format: "JSON_WEB_KEY",
        kty: "EC",
        n: "AQAB",
        e: "AQAB",
        alg: "ES256",
        use: "enc",
        key_ops: ["sign"],
      },
      { format: "PEM", key: "none" },
    ],
  };
  const at = "requestPolicies.authentication.validationPolicy.keys";
  expectAll(
    problemsOfDeployment({ authentication: { ...token, tokenAuthScheme: "Bearer", validationPolicy } }),
    [
      `${at}[0].kid: is missing; it must be a string`,
      `${at}[0].kty: must be RSA, but is "EC"`,
      `${at}[0].alg: must be one of RS256, RS384, RS512, but is "ES256"`,
      `${at}[0].use: must be sig, but is "enc"`,
      `${at}[0].key_ops: must hold verify, but is ["sign"]`,
      `${at}[1].kid: is missing; it must be a string`,
      `${at}[1].key: must be an RSA public key in PEM, from -----BEGIN PUBLIC KEY----- to -----END PUBLIC KEY-----; openssl rsa -in private.pem -pubout prints one`,
    ],
  );
});

describe("all context variables of a text", () => {
  const bad = "${request.body}${request.cert[subject]}";
  const faults = [
    "must not use ${request.body}: it is for authorizer functions' parameters only",
    `uses \${request.cert}, which ${later}`,
  ];
  const at = "routes[0].requestPolicies.headerTransformations.setHeaders.items[0].values[0]";

  test("of a header's value, and its characters", () => {
    const setHeaders = { items: [{ name: "X-A", values: [`${bad}\n`] }] };
    expectAll(problemsOfRoute({ requestPolicies: { headerTransformations: { setHeaders } } }), [
      ...faults.map((fault) => `${at}: ${fault}`),
      `${at}: must hold characters that a header can carry: no line breaks, no control characters`,
    ]);
  });

  test("of a failure's message", () => {
    const validationFailurePolicy = { type: "MODIFY_RESPONSE", responseMessage: bad };
    const authentication = { ...token, tokenAuthScheme: "Bearer", validationFailurePolicy };
    expectAll(
      problemsOfDeployment({ authentication }),
      faults.map(
        (fault) => `requestPolicies.authentication.validationFailurePolicy.responseMessage: ${fault}`,
      ),
    );
  });

  test("of a URL, also of one that is chosen", () => {
    const http = { type: "HTTP_BACKEND", url: `https://a.example/${bad}` };
    expectAll(
      problemsOfRoute({ backend: http }),
      faults.map((fault) => `routes[0].backend.url: ${fault}`),
    );
    const selectionSource = { type: "SINGLE", selector: "request.host" };
    const backend = {
      type: "DYNAMIC_ROUTING_BACKEND",
      selectionSource,
      routingBackends: [rule("a", http)],
    };
    expectAll(
      problemsOfRoute({ backend }),
      faults.map((fault) => `routes[0].backend.routingBackends[0].backend.url: ${fault}`),
    );
  });
});
