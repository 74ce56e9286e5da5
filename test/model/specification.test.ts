import { expect, it } from "vitest";
import { RouteKey } from "../../components/model/routes.ts";
import { toProviderInput } from "../../components/model/specification/provider-input.ts";
import {
  type Backend,
  checkSpecificationSize,
  renderSpecification,
} from "../../components/model/specification.ts";

function route(key: string, backend: Backend<string>) {
  const parsed = RouteKey.parse(key).route;
  if (parsed === undefined) throw new Error(key);
  return { route: parsed, backend };
}

// "Creating an API Deployment Specification", in the provider's spelling
it("renders each kind of back end", () => {
  expect(
    renderSpecification([
      route("PUT,GET /a/{id}", { kind: "function", functionId: "ocid1.fnfunc.oc1.phx.f" }),
      route("GET /b", { kind: "http", url: "https://example.com" }),
      route("ANY /c/{rest*}", {
        kind: "http",
        url: "https://example.com/${request.path[rest]}",
        connectTimeoutInSeconds: 1,
        readTimeoutInSeconds: 2.5,
        sendTimeoutInSeconds: 3,
        isSslVerifyDisabled: true,
      }),
      route("GET /d", { kind: "stock", status: 204 }),
      route("GET /e", {
        kind: "stock",
        status: 200,
        body: "",
        headers: { "X-A": "1", "Content-Type": "text/plain" },
      }),
    ]),
  ).toStrictEqual({
    routes: [
      {
        path: "/a/{id}",
        methods: ["PUT", "GET"],
        backend: { type: "ORACLE_FUNCTIONS_BACKEND", functionId: "ocid1.fnfunc.oc1.phx.f" },
      },
      {
        path: "/b",
        methods: ["GET"],
        backend: {
          type: "HTTP_BACKEND",
          url: "https://example.com",
          connectTimeoutInSeconds: 60,
          readTimeoutInSeconds: 10,
          sendTimeoutInSeconds: 10,
          isSslVerifyDisabled: false,
        },
      },
      {
        path: "/c/{rest*}",
        methods: ["ANY"],
        backend: {
          type: "HTTP_BACKEND",
          url: "https://example.com/${request.path[rest]}",
          connectTimeoutInSeconds: 1,
          readTimeoutInSeconds: 2.5,
          sendTimeoutInSeconds: 3,
          isSslVerifyDisabled: true,
        },
      },
      { path: "/d", methods: ["GET"], backend: { type: "STOCK_RESPONSE_BACKEND", status: 204 } },
      {
        path: "/e",
        methods: ["GET"],
        backend: {
          type: "STOCK_RESPONSE_BACKEND",
          status: 200,
          body: "",
          headers: [
            { name: "X-A", value: "1" },
            { name: "Content-Type", value: "text/plain" },
          ],
        },
      },
    ],
  });
});

// "API Gateway Internal Limits"
it("[specification-size] takes 2 MB and no more", () => {
  const sized = (length: number) =>
    renderSpecification([
      route("GET /a", { kind: "http", url: `https://example.com/${"a".repeat(length)}` }),
    ]);
  const frame = JSON.stringify(sized(0)).length;
  expect(checkSpecificationSize(sized(2_097_152 - frame))).toEqual([]);
  expect(checkSpecificationSize(sized(2_097_153 - frame))).toEqual([
    {
      rule: "specification-size",
      key: "routes",
      message: "make a specification of 2097153 bytes; at most 2097152 are allowed: split the API",
    },
  ]);
});

it("throws when a back end is of a kind that doesn't exist", () => {
  const error = new TypeError('no such back end: {"kind":"queue"}');
  const backend = { kind: "queue" } as unknown as Backend<string>;
  expect(() => renderSpecification([route("GET /a", backend)])).toThrow(error);
});

it("says AUTHENTICATION_ONLY of a route that says nothing, also with several authentication servers", () => {
  const stock: Backend<string> = { kind: "stock", status: 200 };
  const requestPolicies = { dynamicAuthentication: { authenticationServers: [] } };
  const [rendered] = renderSpecification([route("GET /a", stock)], { requestPolicies }).routes;
  expect(rendered?.requestPolicies).toEqual({ authorization: { type: "AUTHENTICATION_ONLY" } });
});

