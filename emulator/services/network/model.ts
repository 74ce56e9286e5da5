import * as z from "zod";
import * as fields from "../../core/fields.ts";
import { parseCidr } from "./cidr.ts";
import { networkLimits as limits } from "./limits.ts";

const { compartmentId, tags, securityAttributes } = fields;
const displayName = fields.displayName.optional();
const vcnId = fields.ocid("vcn");
const noIpv6 = fields.onlyUnused([false], "IPv6");
const noIpv6Blocks = fields.onlyUnused([[]], "IPv6");

/** An IPv4 block whose host bits are zero. */
const cidrBlock = z.string().refine((text) => parseCidr(text) !== undefined, {
  error: (issue) => `${JSON.stringify(issue.input)} isn't an IPv4 CIDR block such as 10.0.0.0/16`,
});

const dnsLabel = z
  .string()
  .max(limits.dnsLabelLength)
  .regex(/^[a-zA-Z][a-zA-Z0-9]*$/, {
    error: (issue) =>
      `${JSON.stringify(issue.input)} must begin with a letter and hold letters and digits only`,
  });

const naming = { displayName, ...tags };
const inVcn = { compartmentId, vcnId, ...naming };
const routeTableId = fields.ocid("routetable").optional();

export const createVcn = z.strictObject({
  compartmentId,
  ...naming,
  cidrBlock: cidrBlock.optional(),
  cidrBlocks: z.array(cidrBlock).min(1).max(limits.cidrBlocksPerVcn).optional(),
  dnsLabel: dnsLabel.optional(),
  isIpv6Enabled: noIpv6,
  isOracleGuaAllocationEnabled: noIpv6,
  ipv6PrivateCidrBlocks: noIpv6Blocks,
  byoipv6CidrDetails: noIpv6Blocks,
  securityAttributes,
});
export const updateVcn = z.strictObject({ ...naming, securityAttributes });

const subnetSettings = {
  dhcpOptionsId: fields.ocid("dhcpoptions").optional(),
  routeTableId,
  securityListIds: z.array(fields.ocid("securitylist")).max(limits.securityListsPerSubnet).optional(),
  ipv6CidrBlock: fields.onlyUnused([""], "IPv6"),
  ipv6CidrBlocks: noIpv6Blocks,
};
export const createSubnet = z.strictObject({
  ...inVcn,
  cidrBlock: cidrBlock.optional(),
  ipv4CidrBlocks: z.array(cidrBlock).length(1).optional(),
  availabilityDomain: z.string().optional(),
  dnsLabel: dnsLabel.optional(),
  prohibitInternetIngress: z.boolean().optional(),
  prohibitPublicIpOnVnic: z.boolean().optional(),
  ...subnetSettings,
});
export const updateSubnet = z.strictObject({
  ...naming,
  cidrBlock: cidrBlock.optional(),
  ipv4CidrBlocks: z.array(cidrBlock).length(1).optional(),
  ...subnetSettings,
});

export const createInternetGateway = z.strictObject({ ...inVcn, isEnabled: z.boolean(), routeTableId });
export const updateInternetGateway = z.strictObject({
  ...naming,
  isEnabled: z.boolean().optional(),
  routeTableId,
});

const blockTraffic = z.boolean().optional();
const publicIpId = fields.onlyUnused([], "reserved public IPs");
export const createNatGateway = z.strictObject({ ...inVcn, blockTraffic, publicIpId, routeTableId });
export const updateNatGateway = z.strictObject({ ...naming, blockTraffic, routeTableId });

const services = z
  .array(z.strictObject({ serviceId: z.string(), serviceName: z.string().optional() }))
  .max(1);
export const createServiceGateway = z.strictObject({ ...inVcn, services, routeTableId });
export const updateServiceGateway = z.strictObject({
  ...naming,
  blockTraffic,
  services: services.optional(),
  routeTableId,
});

const description = z.string().min(limits.descriptionLength.min).max(limits.descriptionLength.max).optional();
const routeRule = z.strictObject({
  cidrBlock: z.string().optional(),
  destination: z.string().optional(),
  destinationType: z.enum(["CIDR_BLOCK", "SERVICE_CIDR_BLOCK"]).optional(),
  networkEntityId: fields.ocid("internetgateway", "natgateway", "servicegateway"),
  description,
  routeType: z.enum(["STATIC"]).optional(),
});
const routeRules = z.array(routeRule).max(limits.rulesPerRouteTable);
export const createRouteTable = z.strictObject({ ...inVcn, routeRules });
export const updateRouteTable = z.strictObject({ ...naming, routeRules: routeRules.optional() });

const port = z.int().min(1).max(65_535);
const portRange = z.strictObject({ min: port, max: port }).refine(({ min, max }) => min <= max, {
  error: "min is above max",
});
const ports = z
  .strictObject({ destinationPortRange: portRange.optional(), sourcePortRange: portRange.optional() })
  .optional();
/** `all` or an IANA protocol number. */
const protocol = z.string().regex(/^(all|\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])$/, {
  error: (issue) =>
    `${JSON.stringify(issue.input)} isn't "all" or a protocol number from 0 to 255, for example "6" for TCP`,
});
const ruleMatch = {
  protocol,
  isStateless: z.boolean().optional(),
  description,
  icmpOptions: z
    .strictObject({ type: z.int().min(0).max(255), code: z.int().min(0).max(255).optional() })
    .optional(),
  tcpOptions: ports,
  udpOptions: ports,
};
const listPeerType = z.enum(["CIDR_BLOCK", "SERVICE_CIDR_BLOCK"]).optional();
const ingress = z.strictObject({ source: z.string().min(1), sourceType: listPeerType, ...ruleMatch });
const egress = z.strictObject({
  destination: z.string().min(1),
  destinationType: listPeerType,
  ...ruleMatch,
});
const ingressSecurityRules = z.array(ingress).max(limits.rulesPerSecurityList);
const egressSecurityRules = z.array(egress).max(limits.rulesPerSecurityList);
export const createSecurityList = z.strictObject({ ...inVcn, ingressSecurityRules, egressSecurityRules });
export const updateSecurityList = z.strictObject({
  ...naming,
  ingressSecurityRules: ingressSecurityRules.optional(),
  egressSecurityRules: egressSecurityRules.optional(),
});

export const updateDhcpOptions = z.strictObject({ ...naming });

export const createNetworkSecurityGroup = z.strictObject(inVcn);
export const updateNetworkSecurityGroup = z.strictObject(naming);

const groupPeerType = z.enum(["CIDR_BLOCK", "SERVICE_CIDR_BLOCK", "NETWORK_SECURITY_GROUP"]).optional();
const securityRule = z.strictObject({
  direction: z.enum(["EGRESS", "INGRESS"]),
  source: z.string().optional(),
  sourceType: groupPeerType,
  destination: z.string().optional(),
  destinationType: groupPeerType,
  ...ruleMatch,
});
const rulesOf = <T extends z.ZodType>(rule: T) =>
  z.strictObject({ securityRules: z.array(rule).min(1).max(limits.rulesPerCall) });
export const addSecurityRules = rulesOf(securityRule);
export const updateSecurityRules = rulesOf(securityRule.extend({ id: z.string().min(1) }));
export const removeSecurityRules = z.strictObject({
  securityRuleIds: z.array(z.string().min(1)).min(1).max(limits.rulesPerCall),
});
