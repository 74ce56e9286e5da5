import { afterAll, beforeAll, expect, test } from "vitest";
import { createLocalProvider, type LocalProvider } from "../../../local/provider/provider.ts";
import { type FakeOci, startFakeOci } from "./fake-oci.ts";

let oci: FakeOci;
let provider: LocalProvider;
beforeAll(async () => {
  oci = await startFakeOci();
  provider = createLocalProvider({ url: oci.url, projectDirectory: process.cwd() });
});
afterAll(async () => {
  provider.close();
  await oci.close();
});

const type = "oci:ApiGateway/deployment:Deployment";
const context = { region: undefined, timeoutInMs: 5000 };

/** A specification with whatever Pulumi's provider and OCI's REST API spell differently, in one of the two. */
function specification(side: "provider" | "rest") {
  const isRest = side === "rest";
  const validation = { validationType: "NONE" };
  const parameters = {
    content: "request.query[content]",
    cacheKey: "request.host",
    contents: "request.host",
  };
  const authorizer = {
    type: "CUSTOM_AUTHENTICATION",
    functionId: "f",
    parameters,
    [isRest ? "cacheKey" : "cacheKeys"]: ["content"],
  };
  const token = {
    type: "TOKEN_AUTHENTICATION",
    tokenHeader: "Authorization",
    tokenAuthScheme: "Bearer",
    validationPolicy: {
      type: "REMOTE_DISCOVERY",
      clientDetails: {
        type: "CUSTOM",
        clientId: "c",
        clientSecretId: "s",
        clientSecretVersionNumber: isRest ? 3 : "3",
      },
    },
  };
  return {
    requestPolicies: {
      dynamicAuthentication: {
        selectionSource: { type: "SINGLE", selector: "request.host" },
        authenticationServers: [
          {
            key: { type: "ANY_OF", name: "a", values: ["a.example"], isDefault: false },
            authenticationServerDetail: authorizer,
          },
          {
            key: { type: "WILDCARD", name: "b", expression: "*.b.example", isDefault: true },
            authenticationServerDetail: token,
          },
        ],
      },
      rateLimiting: { rateInRequestsPerSecond: 10, rateKey: "CLIENT_IP" },
      cors: {
        allowedOrigins: ["*"],
        allowedMethods: [],
        isAllowCredentialsEnabled: false,
        maxAgeInSeconds: 0,
      },
    },
    loggingPolicies: { accessLog: { isEnabled: true }, executionLog: { isEnabled: true, logLevel: "WARN" } },
    routes: [
      {
        path: "/a/{id}",
        methods: ["GET", "POST"],
        backend: {
          type: "DYNAMIC_ROUTING_BACKEND",
          selectionSource: { type: "SINGLE", selector: "request.headers[x-canary]" },
          routingBackends: [
            {
              key: { type: "ANY_OF", name: "f", values: ["1"], isDefault: false },
              backend: { type: "ORACLE_FUNCTIONS_BACKEND", functionId: "f" },
            },
            {
              key: { type: "ANY_OF", name: "s", isDefault: true },
              backend: {
                type: "STOCK_RESPONSE_BACKEND",
                status: 200,
                headers: [{ name: "X-A", value: "1" }],
              },
            },
          ],
        },
        requestPolicies: {
          authorization: { type: "ANY_OF", [isRest ? "allowedScope" : "allowedScopes"]: ["read"] },
          bodyValidation: {
            required: true,
            validationMode: "ENFORCING",
            ...(isRest
              ? { content: { "text/*": validation, "application/json": validation } }
              : {
                  contents: [
                    { mediaType: "text/*", ...validation },
                    { mediaType: "application/json", ...validation },
                  ],
                }),
          },
          headerTransformations: {
            setHeaders: { items: [{ name: "X-Id", values: ["${request.path[id]}"], ifExists: "SKIP" }] },
            renameHeaders: { items: [{ from: "X-B", to: "X-C" }] },
            filterHeaders: { type: "BLOCK", items: [{ name: "X-D" }] },
          },
          queryParameterValidations: {
            parameters: [{ name: "content", required: true }],
            validationMode: "PERMISSIVE",
          },
        },
        responsePolicies: {
          headerTransformations: { filterHeaders: { type: "ALLOW", items: [{ name: "Content-Type" }] } },
        },
        loggingPolicies: { executionLog: { logLevel: "ERROR" } },
      },
    ],
  };
}

// "Creating an API Deployment Specification"; the provider's names: its schema, 4.20.0
test("a specification goes out in the REST API's names and comes back in the provider's", async () => {
  const inputs = {
    compartmentId: "c",
    gatewayId: "g",
    pathPrefix: "/v1",
    specification: specification("provider"),
  };
  expect(provider.check(type, inputs)).toEqual([]);
  const { id, outputs } = await provider.create(type, inputs, context);
  const sent = oci.exchanges.find(({ method }) => method === "POST");
  expect(sent?.body?.specification).toEqual(specification("rest"));
  expect(outputs.specification).toEqual(inputs.specification);

  const read = await provider.read(type, id, inputs, context);
  expect(read?.specification).toEqual(inputs.specification);
  expect(provider.diff(type, inputs, { ...inputs, specification: read?.specification }).changed).toEqual([]);
});