// "JSON Web Key (JWK)", RFC 7517: OCI's REST API keeps its name.
it("names a static key's operations as in RFC 7517, and nothing else", () => {
  const keys = [{ kid: "k", keyOps: ["verify"] }];
  const publicKeys = { type: "STATIC_KEYS", keyOps: 1, keys };
  const validationPolicy = { keyOps: 2, keys, monkeys: [{ keyOps: 3 }] };
  const authentication = { type: "JWT_AUTHENTICATION", publicKeys, validationPolicy, absent: undefined };
  const { requestPolicies } = renderSpecification<string>([], { requestPolicies: { authentication } });
  const rendered = [{ kid: "k", key_ops: ["verify"] }];
  expect(requestPolicies).toStrictEqual({
    authentication: {
      type: "JWT_AUTHENTICATION",
      isAnonymousAccessAllowed: false,
      maxClockSkewInSeconds: 0,
      publicKeys: { ...publicKeys, keys: rendered },
      validationPolicy: { keyOps: 2, keys: rendered, monkeys: [{ keyOps: 3 }] },
    },
  });
});

it("spells a static key's operations as the provider does", () => {
  expect(toProviderInput({ keys: [{ kid: "k", key_ops: ["verify"] }] })).toEqual({
    keys: [{ kid: "k", keyOps: ["verify"] }],
  });
});

// "Adding Query Parameter Transformation Request Policies", "Adding Request Validation to API Deployments"
it("sends Oracle's defaults along for what is said of the query", () => {
  const requestPolicies = {
    queryParameterTransformations: { setQueryParameters: { items: [{ name: "a", values: ["1"] }] } },
    queryParameterValidations: { parameters: [{ name: "b" }] },
  };
  const one = { ...route("GET /a", { kind: "stock", status: 200 }), requestPolicies };
  expect(renderSpecification([one]).routes[0]?.requestPolicies).toEqual({
    queryParameterTransformations: {
      setQueryParameters: { items: [{ name: "a", values: ["1"], ifExists: "OVERWRITE" }] },
    },
    queryParameterValidations: {
      parameters: [{ name: "b", required: false }],
      validationMode: "ENFORCING",
    },
  });
});

// "Using Tokens to Add Authentication and Authorization to API Deployments", "Using JSON Web Tokens (JWTs) …"
it.each([
  [
    {
      type: "JWT_AUTHENTICATION",
      verifyClaims: [{ key: "sub" }, { key: "azp", isRequired: true }],
      publicKeys: { type: "REMOTE_JWKS", uri: "https://id.example" },
    },
    {
      type: "JWT_AUTHENTICATION",
      isAnonymousAccessAllowed: false,
      maxClockSkewInSeconds: 0,
      verifyClaims: [
        { key: "sub", isRequired: false },
        { key: "azp", isRequired: true },
      ],
      publicKeys: {
        type: "REMOTE_JWKS",
        uri: "https://id.example",
        isSslVerifyDisabled: false,
        maxCacheDurationInHours: 1,
      },
    },
  ],
  [
    {
      type: "TOKEN_AUTHENTICATION",
      maxClockSkewInSeconds: 3,
      validationPolicy: { type: "REMOTE_DISCOVERY", isSslVerifyDisabled: true },
    },
    {
      type: "TOKEN_AUTHENTICATION",
      isAnonymousAccessAllowed: false,
      maxClockSkewInSeconds: 3,
      validationPolicy: { type: "REMOTE_DISCOVERY", isSslVerifyDisabled: true, maxCacheDurationInHours: 1 },
    },
  ],
])("sends Oracle's defaults along for what is said of tokens: %#", (authentication, expected) => {
  const { requestPolicies } = renderSpecification<string>([], { requestPolicies: { authentication } });
  expect(requestPolicies).toStrictEqual({ authentication: expected });
});
