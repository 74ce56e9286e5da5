// Deploys the gateway's conformance cases on one gateway: `npm run conformance -- --url <endpoint>` then asks it. On the
// local OCI a test does the same.
import * as pulumi from "@pulumi/pulumi";
import { ApiGateway } from "../../../components/api-gateway.ts";
import { ApiNetwork } from "../../../components/api-network.ts";
import { FunctionApp } from "../../../components/function-app.ts";
import { GatewayAccess } from "../../../components/gateway-access.ts";
import type { ApiSpecification } from "../../../components/model/specification.ts";
import { casesOf } from "../gateway/index.ts";
import { backendPrefix, filled, plan } from "../plan.ts";

const config = new pulumi.Config();
const compartmentId = config.require("compartmentId");
const provider = new pulumi.Config("oci");
const region = provider.require("region");

const network = new ApiNetwork("cases", {
  compartmentId,
  cidrBlock: "10.2.0.0/16",
  endpointType: "PUBLIC",
  hasHttpBackends: true,
  displayName: `${pulumi.getProject()}-${pulumi.getStack()}`,
});
const functions = new FunctionApp("cases", {
  compartmentId,
  region,
  subnetIds: network.functionsSubnetIds,
  physicalName: (noun) => `${pulumi.getProject()}-${pulumi.getStack()}-${noun}`,
  functions: {
    behave: { source: "./functions/behave" },
    authorize: { source: "./functions/authorize" },
    slow: { source: "./functions/behave", timeoutInSeconds: 5 },
  },
});
const gateway = new ApiGateway("cases", {
  compartmentId,
  subnetId: network.gatewaySubnetId,
  networkSecurityGroupIds: [network.nodes.gatewaySecurityGroup.id],
});
const access = new GatewayAccess("cases", {
  tenancyId: provider.require("tenancyOcid"),
  gatewayCompartmentId: compartmentId,
  gatewayId: gateway.gatewayId,
  functions: Object.fromEntries(
    Object.entries(functions.functionIds).map(([key, id]) => [key, { id, compartmentId }]),
  ),
  region,
});

// The HTTP back end of the others is a deployment of the same gateway: it comes first.
const { deployments } = plan(casesOf("url"));
let backendEndpoint = pulumi.output("");
for (const { pathPrefix, specification } of deployments) {
  const places = {
    functionId: (key: string) => functions.functionIds[key as keyof typeof functions.functionIds],
    backendUrl: (path: string) => pulumi.interpolate`${backendEndpoint}${path}`,
  };
  const { endpoint } = gateway.deploy(`cases${pathPrefix.replace("/", "-")}`, {
    pathPrefix,
    specification: filled(specification, places) as unknown as ApiSpecification<pulumi.Input<string>>,
    ready: access.ready,
  });
  if (pathPrefix === backendPrefix) backendEndpoint = endpoint;
}

/** What `npm run conformance -- --url` takes. */
export const url = backendEndpoint.apply((endpoint) => (endpoint === "" ? "" : new URL(endpoint).origin));
