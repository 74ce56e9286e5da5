// One function behind two policies: how often it may be called, and what a call must have.
import * as pulumi from "@pulumi/pulumi";
import { ServerlessApi } from "../../components/index.ts";

const provider = new pulumi.Config("oci");

const api = new ServerlessApi("policies", {
  compartmentId: new pulumi.Config().require("compartmentId"),
  tenancyId: provider.require("tenancyOcid"),
  region: provider.require("region"),
  network: { cidrBlock: "10.0.0.0/16" },
  functions: { hello: { source: "../../functions/hello" } },
  // Each client's address may call twice a second; more is answered 429.
  requestPolicies: { rateLimiting: { rateInRequestsPerSecond: 2, rateKey: "CLIENT_IP" } },
  routes: {
    "GET /hello": {
      kind: "function",
      function: "hello",
      // A call without it is answered 400, and the function isn't called.
      requestPolicies: { queryParameterValidations: { parameters: [{ name: "name", required: true }] } },
    },
  },
});

export const endpoint = api.endpoint;
export const routes = api.routes;
