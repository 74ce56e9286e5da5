import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import {
  type CustomAuthenticationArgs,
  ServerlessApi,
  type ServerlessApiArgs,
} from "../../components/index.ts";
import { functionsSubnetId, gatewaySubnetId, image, minimal, types } from "./fixture.ts";
import { lateErrors, resolved, run, unknown } from "./recorder.ts";

/** Every policy of the component, in the fewest words. */
const withPolicies: ServerlessApiArgs = {
  ...minimal,
  functions: { hello: { image }, beta: { image } },
  requestPolicies: {
    rateLimiting: { rateInRequestsPerSecond: 10, rateKey: "CLIENT_IP" },
    cors: { allowedOrigins: ["https://shop.example.com"] },
  },
  loggingPolicies: { executionLog: { logLevel: "WARN" } },
  routes: {
    "GET /a/{id}": {
      kind: "dynamic",
      selectionSource: { type: "SINGLE", selector: "request.headers[x-canary]" },
      routingBackends: [
        { key: { type: "ANY_OF", name: "beta", values: ["beta"] }, backend: "beta" },
        {
          key: { type: "WILDCARD", name: "old", expression: "v1*" },
          backend: { kind: "http", url: "https://old.example/${request.path[id]}" },
        },
        {
          key: { type: "ANY_OF", name: "gone", values: ["gone"] },
          backend: { kind: "stock", status: 410, body: "gone" },
        },
        {
          key: { type: "ANY_OF", name: "rest", isDefault: true },
          backend: { kind: "function", function: "hello" },
        },
      ],
      requestPolicies: {
        cors: { allowedOrigins: ["*"], allowedMethods: ["GET"], maxAgeInSeconds: 60 },
        headerTransformations: {
          setHeaders: { items: [{ name: "X-Id", values: ["${request.path[id]}"] }] },
          renameHeaders: { items: [{ from: "X-Old", to: "X-New" }] },
          filterHeaders: { type: "BLOCK", items: [{ name: "X-Secret" }] },
        },
        queryParameterTransformations: {
          setQueryParameters: { items: [{ name: "v", values: ["1", "2"], ifExists: "APPEND" }] },
        },
        headerValidations: { headers: [{ name: "X-Tenant", required: true }] },
        queryParameterValidations: { parameters: [{ name: "q" }], validationMode: "PERMISSIVE" },
        bodyValidation: { content: { "application/json": { validationType: "NONE" } } },
      },
      responsePolicies: {
        headerTransformations: { filterHeaders: { type: "BLOCK", items: [{ name: "X-Powered-By" }] } },
      },
      loggingPolicies: { executionLog: { logLevel: "ERROR" } },
    },
  },
};

