import { describe, expect, it } from "vitest";
import { RouteKey } from "../../components/model/routes.ts";
import { toProviderInput } from "../../components/model/specification/provider-input.ts";
import { type Route, renderSpecification } from "../../components/model/specification.ts";

function route(key: string, rest: Partial<Route<string>> = {}): Route<string> {
  const parsed = RouteKey.parse(key).route;
  if (parsed === undefined) throw new Error(key);
  return { route: parsed, backend: { kind: "stock", status: 200 }, ...rest };
}

const plain = {
  path: "/a",
  methods: ["GET"],
  backend: { type: "STOCK_RESPONSE_BACKEND", status: 200 },
};

// "Selecting API Gateway Back Ends Dynamically Based on Request Elements"
it("renders a choice between back ends, without the time-out that the provider can't set there", () => {
  const rendered = renderSpecification([
    route("GET /a", {
      backend: {
        kind: "dynamic",
        selectionSource: { type: "SINGLE", selector: "request.headers[x-canary]" },
        routingBackends: [
          {
            key: { type: "ANY_OF", name: "b", values: ["1"] },
            backend: { kind: "function", functionId: "f" },
          },
          {
            key: { type: "WILDCARD", name: "c", expression: "x*" },
            backend: { kind: "http", url: "https://example.com", sendTimeoutInSeconds: 10 },
          },
          { key: { type: "ANY_OF", name: "d", isDefault: true }, backend: { kind: "stock", status: 204 } },
        ],
      },
    }),
  ]);
  expect(rendered).toEqual({
    routes: [
      {
        path: "/a",
        methods: ["GET"],
        backend: {
          type: "DYNAMIC_ROUTING_BACKEND",
          selectionSource: { type: "SINGLE", selector: "request.headers[x-canary]" },
          routingBackends: [
            {
              key: { type: "ANY_OF", name: "b", values: ["1"], isDefault: false },
              backend: { type: "ORACLE_FUNCTIONS_BACKEND", functionId: "f" },
            },
            {
              key: { type: "WILDCARD", name: "c", expression: "x*", isDefault: false },
              backend: {
                type: "HTTP_BACKEND",
                url: "https://example.com",
                connectTimeoutInSeconds: 60,
                readTimeoutInSeconds: 10,
                isSslVerifyDisabled: false,
              },
            },
            {
              key: { type: "ANY_OF", name: "d", isDefault: true },
              backend: { type: "STOCK_RESPONSE_BACKEND", status: 204 },
            },
          ],
        },
      },
    ],
  });
});

