// An API that is called from inside the network only: a private gateway, and functions without a way to the internet.
import { SecurityList } from "@pulumi/oci/core/securityList.js";
import { Subnet } from "@pulumi/oci/core/subnet.js";
import * as pulumi from "@pulumi/pulumi";
import { ServerlessApi } from "../../components/index.ts";

const provider = new pulumi.Config("oci");
const compartmentId = new pulumi.Config().require("compartmentId");
const cidrBlock = "10.20.0.0/16";

const api = new ServerlessApi("private", {
  compartmentId,
  tenancyId: provider.require("tenancyOcid"),
  region: provider.require("region"),
  // Two private subnets. The gateway's network security group lets in port 443 from the network itself (a bastion, other
  // services) and from the office behind the VPN.
  network: { cidrBlock, allowedCidrs: [cidrBlock, "192.168.0.0/16"], internetEgress: false },
  // No public address. A change to PUBLIC replaces the gateway and its host name.
  gateway: { endpointType: "PRIVATE" },
  functions: { hello: { source: "../../functions/hello" } },
  routes: { "GET,POST /hello": "hello" },
});

// A subnet for callers inside: a bastion, or instances. What the component has made is reachable under `nodes`.
const { network, apiGateway } = api.nodes;
if (network === undefined) throw new Error("the API has a network of its own");
const shared = { compartmentId, vcnId: network.nodes.vcn.id };
const callersRules = new SecurityList("callers", {
  ...shared,
  displayName: "private-callers",
  egressSecurityRules: [{ protocol: "6", destination: cidrBlock, tcpOptions: { min: 443, max: 443 } }],
});
const callers = new Subnet("callers", {
  ...shared,
  displayName: "private-callers",
  // Beside the component's own two, which begin at 10.20.0.0 and 10.20.128.0.
  cidrBlock: "10.20.64.0/24",
  securityListIds: [callersRules.id],
  prohibitPublicIpOnVnic: true,
});

export const endpoint = api.endpoint;
export const routes = api.routes;

// What README.md needs for the way in.
export const vcnId = network.nodes.vcn.id;
export const callersSubnetId = callers.id;
export const gatewayHostname = api.gateway.hostname;
export const gatewayAddress = apiGateway.nodes.gateway?.ipAddresses.apply(([first]) => first?.ipAddress);
