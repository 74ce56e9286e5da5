import { type FieldProblem, OciError } from "../../core/errors.ts";
import { createOcid, realmOf } from "../../core/ocid.ts";
import type { Call } from "../../core/operation.ts";
import type { ResourceType } from "../../core/resource.ts";
import type { Body, Stored } from "../../core/store.ts";
import { overlaps, parseCidr } from "./cidr.ts";
import { defaultName, networkCommon } from "./common.ts";
import { networkLimits as limits } from "./limits.ts";
import * as model from "./model.ts";

export const vcn: ResourceType = {
  ...networkCommon,
  type: "vcn",
  noun: "Vcn",
  plural: "Vcns",
  path: "/20160918/vcns",
  ocid: { type: "vcn" },
  create: model.createVcn,
  update: model.updateVcn,
  list: { shape: "array", required: ["compartmentId"], filters: ["displayName", "lifecycleState"] },
  state: "approximated",
  note: "addCidr, modifyCidr, removeCidr and IPv6 are refused",
  complete(given, call) {
    const cidrBlocks = given.cidrBlocks ?? (given.cidrBlock === undefined ? [] : [given.cidrBlock]);
    const computed: Body = {
      displayName: given.displayName ?? defaultName("vcn", call),
      cidrBlocks,
      cidrBlock: (cidrBlocks as string[])[0],
      ipv6CidrBlocks: [],
      ipv6PrivateCidrBlocks: [],
      byoipv6CidrBlocks: [],
      securityAttributes: {},
    };
    if (given.dnsLabel !== undefined) computed.vcnDomainName = `${given.dnsLabel}.oraclevcn.com`;
    return computed;
  },
  check(next, _call, previous) {
    if (previous !== undefined) return [];
    return blockProblems(next);
  },
  async beforeCreate(body, call) {
    for (const [field, type, ocidType] of defaults) {
      body[field] = createOcid(ocidType, realmOf(call.emulation.tenancy.id), call.region);
      const id = String(body[field]);
      call.emulation.store.put(type, id, defaultBody(type, id, body), { isDefault: true });
    }
    return undefined;
  },
  beforeDelete(stored, call) {
    const users = partsOf(stored, call).filter(({ hidden }) => hidden.isDefault !== true);
    const [user] = users;
    if (user !== undefined) {
      throw new OciError(
        "Conflict",
        `The VCN ${stored.id} still holds ${users.length} resources, ${user.id} among them. Delete them first.`,
      );
    }
  },
  async afterDelete(stored, call) {
    for (const part of partsOf(stored, call)) call.emulation.store.erase(part.id);
  },
};

const defaults = [
  ["defaultRouteTableId", "routeTable", "routetable"],
  ["defaultSecurityListId", "securityList", "securitylist"],
  ["defaultDhcpOptionsId", "dhcpOptions", "dhcpoptions"],
] as const;

const partTypes = [
  "subnet",
  "internetGateway",
  "natGateway",
  "serviceGateway",
  "routeTable",
  "securityList",
  "dhcpOptions",
  "networkSecurityGroup",
];

function partsOf(vcnStored: Stored, call: Call): Stored[] {
  return partTypes.flatMap((type) => call.emulation.store.listBy(type, "vcnId", vcnStored.id));
}

function blockProblems(next: Body): FieldProblem[] {
  const blocks = next.cidrBlocks as string[];
  if (blocks.length === 0) {
    return [{ path: "cidrBlocks", message: 'is required, for example ["10.0.0.0/16"]' }];
  }
  const { min, max } = limits.vcnPrefixLength;
  return blocks.flatMap((text, index) => {
    const block = parseCidr(text);
    if (block === undefined) return [];
    const path = `cidrBlocks[${index}]`;
    if (block.prefixLength < min || block.prefixLength > max) {
      return [{ path, message: `"${text}" must be between /${min} and /${max}` }];
    }
    const earlier = blocks.slice(0, index).find((other) => {
      const parsed = parseCidr(other);
      return parsed !== undefined && overlaps(parsed, block);
    });
    return earlier === undefined ? [] : [{ path, message: `"${text}" overlaps "${earlier}"` }];
  });
}

/** A default resource as "Default Components that Come With Your VCN" lists it. */
function defaultBody(type: string, id: string, parent: Body): Body {
  const { compartmentId, timeCreated, displayName } = parent;
  const common = {
    id,
    compartmentId,
    vcnId: parent.id,
    lifecycleState: "AVAILABLE",
    timeCreated,
    definedTags: {},
    freeformTags: {},
  };
  const anywhere = { source: "0.0.0.0/0", sourceType: "CIDR_BLOCK", isStateless: false };
  switch (type) {
    case "routeTable":
      return { ...common, displayName: `Default Route Table for ${displayName}`, routeRules: [] };
    case "securityList":
      return {
        ...common,
        displayName: `Default Security List for ${displayName}`,
        egressSecurityRules: [
          { destination: "0.0.0.0/0", destinationType: "CIDR_BLOCK", protocol: "all", isStateless: false },
        ],
        ingressSecurityRules: [
          { ...anywhere, protocol: "6", tcpOptions: { destinationPortRange: { min: 22, max: 22 } } },
          { ...anywhere, protocol: "1", icmpOptions: { type: 3, code: 4 } },
          { ...anywhere, source: parent.cidrBlock, protocol: "1", icmpOptions: { type: 3 } },
        ],
      };
    default:
      return {
        ...common,
        displayName: `Default DHCP Options for ${displayName}`,
        domainNameType: "CUSTOM_DOMAIN",
        options: [{ type: "DomainNameServer", serverType: "VcnLocalPlusInternet", customDnsServers: [] }],
      };
  }
}
