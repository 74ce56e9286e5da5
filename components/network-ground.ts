import { getServicesOutput } from "@pulumi/oci/core/getServices.js";
import { InternetGateway } from "@pulumi/oci/core/internetGateway.js";
import { NatGateway } from "@pulumi/oci/core/natGateway.js";
import { ServiceGateway } from "@pulumi/oci/core/serviceGateway.js";
import { Vcn } from "@pulumi/oci/core/vcn.js";
import * as pulumi from "@pulumi/pulumi";
import type { ApiNetwork, ApiNetworkComponentArgs } from "./api-network.ts";
import { dnsLabel } from "./model/network.ts";
import type { NetworkPlan } from "./model/network-rules.ts";

/** What every further resource of the network needs. */
export interface Ground {
  name: string;
  args: ApiNetworkComponentArgs;
  vcn: Vcn;
  internetGateway: InternetGateway | undefined;
  serviceGateway: ServiceGateway;
  natGateway: NatGateway | undefined;
  /** Label of Oracle's services in route and security rules. */
  oracleServices: pulumi.Output<string>;
  options: pulumi.CustomResourceOptions;
}

/** Protocol numbers are IANA's, as texts. */
export const tcp = "6";

/** The VCN and the gateways that its routes lead to. */
export function createGround(
  name: string,
  args: ApiNetworkComponentArgs,
  plan: NetworkPlan,
  parent: ApiNetwork,
): Ground {
  const options = { parent };
  const { compartmentId } = args;
  const vcn = new Vcn(
    name,
    { compartmentId, cidrBlocks: [plan.cidrBlock], dnsLabel: dnsLabel(name), ...described(args) },
    // OCI lets no address of an existing subnet fall out of a changed block ("ModifyVcnCidr"), and the subnets are cut
    // from it: another block is another VCN.
    { ...options, replaceOnChanges: ["cidrBlocks"] },
  );
  const shared = { compartmentId, vcnId: vcn.id };
  const service = findOracleServices(name, parent);
  return {
    name,
    args,
    vcn,
    options,
    oracleServices: service.cidrBlock,
    internetGateway: plan.isPublic
      ? new InternetGateway(`${name}-internet`, { ...shared, ...described(args, "internet") }, options)
      : undefined,
    serviceGateway: new ServiceGateway(
      `${name}-services`,
      { ...shared, services: [{ serviceId: service.id }], ...described(args, "services") },
      options,
    ),
    natGateway: plan.hasInternetEgress
      ? new NatGateway(`${name}-nat`, { ...shared, ...described(args, "nat") }, options)
      : undefined,
  };
}

/** The service that stands for all of Oracle's services in the region ("Access to Oracle Services: Service Gateway"). */
function findOracleServices(name: string, parent: ApiNetwork) {
  const filters = [{ name: "name", values: ["All .* Services In Oracle Services Network"], regex: true }];
  return getServicesOutput({ filters }, { parent }).apply(({ services }) => {
    const [service] = services ?? [];
    if (service !== undefined) return service;
    const message = `api-network "${name}": the region has no "All … Services In Oracle Services Network"; give existing subnets instead`;
    throw new pulumi.ResourceError(message, parent);
  });
}

/** Name and tags of a resource of the network. */
export function described({ displayName, freeformTags }: ApiNetworkComponentArgs, noun?: string) {
  return {
    displayName: noun === undefined ? displayName : `${displayName}-${noun}`,
    ...(freeformTags === undefined ? {} : { freeformTags }),
  };
}