describe("policies", () => {
  // "Creating an API Deployment Specification", in the provider's spelling
  it("reach the deployment with Oracle's defaults, in the provider's names", async () => {
    const { one } = await run(() => new ServerlessApi("api", withPolicies));
    expect(one(types.deployment).inputs.specification).toEqual({
      requestPolicies: {
        rateLimiting: { rateInRequestsPerSecond: 10, rateKey: "CLIENT_IP" },
        cors: {
          allowedOrigins: ["https://shop.example.com"],
          allowedMethods: [],
          allowedHeaders: [],
          exposedHeaders: [],
          isAllowCredentialsEnabled: false,
          maxAgeInSeconds: 0,
        },
      },
      loggingPolicies: { executionLog: { logLevel: "WARN" } },
      routes: [
        {
          path: "/a/{id}",
          methods: ["GET"],
          backend: {
            type: "DYNAMIC_ROUTING_BACKEND",
            selectionSource: { type: "SINGLE", selector: "request.headers[x-canary]" },
            routingBackends: [
              {
                key: { type: "ANY_OF", name: "beta", values: ["beta"], isDefault: false },
                backend: {
                  type: "ORACLE_FUNCTIONS_BACKEND",
                  functionId: "ocid1.fnfunc.oc1..api-functions-beta",
                },
              },
              {
                key: { type: "WILDCARD", name: "old", expression: "v1*", isDefault: false },
                backend: {
                  type: "HTTP_BACKEND",
                  url: "https://old.example/${request.path[id]}",
                  connectTimeoutInSeconds: 60,
                  readTimeoutInSeconds: 10,
                  isSslVerifyDisabled: false,
                },
              },
              {
                key: { type: "ANY_OF", name: "gone", values: ["gone"], isDefault: false },
                backend: { type: "STOCK_RESPONSE_BACKEND", status: 410, body: "gone" },
              },
              {
                key: { type: "ANY_OF", name: "rest", isDefault: true },
                backend: {
                  type: "ORACLE_FUNCTIONS_BACKEND",
                  functionId: "ocid1.fnfunc.oc1..api-functions-hello",
                },
              },
            ],
          },
          requestPolicies: {
            cors: {
              allowedOrigins: ["*"],
              allowedMethods: ["GET"],
              allowedHeaders: [],
              exposedHeaders: [],
              isAllowCredentialsEnabled: false,
              maxAgeInSeconds: 60,
            },
            headerTransformations: {
              setHeaders: {
                items: [{ name: "X-Id", values: ["${request.path[id]}"], ifExists: "OVERWRITE" }],
              },
              renameHeaders: { items: [{ from: "X-Old", to: "X-New" }] },
              filterHeaders: { type: "BLOCK", items: [{ name: "X-Secret" }] },
            },
            queryParameterTransformations: {
              setQueryParameters: { items: [{ name: "v", values: ["1", "2"], ifExists: "APPEND" }] },
            },
            headerValidations: {
              headers: [{ name: "X-Tenant", required: true }],
              validationMode: "ENFORCING",
            },
            queryParameterValidations: {
              parameters: [{ name: "q", required: false }],
              validationMode: "PERMISSIVE",
            },
            bodyValidation: {
              required: false,
              contents: [{ mediaType: "application/json", validationType: "NONE" }],
              validationMode: "ENFORCING",
            },
          },
          responsePolicies: {
            headerTransformations: { filterHeaders: { type: "BLOCK", items: [{ name: "X-Powered-By" }] } },
          },
          loggingPolicies: { executionLog: { logLevel: "ERROR" } },
        },
      ],
    });
  });

  // "Using Authorizer Functions to Add Authentication and Authorization to API Deployments"
  it("name an authorizer by its key, whose id the deployment gets, alone or as one of several servers", async () => {
    const authorizer: CustomAuthenticationArgs = {
      type: "CUSTOM_AUTHENTICATION",
      function: "beta",
      parameters: { code: "request.query[code]" },
      cacheKey: ["code"],
    };
    const args = { ...withPolicies, routes: { "GET /a": "hello" } };
    const alone = await run(
      () => new ServerlessApi("api", { ...args, requestPolicies: { authentication: authorizer } }),
    );
    const rendered = {
      type: "CUSTOM_AUTHENTICATION",
      parameters: { code: "request.query[code]" },
      cacheKeys: ["code"],
      functionId: "ocid1.fnfunc.oc1..api-functions-beta",
      isAnonymousAccessAllowed: false,
    };
    const { requestPolicies, routes } = alone.one(types.deployment).inputs.specification;
    expect(requestPolicies).toEqual({ authentication: rendered });
    expect(routes[0].requestPolicies).toEqual({ authorization: { type: "AUTHENTICATION_ONLY" } });

    const selectionSource = { type: "SINGLE", selector: "request.host" } as const;
    const key = { type: "ANY_OF", name: "a", isDefault: true } as const;
    const authenticationServers = [{ key, authenticationServerDetail: authorizer }];
    const dynamicAuthentication = { selectionSource, authenticationServers };
    const several = await run(
      () => new ServerlessApi("api", { ...args, requestPolicies: { dynamicAuthentication } }),
    );
    expect(several.one(types.deployment).inputs.specification.requestPolicies).toEqual({
      dynamicAuthentication: {
        selectionSource,
        authenticationServers: [{ key, authenticationServerDetail: rendered }],
      },
    });
  });

  it("say in the outputs what a choice leads to", async () => {
    const { result } = await run(() => new ServerlessApi("api", withPolicies));
    const backends = await Promise.all(result.routes.map(({ backend }) => resolved(backend)));
    expect(backends).toEqual([
      "dynamic request.headers[x-canary]: function beta, http https://old.example/${request.path[id]}, stock 410, function hello",
    ]);
  });

  it("give a created network its way out for an HTTP back end inside a choice", async () => {
    const args = { ...withPolicies, network: { cidrBlock: "10.0.0.0/16" } };
    const { resources } = await run(() => new ServerlessApi("api", args));
    const nat = resources.filter(({ type }) => type === "oci:Core/natGateway:NatGateway");
    const without = await run(
      () => new ServerlessApi("api", { ...minimal, network: { cidrBlock: "10.0.0.0/16" } }),
    );
    expect(nat).toHaveLength(1);
    expect(without.resources.some(({ type }) => type === "oci:Core/natGateway:NatGateway")).toBe(false);
  });
});

