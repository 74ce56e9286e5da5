import type { ServerlessApiArgs } from "../../components/index.ts";

export const compartmentId = "ocid1.compartment.oc1..shop";
export const tenancyId = "ocid1.tenancy.oc1..acme";
export const gatewaySubnetId = "ocid1.subnet.oc1.fra.gateway";
export const functionsSubnetId = "ocid1.subnet.oc1.fra.functions";
export const digest = `sha256:${"a".repeat(64)}`;
export const image = `fra.ocir.io/ns/hello:1@${digest}`;

/** The fewest arguments with a function. */
export const minimal = {
  compartmentId,
  tenancyId,
  region: "eu-frankfurt-1",
  network: { gatewaySubnetId, functionsSubnetIds: [functionsSubnetId] },
  functions: { hello: { image } },
  routes: { "GET /hello": "hello" },
} satisfies ServerlessApiArgs<"hello">;

export const types = {
  application: "oci:Functions/application:Application",
  deployment: "oci:ApiGateway/deployment:Deployment",
  dynamicGroup: "oci:Identity/dynamicGroup:DynamicGroup",
  function: "oci:Functions/function:Function",
  gateway: "oci:ApiGateway/gateway:Gateway",
  log: "oci:Logging/log:Log",
  logGroup: "oci:Logging/logGroup:LogGroup",
  policy: "oci:Identity/policy:Policy",
  provider: "pulumi:providers:oci",
} as const;
