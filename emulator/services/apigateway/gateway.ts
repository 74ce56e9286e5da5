import { missingResource } from "../../core/compartments.ts";
import { type FieldProblem, OciError } from "../../core/errors.ts";
import type { Call, Emulation } from "../../core/operation.ts";
import type { ResourceType } from "../../core/resource.ts";
import type { Body, Stored } from "../../core/store.ts";
import type { GatewayView } from "../../gateway/types.ts";
import { parseCidr } from "../network/cidr.ts";
import { defaultName } from "../network/common.ts";
import { leaveVnics } from "../network/lingering-vnics.ts";
import { apiGatewayLimits as limits } from "./limits.ts";
import * as model from "./model.ts";
import { openOnFreePort } from "./ports.ts";

export const apiGatewayCommon = {
  service: "apigateway",
  states: { active: "ACTIVE", deleted: "DELETED" },
  statuses: { create: 201, update: 202, delete: 202 },
  hasTimeUpdated: true,
  canChangeCompartment: true,
  ignorableQueryParameters: ["isLockOverride"],
  state: "approximated",
} as const;

export const gateway: ResourceType = {
  ...apiGatewayCommon,
  type: "gateway",
  noun: "Gateway",
  plural: "Gateways",
  path: "/20190501/gateways",
  ocid: { type: "apigateway" },
  create: model.createGateway,
  update: model.updateGateway,
  list: {
    shape: "items",
    required: ["compartmentId"],
    filters: ["certificateId", "displayName", "lifecycleState"],
    omits: ["networkSecurityGroupIds", "responseCacheDetails", "ipAddresses"],
  },
  workRequest: { entityType: "gateway", operation: "GATEWAY" },
  note: "custom domains, certificate authorities, response caches, locks, reserved addresses and IPv6 are refused",
  complete: (given, call) => ({
    displayName: given.displayName ?? defaultName("apigateway", call),
    networkSecurityGroupIds: given.networkSecurityGroupIds ?? [],
    ipAddresses: [{ ipAddress: "127.0.0.1" }],
    responseCacheDetails: { type: "NONE" },
    caBundles: [],
    locks: [],
    ipMode: "IPV4",
    systemTags: {},
    lifecycleDetails: "",
  }),
  check(next, call, previous) {
    if (previous === undefined && call.emulation.store.count("gateway") >= limits.gatewaysPerRegion) {
      throw new OciError("LimitExceeded", `A region holds at most ${limits.gatewaysPerRegion} gateways.`);
    }
    return [
      ...(previous === undefined ? subnetProblems(next, call) : []),
      ...(next.networkSecurityGroupIds as string[]).flatMap((id, index) =>
        missingResource(
          call,
          "networkSecurityGroup",
          "network security group",
          `networkSecurityGroupIds[${index}]`,
          id,
        ),
      ),
    ];
  },
  async beforeCreate(body, call) {
    const port = await openOnFreePort(call.emulation, viewOf(body));
    body.hostname = `127.0.0.1:${port}`;
    return { port };
  },
  afterUpdate: (stored, call) => call.emulation.dataPlane.updateGateway(viewOf(stored.body)),
  beforeDelete(stored, call) {
    const deployments = deploymentsOf(stored.id, call.emulation);
    if (deployments.length > 0) {
      throw new OciError(
        "Conflict",
        `The gateway still holds ${deployments.length} deployments (${deployments.map(({ id }) => id).join(", ")}). Delete them first.`,
      );
    }
  },
  async afterDelete(stored, call) {
    leaveVnics(call, [stored.body.subnetId]);
    await call.emulation.dataPlane.closeGateway(stored.id);
  },
};

/** A gateway for the data plane. */
export function viewOf(body: Body): GatewayView {
  return {
    id: String(body.id),
    compartmentId: String(body.compartmentId),
    displayName: String(body.displayName),
  };
}

export function deploymentsOf(gatewayId: unknown, emulation: Emulation): Stored[] {
  return emulation.store.listBy("deployment", "gatewayId", gatewayId);
}

/** "Creating an API Gateway", "Create a VCN and Subnets to Use With API Gateway". */
function subnetProblems(next: Body, call: Call): FieldProblem[] {
  const path = "subnetId";
  const subnet = call.emulation.store.live("subnet", next.subnetId)?.body;
  if (subnet === undefined) return [{ path, message: `Unknown resource ${String(next.subnetId)}` }];
  const problems: FieldProblem[] = [];
  if (subnet.availabilityDomain !== undefined) {
    problems.push({ path, message: "the subnet must be regional, without an availability domain" });
  }
  if (next.endpointType === "PUBLIC" && subnet.prohibitPublicIpOnVnic === true) {
    problems.push({
      path,
      message:
        "a gateway with endpointType PUBLIC needs a subnet that allows public IP addresses (prohibitPublicIpOnVnic false)",
    });
  }
  const block = parseCidr(String(subnet.cidrBlock));
  const needed = limits.freeAddressesInSubnet + limits.reservedAddressesInSubnet;
  if (block !== undefined && block.last - block.first + 1 < needed) {
    problems.push({
      path,
      message: `the subnet's ${subnet.cidrBlock} is too small: a gateway needs ${limits.freeAddressesInSubnet} free addresses, so /26 or larger`,
    });
  }
  return problems;
}