const setHeader = (...values: pulumi.Input<string>[]) => ({
  "GET /a/{id}": {
    kind: "stock" as const,
    status: 200,
    requestPolicies: { headerTransformations: { setHeaders: { items: [{ name: "X-A", values }] } } },
  },
});
const valuesAt = 'routes["GET /a/{id}"].requestPolicies.headerTransformations.setHeaders.items[0].values';

describe("values of policies that are known later", () => {
  it("are taken when they are right, and stay secret", async () => {
    const routes = setHeader("a", pulumi.output("${request.path[id]}"), pulumi.secret("hush"));
    const { one } = await run(() => new ServerlessApi("api", { ...minimal, routes }));
    const [route] = one(types.deployment).inputs.specification.routes;
    expect(route.requestPolicies.headerTransformations.setHeaders.items[0].values).toEqual([
      "a",
      "${request.path[id]}",
      { secret: "hush" },
    ]);
  });

  it("pass in a preview that doesn't know them", async () => {
    const routes = setHeader("a", unknown());
    const { one } = await run(() => new ServerlessApi("api", { ...minimal, routes }), { isPreview: true });
    const [route] = one(types.deployment).inputs.specification.routes;
    expect(route.requestPolicies.headerTransformations.setHeaders.items[0].values).toEqual([
      "a",
      "<unknown>",
    ]);
  });

  it.each<[pulumi.Input<string>, string]>([
    [
      pulumi.output("${request.path[name]}"),
      '"${request.path[name]}" is not a parameter of the route\'s path; it has ${request.path[id]} [context-variable]',
    ],
    [
      pulumi.secret("hunter2 ${request.path[hunter3]}"),
      "(secret) is not a parameter of the route's path; it has ${request.path[id]} [context-variable]",
    ],
    [
      pulumi.secret("hunter2\r\n"),
      "must hold only characters that a header can carry: no line breaks, no control characters, none beyond Latin-1 (é can stand, € can't) [transformations]",
    ],
    [pulumi.output(7 as unknown as string), "must be a text; is 7 [transformations]"],
  ])("[context-variable] are refused at their own key when they resolve: %#", async (value, message) => {
    const routes = setHeader("a", value);
    expect(await lateErrors(() => new ServerlessApi("api", { ...minimal, routes }))).toEqual([
      `serverless-api "api": 1 problem\n  ✖ ${valuesAt}[1]: ${message}`,
    ]);
  });

  it("of back ends inside a choice are checked too", async () => {
    const routes = {
      "GET /a": {
        kind: "dynamic" as const,
        selectionSource: { type: "SINGLE" as const, selector: "request.host" },
        routingBackends: [
          {
            key: { type: "ANY_OF" as const, name: "a" },
            backend: { kind: "http" as const, url: pulumi.output("ftp://a") },
          },
        ],
      },
    };
    expect(await lateErrors(() => new ServerlessApi("api", { ...minimal, routes }))).toEqual([
      'serverless-api "api": 1 problem\n  ✖ routes["GET /a"].routingBackends[0].backend.url: must begin with "http://" or "https://", in lower case [http-url]',
    ]);
  });
});