describe("policies in a specification", () => {
  it("stand where OCI has them, with Oracle's defaults for what they leave out", () => {
    const one = route("GET /a", {
      requestPolicies: {
        headerTransformations: { setHeaders: { items: [{ name: "X-A", values: ["1"] }] } },
        queryParameterTransformations: {
          setQueryParameters: { items: [{ name: "a", values: ["1"], ifExists: "SKIP" }] },
        },
        headerValidations: { headers: [{ name: "X-B" }] },
        queryParameterValidations: {
          parameters: [{ name: "b", required: true }],
          validationMode: "PERMISSIVE",
        },
        bodyValidation: { content: { "text/*": { validationType: "NONE" } } },
      },
      responsePolicies: {
        headerTransformations: { setHeaders: { items: [{ name: "X-C", values: ["1"] }] } },
      },
      loggingPolicies: { executionLog: {} },
    });
    const cors = { allowedOrigins: ["*"] };
    const api = { requestPolicies: { cors }, loggingPolicies: { accessLog: { isEnabled: true } } };
    expect(renderSpecification([one], api)).toEqual({
      requestPolicies: {
        cors: {
          allowedOrigins: ["*"],
          allowedMethods: [],
          allowedHeaders: [],
          exposedHeaders: [],
          isAllowCredentialsEnabled: false,
          maxAgeInSeconds: 0,
        },
      },
      loggingPolicies: { accessLog: { isEnabled: true } },
      routes: [
        {
          ...plain,
          requestPolicies: {
            headerTransformations: {
              setHeaders: { items: [{ name: "X-A", values: ["1"], ifExists: "OVERWRITE" }] },
            },
            queryParameterTransformations: {
              setQueryParameters: { items: [{ name: "a", values: ["1"], ifExists: "SKIP" }] },
            },
            headerValidations: {
              headers: [{ name: "X-B", required: false }],
              validationMode: "ENFORCING",
            },
            queryParameterValidations: {
              parameters: [{ name: "b", required: true }],
              validationMode: "PERMISSIVE",
            },
            bodyValidation: {
              content: { "text/*": { validationType: "NONE" } },
              required: false,
              validationMode: "ENFORCING",
            },
          },
          responsePolicies: {
            headerTransformations: {
              setHeaders: { items: [{ name: "X-C", values: ["1"], ifExists: "OVERWRITE" }] },
            },
          },
          loggingPolicies: { executionLog: { logLevel: "INFO" } },
        },
      ],
    });
  });

  it("say AUTHENTICATION_ONLY of each route that says nothing, when callers are authenticated", () => {
    const requestPolicies = { authentication: { type: "CUSTOM_AUTHENTICATION", functionId: "f" } };
    const anonymous = route("GET /a", { requestPolicies: { authorization: { type: "ANONYMOUS" } } });
    const undefinedOne = route("GET /a", { requestPolicies: { authorization: undefined } });
    expect(renderSpecification([route("GET /a"), anonymous, undefinedOne], { requestPolicies })).toEqual({
      requestPolicies: {
        authentication: { ...requestPolicies.authentication, isAnonymousAccessAllowed: false },
      },
      routes: [
        { ...plain, requestPolicies: { authorization: { type: "AUTHENTICATION_ONLY" } } },
        { ...plain, requestPolicies: { authorization: { type: "ANONYMOUS" } } },
        { ...plain, requestPolicies: { authorization: { type: "AUTHENTICATION_ONLY" } } },
      ],
    });
  });

  // "Using Tokens to Add Authentication and Authorization to API Deployments", "Using JSON Web Tokens (JWTs) …"
  it("have the defaults of tokens, also of several authentication servers", () => {
    const token = {
      type: "TOKEN_AUTHENTICATION",
      tokenQueryParam: "t",
      validationPolicy: {
        type: "REMOTE_JWKS",
        uri: "https://id.example",
        additionalValidationPolicy: { verifyClaims: [{ key: "sub" }] },
      },
      validationFailurePolicy: {
        type: "MODIFY_RESPONSE",
        responseHeaderTransformations: { setHeaders: { items: [{ name: "X-A", values: ["1"] }] } },
      },
    };
    const jwt = { type: "JWT_AUTHENTICATION", publicKeys: { type: "STATIC_KEYS", keys: [] } };
    const requestPolicies = {
      dynamicAuthentication: {
        selectionSource: { type: "SINGLE", selector: "request.host" },
        authenticationServers: [
          { key: { type: "ANY_OF", name: "a" }, authenticationServerDetail: token },
          { key: { type: "ANY_OF", name: "b" }, authenticationServerDetail: jwt },
        ],
      },
    };
    expect(renderSpecification([], { requestPolicies }).requestPolicies).toEqual({
      dynamicAuthentication: {
        selectionSource: { type: "SINGLE", selector: "request.host" },
        authenticationServers: [
          {
            key: { type: "ANY_OF", name: "a", isDefault: false },
            authenticationServerDetail: {
              type: "TOKEN_AUTHENTICATION",
              tokenQueryParam: "t",
              isAnonymousAccessAllowed: false,
              maxClockSkewInSeconds: 0,
              validationPolicy: {
                type: "REMOTE_JWKS",
                uri: "https://id.example",
                isSslVerifyDisabled: false,
                maxCacheDurationInHours: 1,
                additionalValidationPolicy: { verifyClaims: [{ key: "sub", isRequired: false }] },
              },
              validationFailurePolicy: {
                type: "MODIFY_RESPONSE",
                responseHeaderTransformations: {
                  setHeaders: { items: [{ name: "X-A", values: ["1"], ifExists: "OVERWRITE" }] },
                },
              },
            },
          },
          {
            key: { type: "ANY_OF", name: "b", isDefault: false },
            authenticationServerDetail: { ...jwt, isAnonymousAccessAllowed: false, maxClockSkewInSeconds: 0 },
          },
        ],
      },
    });
  });
});

it("renames for the provider what it spells otherwise, and nothing else", () => {
  const specification = {
    requestPolicies: {
      authentication: {
        cacheKey: ["code"],
        parameters: { content: "request.query[content]", cacheKey: "request.host" },
        validationPolicy: { clientDetails: { clientSecretVersionNumber: 3 } },
      },
    },
    routes: [
      {
        path: "/a",
        requestPolicies: {
          authorization: { type: "ANY_OF", allowedScope: ["read"] },
          bodyValidation: {
            content: { "text/*": { validationType: "NONE" }, "a/b": { validationType: "NONE" } },
            required: false,
          },
        },
      },
    ],
  };
  expect(toProviderInput(specification)).toEqual({
    requestPolicies: {
      authentication: {
        cacheKeys: ["code"],
        parameters: { content: "request.query[content]", cacheKey: "request.host" },
        validationPolicy: { clientDetails: { clientSecretVersionNumber: "3" } },
      },
    },
    routes: [
      {
        path: "/a",
        requestPolicies: {
          authorization: { type: "ANY_OF", allowedScopes: ["read"] },
          bodyValidation: {
            contents: [
              { mediaType: "text/*", validationType: "NONE" },
              { mediaType: "a/b", validationType: "NONE" },
            ],
            required: false,
          },
        },
      },
    ],
  });
});
