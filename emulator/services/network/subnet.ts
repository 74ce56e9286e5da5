import { type FieldProblem, OciError } from "../../core/errors.ts";
import type { Call } from "../../core/operation.ts";
import type { ResourceType } from "../../core/resource.ts";
import type { Body } from "../../core/store.ts";
import { availabilityDomain } from "../identity/tenancy-operations.ts";
import { contains, overlaps, parseCidr, routerAddress } from "./cidr.ts";
import { defaultName, inSameVcn, inVcnList, networkCommon, sameVcnProblems, vcnProblems } from "./common.ts";
import { networkLimits as limits } from "./limits.ts";
import { refuseWhileVnicsLinger } from "./lingering-vnics.ts";
import * as model from "./model.ts";

export const subnet: ResourceType = {
  ...networkCommon,
  type: "subnet",
  noun: "Subnet",
  plural: "Subnets",
  path: "/20160918/subnets",
  ocid: { type: "subnet" },
  create: model.createSubnet,
  update: model.updateSubnet,
  list: inVcnList,
  state: "approximated",
  note: "IPv6 is refused",
  complete(given, call) {
    const parent = call.emulation.store.live("vcn", given.vcnId)?.body ?? {};
    const given4 = given.ipv4CidrBlocks as string[] | undefined;
    const stored = call.emulation.store.live("subnet", given.id)?.body;
    const isNewBlock = given.cidrBlock !== stored?.cidrBlock && given.cidrBlock !== undefined;
    const cidrBlock = String((isNewBlock ? given.cidrBlock : given4?.[0]) ?? given.cidrBlock ?? "");
    const block = parseCidr(cidrBlock);
    const isPrivate = given.prohibitPublicIpOnVnic ?? given.prohibitInternetIngress ?? false;
    const computed: Body = {
      displayName: given.displayName ?? defaultName("subnet", call),
      cidrBlock,
      ipv4CidrBlocks: [cidrBlock],
      ipv6CidrBlocks: [],
      routeTableId: given.routeTableId ?? parent.defaultRouteTableId,
      dhcpOptionsId: given.dhcpOptionsId ?? parent.defaultDhcpOptionsId,
      securityListIds: given.securityListIds ?? [parent.defaultSecurityListId],
      prohibitPublicIpOnVnic: isPrivate,
      prohibitInternetIngress: given.prohibitInternetIngress ?? isPrivate,
      virtualRouterIp: block === undefined ? "" : routerAddress(block),
      virtualRouterMac: "00:00:17:00:00:01",
    };
    if (given.dnsLabel !== undefined && parent.dnsLabel !== undefined) {
      computed.subnetDomainName = `${given.dnsLabel}.${parent.dnsLabel}.oraclevcn.com`;
    }
    return computed;
  },
  check(next, call) {
    const missingVcn = vcnProblems(next, call);
    if (missingVcn.length > 0) return missingVcn;
    const lists = next.securityListIds as string[];
    return [
      ...blockProblems(next, call),
      ...domainProblems(next, call),
      ...sameVcnProblems(call, next, "routeTable", "route table", "routeTableId", next.routeTableId),
      ...sameVcnProblems(
        call,
        next,
        "dhcpOptions",
        "set of DHCP options",
        "dhcpOptionsId",
        next.dhcpOptionsId,
      ),
      ...lists.flatMap((id, index) =>
        sameVcnProblems(call, next, "securityList", "security list", `securityListIds[${index}]`, id),
      ),
    ];
  },
  beforeDelete(stored, call) {
    const user = ["gateway", "application"]
      .flatMap((type) => call.emulation.store.list(type))
      .find(
        ({ body }) =>
          body.subnetId === stored.id ||
          (body.subnetIds as string[] | undefined)?.includes(stored.id) === true,
      );
    if (user !== undefined) {
      throw new OciError(
        "Conflict",
        `The Subnet ${stored.id} references the VNIC of ${user.id}. You must remove the reference to proceed with this operation.`,
      );
    }
    refuseWhileVnicsLinger(call, stored.id);
  },
};

function blockProblems(next: Body, call: Call): FieldProblem[] {
  const path = "cidrBlock";
  const text = String(next.cidrBlock);
  const block = parseCidr(text);
  if (block === undefined) return [{ path, message: 'is required, for example "10.0.1.0/24"' }];
  if (block.prefixLength > limits.subnetPrefixLength.max) {
    return [{ path, message: `"${text}" must be /${limits.subnetPrefixLength.max} or larger` }];
  }
  const vcnBlocks = (call.emulation.store.live("vcn", next.vcnId)?.body.cidrBlocks ?? []) as string[];
  const isInside = vcnBlocks.some((one) => {
    const outer = parseCidr(one);
    return outer !== undefined && contains(outer, block);
  });
  if (!isInside) return [{ path, message: `"${text}" isn't inside the VCN's ${vcnBlocks.join(", ")}` }];
  if (!call.emulation.switches.subnetOverlapCheck) return [];
  const other = inSameVcn(call, "subnet", next).find(({ body }) => {
    const taken = parseCidr(String(body.cidrBlock));
    return taken !== undefined && overlaps(taken, block);
  });
  return other === undefined
    ? []
    : [{ path, message: `"${text}" overlaps ${other.body.cidrBlock} of subnet ${other.id}` }];
}

function domainProblems(next: Body, call: Call): FieldProblem[] {
  const name = next.availabilityDomain;
  if (name === undefined || name === availabilityDomain(call)) return [];
  return [
    {
      path: "availabilityDomain",
      message: `"${String(name)}" isn't ${availabilityDomain(call)}, the only one here; leave it out for a regional subnet`,
    },
  ];
}
