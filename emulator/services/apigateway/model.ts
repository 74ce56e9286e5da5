import * as z from "zod";
import * as fields from "../../core/fields.ts";
import { apiGatewayLimits as limits } from "./limits.ts";

const { compartmentId, tags } = fields;
const naming = { displayName: fields.displayName.optional(), ...tags };
const locks = fields.onlyUnused([[]], "resource locks");

const gatewaySettings = {
  ...naming,
  networkSecurityGroupIds: z
    .array(fields.ocid("networksecuritygroup"))
    .max(limits.networkSecurityGroupsPerGateway)
    .optional(),
  certificateId: fields.onlyUnused([""], "custom domains"),
  responseCacheDetails: fields.onlyUnused([{ type: "NONE" }], "response caches"),
  caBundles: fields.onlyUnused([[]], "custom certificate authorities"),
};

export const createGateway = z.strictObject({
  compartmentId,
  endpointType: z.enum(["PUBLIC", "PRIVATE"]),
  subnetId: fields.ocid("subnet"),
  ...gatewaySettings,
  ipMode: fields.onlyUnused(["IPV4"], "IPv6"),
  ipv4AddressConfiguration: fields.onlyUnused([{}, { reservedIpIds: [] }], "reserved IP addresses"),
  ipv6AddressConfiguration: fields.onlyUnused([{}, { addresses: [], subnetCidrs: [] }], "IPv6"),
  locks,
});
export const updateGateway = z.strictObject(gatewaySettings);

/** Checked by the data plane together with the specification, so that all that is wrong is told at once. */
const pathPrefix = z.string();

/** Checked by the data plane, which knows every policy and back end. */
const specification = z.record(z.string(), z.unknown());

export const createDeployment = z.strictObject({
  compartmentId,
  gatewayId: fields.ocid("apigateway"),
  pathPrefix,
  specification,
  ...naming,
  locks,
});
export const updateDeployment = z.strictObject({ ...naming, specification: specification.optional() });
