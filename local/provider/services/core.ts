import { isRecord, mapValues, type Properties } from "../../values.ts";
import { type ResourceRow, tags } from "../rows.ts";

const network = { isAsynchronous: false, readyState: "AVAILABLE", goneState: "TERMINATED" } as const;
const common = { compartmentId: "string", displayName: "string", ...tags } as const;
const inVcn = { ...common, vcnId: "string" } as const;

/** Pulumi writes a rule's destination ports as `{min, max}`, OCI as `{destinationPortRange: {min, max}}`. */
function ruleToBody(rule: unknown): unknown {
  return changeOptions(rule, ({ min, max, sourcePortRange }) => ({
    ...(min === undefined && max === undefined ? {} : { destinationPortRange: { min, max } }),
    ...(sourcePortRange === undefined ? {} : { sourcePortRange }),
  }));
}

function ruleFromBody(rule: unknown): unknown {
  return changeOptions(rule, ({ destinationPortRange, sourcePortRange }) => ({
    ...(isRecord(destinationPortRange) ? destinationPortRange : {}),
    ...(sourcePortRange === undefined ? {} : { sourcePortRange }),
  }));
}

function changeOptions(rule: unknown, change: (options: Properties) => Properties): unknown {
  if (!isRecord(rule)) return rule;
  return mapValues(rule, (value, key) =>
    (key === "tcpOptions" || key === "udpOptions") && isRecord(value) ? change(value) : value,
  );
}

function changeRules(body: Properties, change: (rule: unknown) => unknown): Properties {
  return mapValues(body, (value, key) =>
    key.endsWith("SecurityRules") && Array.isArray(value) ? value.map(change) : value,
  );
}

export const coreRows: Readonly<Record<string, ResourceRow>> = {
  "oci:Core/vcn:Vcn": {
    ...network,
    collection: "/20160918/vcns",
    properties: {
      ...common,
      byoipv6cidrDetails: "list",
      cidrBlock: "string",
      cidrBlocks: "list",
      dnsLabel: "string",
      ipv6privateCidrBlocks: "list",
      isIpv6enabled: "boolean",
      isOracleGuaAllocationEnabled: "boolean",
      securityAttributes: "map",
    },
    required: ["compartmentId"],
    createOnly: ["cidrBlock", "dnsLabel"],
    unchangeable: ["cidrBlocks", "ipv6privateCidrBlocks", "byoipv6cidrDetails", "isIpv6enabled"],
    renamed: {
      isIpv6enabled: "isIpv6Enabled",
      ipv6privateCidrBlocks: "ipv6PrivateCidrBlocks",
      byoipv6cidrDetails: "byoipv6CidrDetails",
      byoipv6cidrBlocks: "byoipv6CidrBlocks",
      ipv6cidrBlocks: "ipv6CidrBlocks",
    },
  },
  "oci:Core/subnet:Subnet": {
    ...network,
    collection: "/20160918/subnets",
    properties: {
      ...inVcn,
      availabilityDomain: "string",
      cidrBlock: "string",
      dhcpOptionsId: "string",
      dnsLabel: "string",
      ipv4cidrBlocks: "list",
      ipv6cidrBlock: "string",
      ipv6cidrBlocks: "list",
      prohibitInternetIngress: "boolean",
      prohibitPublicIpOnVnic: "boolean",
      routeTableId: "string",
      securityListIds: "list",
    },
    required: ["compartmentId", "vcnId"],
    createOnly: [
      "vcnId",
      "dnsLabel",
      "availabilityDomain",
      "prohibitInternetIngress",
      "prohibitPublicIpOnVnic",
    ],
    unordered: ["securityListIds"],
    renamed: {
      ipv4cidrBlocks: "ipv4CidrBlocks",
      ipv6cidrBlock: "ipv6CidrBlock",
      ipv6cidrBlocks: "ipv6CidrBlocks",
      ipv6virtualRouterIp: "ipv6VirtualRouterIp",
    },
  },
  "oci:Core/internetGateway:InternetGateway": {
    ...network,
    collection: "/20160918/internetGateways",
    properties: { ...inVcn, enabled: "boolean", routeTableId: "string" },
    required: ["compartmentId", "vcnId"],
    createOnly: ["vcnId"],
    renamed: { enabled: "isEnabled" },
    defaults: { enabled: true },
  },
  "oci:Core/natGateway:NatGateway": {
    ...network,
    collection: "/20160918/natGateways",
    properties: { ...inVcn, blockTraffic: "boolean", publicIpId: "string", routeTableId: "string" },
    required: ["compartmentId", "vcnId"],
    createOnly: ["vcnId", "publicIpId"],
  },
  "oci:Core/serviceGateway:ServiceGateway": {
    ...network,
    collection: "/20160918/serviceGateways",
    properties: { ...inVcn, routeTableId: "string", services: "list" },
    required: ["compartmentId", "services", "vcnId"],
    createOnly: ["vcnId"],
    unordered: ["services"],
  },
  "oci:Core/routeTable:RouteTable": {
    ...network,
    collection: "/20160918/routeTables",
    properties: { ...inVcn, routeRules: "list" },
    required: ["compartmentId", "vcnId"],
    createOnly: ["vcnId"],
    unordered: ["routeRules"],
  },
  "oci:Core/securityList:SecurityList": {
    ...network,
    collection: "/20160918/securityLists",
    properties: { ...inVcn, egressSecurityRules: "list", ingressSecurityRules: "list" },
    required: ["compartmentId", "vcnId"],
    createOnly: ["vcnId"],
    defaults: { egressSecurityRules: [], ingressSecurityRules: [] },
    unordered: ["egressSecurityRules", "ingressSecurityRules"],
    renamed: { stateless: "isStateless" },
    toBody: (body) => changeRules(body, ruleToBody),
    fromBody: (body) => changeRules(body, ruleFromBody),
  },
  "oci:Core/networkSecurityGroup:NetworkSecurityGroup": {
    ...network,
    collection: "/20160918/networkSecurityGroups",
    properties: inVcn,
    required: ["compartmentId", "vcnId"],
    createOnly: ["vcnId"],
  },
};
