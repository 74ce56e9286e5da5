// The same API as a ServerlessApi would make, each resource by hand: for programs that exist already, and to see
// what the component takes off your hands.
import { join, relative } from "node:path";
import { Image } from "@pulumi/docker-build/image.js";
import { Deployment } from "@pulumi/oci/apigateway/deployment.js";
import { Gateway } from "@pulumi/oci/apigateway/gateway.js";
import { ContainerRepository } from "@pulumi/oci/artifacts/containerRepository.js";
import { InternetGateway } from "@pulumi/oci/core/internetGateway.js";
import { RouteTable } from "@pulumi/oci/core/routeTable.js";
import { SecurityList } from "@pulumi/oci/core/securityList.js";
import { Subnet } from "@pulumi/oci/core/subnet.js";
import { Vcn } from "@pulumi/oci/core/vcn.js";
import { Application } from "@pulumi/oci/functions/application.js";
import { Function as OciFunction } from "@pulumi/oci/functions/function.js";
import { DynamicGroup } from "@pulumi/oci/identity/dynamicGroup.js";
import { Policy } from "@pulumi/oci/identity/policy.js";
import { getNamespaceOutput } from "@pulumi/oci/objectstorage/getNamespace.js";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const compartmentId = config.require("compartmentId");
const provider = new pulumi.Config("oci");
const tenancyId = provider.require("tenancyOcid");
const registry = `${provider.require("region")}.ocir.io`;
const name = `${pulumi.getProject()}-${pulumi.getStack()}`;

// Network: one public regional subnet for gateway and function.
const vcn = new Vcn("vcn", { compartmentId, displayName: name, cidrBlocks: ["10.1.0.0/16"] });
const internetGateway = new InternetGateway("internet", { compartmentId, vcnId: vcn.id, displayName: name });
const routeTable = new RouteTable("routes", {
  compartmentId,
  vcnId: vcn.id,
  displayName: name,
  routeRules: [
    { destination: "0.0.0.0/0", destinationType: "CIDR_BLOCK", networkEntityId: internetGateway.id },
  ],
});
const securityList = new SecurityList("https", {
  compartmentId,
  vcnId: vcn.id,
  displayName: name,
  ingressSecurityRules: [{ protocol: "6", source: "0.0.0.0/0", tcpOptions: { min: 443, max: 443 } }],
  egressSecurityRules: [{ protocol: "all", destination: "0.0.0.0/0" }],
});
const subnet = new Subnet("subnet", {
  compartmentId,
  vcnId: vcn.id,
  displayName: name,
  cidrBlock: "10.1.0.0/24",
  routeTableId: routeTable.id,
  securityListIds: [securityList.id],
});

// Code: an image from a local folder, pinned by its digest.
const repository = new ContainerRepository("hello", { compartmentId, displayName: `${name}-hello` });
const image = pulumi.interpolate`${registry}/${getNamespaceOutput({}).namespace}/${repository.displayName}:1`;
const build = new Image("hello", {
  context: { location: relative(process.cwd(), join(import.meta.dirname, "functions/hello")) },
  platforms: ["linux/amd64"],
  tags: [image],
  push: true,
  buildOnPreview: false,
});
const application = new Application("application", {
  compartmentId,
  displayName: name,
  subnetIds: [subnet.id],
  shape: "GENERIC_X86",
});
const hello = new OciFunction("hello", {
  applicationId: application.id,
  displayName: "hello",
  image,
  imageDigest: build.digest,
  memoryInMbs: "256",
  timeoutInSeconds: 30,
});

const gateway = new Gateway("gateway", {
  compartmentId,
  displayName: name,
  endpointType: "PUBLIC",
  subnetId: subnet.id,
});

// Access: the dynamic group stands in the tenancy's root compartment, wherever the gateway is.
const group = new DynamicGroup("gateways", {
  compartmentId: tenancyId,
  name: `${name}-gateways`,
  description: "API gateways of the compartment",
  matchingRule: `ALL {resource.type = 'ApiGateway', resource.compartment.id = '${compartmentId}'}`,
});
const policy = new Policy("calls", {
  compartmentId,
  name: `${name}-calls`,
  description: "Lets the gateways call functions",
  statements: [
    pulumi.interpolate`Allow dynamic-group id ${group.id} to use functions-family in compartment id ${compartmentId}`,
  ],
});

const deployment = new Deployment(
  "deployment",
  {
    compartmentId,
    gatewayId: gateway.id,
    displayName: name,
    pathPrefix: "/v1",
    specification: {
      routes: [
        {
          path: "/hello",
          methods: ["GET"],
          backend: { type: "ORACLE_FUNCTIONS_BACKEND", functionId: hello.id },
        },
        {
          path: "/health",
          methods: ["GET"],
          backend: { type: "STOCK_RESPONSE_BACKEND", status: 200, body: "ok" },
        },
      ],
    },
  },
  // Access is checked when a deployment is created. It may still take a while to have effect: run up again then.
  { dependsOn: [policy] },
);

export const endpoint = deployment.endpoint;
export const gatewayId = gateway.id;
export const gatewayHostname = gateway.hostname;
export const functionIds = { hello: hello.id };
