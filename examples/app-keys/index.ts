// An API for programs: callers show a code, or sign their requests with a secret that they never send.
import * as pulumi from "@pulumi/pulumi";
import type { FunctionRouteArgs, RoutePoliciesArgs } from "../../components/index.ts";
import { ServerlessApi } from "../../components/index.ts";
import { argumentSources } from "../../functions/authorizer/arguments.ts";

const config = new pulumi.Config();
const provider = new pulumi.Config("oci");

/** A route for callers whose key has the scope. */
function orders(scope: string): FunctionRouteArgs<"orders"> & RoutePoliciesArgs {
  return {
    kind: "function",
    function: "orders",
    requestPolicies: {
      authorization: { type: "ANY_OF", allowedScope: [scope] },
      headerTransformations: {
        // What the authorizer has verified, over whatever the client says; the function relies on it.
        setHeaders: {
          items: [
            { name: "X-Verified-Key", values: ["${request.auth[keyId]}"] },
            { name: "X-Verified-Request", values: ["${request.auth[verified]}"] },
          ],
        },
        filterHeaders: { type: "BLOCK", items: [{ name: "X-Api-Key" }] },
      },
    },
  };
}

const api = new ServerlessApi("app-keys", {
  compartmentId: config.require("compartmentId"),
  tenancyId: provider.require("tenancyOcid"),
  region: provider.require("region"),
  network: {
    cidrBlock: "10.0.0.0/16",
    // Who may reach the gateway at all. OCI has no list of addresses for a single route.
    allowedCidrs: ["0.0.0.0/0"],
  },
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
      parameters: argumentSources,
      // No cacheKey: the gateway then remembers a result by all parameters. With fewer, one caller's would serve another.
    },
  },
  routes: {
    "GET /orders": orders("orders.read"),
    "POST /orders": orders("orders.write"),
  },
});

export const endpoint = api.endpoint;
export const routes = api.routes;
