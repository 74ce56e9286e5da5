import { ServerlessApi } from "./components/index.ts";
import { readSettings } from "./settings.ts";

// The functions of this API, each with its folder. What a stack decides about them stands in Pulumi.<stack>.yaml.
const settings = await readSettings({ hello: "./functions/hello", echo: "./functions/echo" });

const api = new ServerlessApi("api", {
  ...settings,
  routes: {
    "GET,POST /hello": "hello",
    "ANY /echo/{path*}": "echo",
    "GET /health": {
      kind: "stock",
      status: 200,
      headers: { "Content-Type": "application/json" },
      body: '{"status":"ok"}',
    },
  },
});

// The stack's outputs are a contract: docs/outputs.md.
export const endpoint = api.endpoint;
export const gatewayId = api.gateway.id;
export const gatewayHostname = api.gateway.hostname;
export const routes = api.routes;
export const functionIds = Object.fromEntries(
  Object.entries(api.functions).map(([key, { id }]) => [key, id]),
);
export const imageDigests = Object.fromEntries(
  Object.entries(api.functions).map(([key, { imageDigest }]) => [key, imageDigest]),
);
export const applicationId = api.applicationId;
export const dynamicGroupId = api.access.dynamicGroupId;
export const policyIds = api.access.policyIds;
export const logGroupId = api.logging.logGroupId;
export const logIds = api.logging.logIds;