describe("problems of policies and choices", () => {
  const problemsOf = async (changes: object) => {
    const network = { gatewaySubnetId, functionsSubnetIds: [functionsSubnetId] };
    const args = { ...minimal, network, ...changes } as ServerlessApiArgs;
    const error = await run(() => new ServerlessApi("api", args)).catch((reason: Error) => reason);
    return error instanceof Error ? error.message.split("\n").slice(1) : [];
  };

  it("come all at once, each with its key", async () => {
    const problems = await problemsOf({
      requestPolicies: { cors: { allowedOrigins: ["a"] }, rateLimiting: { rateInRequestsPerSecond: 0 } },
      loggingPolicies: { executionLog: { logLevel: "DEBUG" } },
      routes: {
        "GET /a": {
          kind: "dynamic",
          selectionSource: { type: "SINGLE", selector: "request.path[id]" },
          routingBackends: [
            { key: { type: "ANY_OF", name: "a" }, backend: "helo" },
            {
              key: { type: "ANY_OF", name: "b" },
              backend: { kind: "http", url: "https://${request.host}/", sendTimeoutInSeconds: 11 },
            },
            { key: { type: "ANY_OF", name: "c" }, backend: { kind: "dynamic" } },
            {
              key: { type: "ANY_OF", name: "d" },
              backend: { kind: "stock", status: 1, requestPolicies: {} },
            },
          ],
          requestPolicies: { headerValidations: {} },
          responsePolicies: { cors: {} },
        },
      },
    });
    const at = 'routes["GET /a"]';
    expect(problems).toEqual([
      "  ✖ requestPolicies.rateLimiting.rateInRequestsPerSecond: is 0; must be at least 1 [rate-limiting]",
      '  ✖ requestPolicies.rateLimiting.rateKey: is missing; must be one of "CLIENT_IP", "TOTAL" [rate-limiting]',
      '  ✖ requestPolicies.cors.allowedOrigins[0]: is "a"; must be "*", "null", or scheme, host and port without a path, for example "https://shop.example.com" [cors-origin]',
      '  ✖ loggingPolicies.executionLog.logLevel: is "DEBUG"; must be one of "INFO", "WARN", "ERROR" [logging-policies]',
      `  ✖ ${at}.selectionSource.selector: "request.path[id]" is not a parameter of the route's path; it has none [context-variable]`,
      `  ✖ ${at}.routingBackends[0].backend: names function "helo", which is not among "functions"; there are hello [route-function]`,
      `  ✖ ${at}.routingBackends[1].backend.url: has a variable in its host other than the choice's selector: only "\${request.path[id]}" may stand there [http-url-variable]`,
      `  ✖ ${at}.routingBackends[1].backend.sendTimeoutInSeconds: is 11; inside a choice the OCI provider can't set it: leave it out, then it is 10 [nested-send-timeout]`,
      `  ✖ ${at}.routingBackends[2].backend.kind: "dynamic" is not a kind that a choice takes; supported are "function", "http", "stock" [route-backend]`,
      `  ✖ ${at}.routingBackends[3].backend.requestPolicies: is not a setting; allowed are kind, status, body, headers [unsupported-setting]`,
      `  ✖ ${at}.routingBackends[3].backend.status: is 1; must be a whole number from 100 to 599, for example 200 [stock-status]`,
      `  ✖ ${at}.requestPolicies.headerValidations.headers: is missing; must be a list [validations]`,
      `  ✖ ${at}.responsePolicies.cors: stands under "requestPolicies" of the API or of a route; allowed here are headerTransformations [unsupported-setting]`,
    ]);
  });

  it("[route-function] name an authorizer that there isn't", async () => {
    const authentication = {
      type: "CUSTOM_AUTHENTICATION",
      function: "auth",
      parameters: { a: "request.host" },
    };
    expect(await problemsOf({ requestPolicies: { authentication } })).toEqual([
      '  ✖ requestPolicies.authentication.function: names function "auth", which is not among "functions"; there are hello [route-function]',
    ]);
  });

  it("[nested-send-timeout] are none for the time-out that holds anyway", async () => {
    const backend = { kind: "http", url: "https://a.example", sendTimeoutInSeconds: 10 };
    const choice = {
      kind: "dynamic",
      selectionSource: { type: "SINGLE", selector: "request.host" },
      routingBackends: [{ key: { type: "ANY_OF", name: "a" }, backend }],
    };
    expect(await problemsOf({ routes: { "GET /a": choice } })).toEqual([]);
  });
});
