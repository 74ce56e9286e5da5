// GET and POST under a prefix: CORS for the shop's pages, app keys with scopes, a rate limit, parameters mapped to
// headers, and logs.
import * as pulumi from "@pulumi/pulumi";
import type {
  FunctionRouteArgs,
  RoutePoliciesArgs,
  RouteRequestPoliciesArgs,
} from "../../components/index.ts";
import { ServerlessApi } from "../../components/index.ts";

const config = new pulumi.Config();
const provider = new pulumi.Config("oci");

const api = new ServerlessApi("orders", {
  compartmentId: config.require("compartmentId"),
  tenancyId: provider.require("tenancyOcid"),
  region: provider.require("region"),
  network: { cidrBlock: "10.0.0.0/16" },
  pathPrefix: "/shop/v1",
  functions: {
    authorizer: {
      source: "../../functions/authorizer",
      config: { APP_KEYS: config.requireSecret("appKeys") },
    },
    orders: { source: "./functions/orders" },
  },
  requestPolicies: {
    authentication: {
      type: "CUSTOM_AUTHENTICATION",
      function: "authorizer",
      parameters: { apiKey: "request.headers[x-api-key]" },
    },
    rateLimiting: { rateInRequestsPerSecond: 20, rateKey: "CLIENT_IP" },
    cors: {
      allowedOrigins: ["https://shop.example.com"],
      allowedMethods: ["GET", "POST"],
      allowedHeaders: ["Content-Type", "X-Api-Key"],
      maxAgeInSeconds: 600,
    },
  },
  routes: {
    // The text before the variable keeps the header from being empty when the query has no status.
    "GET /orders": orders("orders.read", { "X-Order-Filter": "status=${request.query[status]}" }),
    "GET /orders/{id}": orders("orders.read", { "X-Order-Id": "${request.path[id]}" }),
    "POST /orders": orders(
      "orders.write",
      {},
      {
        bodyValidation: { required: true, content: { "application/json": { validationType: "NONE" } } },
      },
    ),
  },
  logging: { retentionInDays: 60 },
  loggingPolicies: { executionLog: { logLevel: "WARN" } },
});

export const endpoint = api.endpoint;
export const routes = api.routes;
export const logGroupId = api.logging.logGroupId;
export const logIds = api.logging.logIds;

/** A route for callers whose key has the scope; the function gets these headers and nothing else of the client's. */
function orders(
  scope: string,
  mapped: Readonly<Record<string, string>>,
  more: RouteRequestPoliciesArgs = {},
): FunctionRouteArgs<"orders"> & RoutePoliciesArgs {
  const headers = { "X-Client": "${request.auth[keyId]}", ...mapped };
  const passed = ["Content-Type", ...Object.keys(headers)];
  return {
    kind: "function",
    function: "orders",
    requestPolicies: {
      authorization: { type: "ANY_OF", allowedScope: [scope] },
      headerTransformations: {
        setHeaders: { items: Object.entries(headers).map(([name, value]) => ({ name, values: [value] })) },
        filterHeaders: { type: "ALLOW", items: passed.map((name) => ({ name })) },
      },
      ...more,
    },
    responsePolicies: {
      headerTransformations: { setHeaders: { items: [{ name: "Cache-Control", values: ["no-store"] }] } },
    },
  };
}
