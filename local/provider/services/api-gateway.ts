import { pathPrefixFault } from "../../../emulator/gateway/specification/paths.ts";
import { isRecord, mapValues, type Properties } from "../../values.ts";
import { type ResourceRow, tags } from "../rows.ts";
import { oneOf, type PropertyRule } from "../rules.ts";

const apiGateway = { isAsynchronous: true, readyState: "ACTIVE", goneState: "DELETED" } as const;
const common = {
  compartmentId: "string",
  displayName: "string",
  isLockOverride: "boolean",
  locks: "list",
  ...tags,
} as const;

const versionNumber = "clientSecretVersionNumber";

/**
 * Pulumi lists a body validation's media types, OCI keys them: `contents: [{mediaType, …}]` ↔ `content: {…}`. Versions of
 * secrets are texts there and numbers here.
 */
function contentToBody(value: unknown, key: string): unknown {
  if (key === versionNumber && typeof value === "string" && /^\d+$/.test(value)) return Number(value);
  if (key === "content" && Array.isArray(value)) {
    return Object.fromEntries(
      value.filter(isRecord).map(({ mediaType, ...validation }) => [String(mediaType), validation]),
    );
  }
  return changeInside(value, contentToBody);
}

function contentFromBody(value: unknown, key: string): unknown {
  if (key === versionNumber && typeof value === "number") return String(value);
  if (key === "content" && isRecord(value)) {
    return Object.entries(value).map(([mediaType, validation]) => ({
      mediaType,
      ...(isRecord(validation) ? validation : {}),
    }));
  }
  return changeInside(value, contentFromBody);
}

function changeInside(value: unknown, change: (value: unknown, key: string) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => change(item, ""));
  return isRecord(value) ? mapValues(value, change) : value;
}

/** "Creating an API Gateway". */
const endpointType = oneOf(
  "endpointType",
  ["PUBLIC", "PRIVATE"],
  'must be "PUBLIC" (called from the internet) or "PRIVATE" (called from inside its VCN only), for example endpointType: "PUBLIC"',
);

/** "Deploying an API on an API Gateway by Creating an API Deployment". */
const pathPrefix: PropertyRule = {
  property: "pathPrefix",
  cure: `must begin with a slash, not end with one, and hold 1 to 255 letters, digits and $-_.+!*'(),%;:@&= only, for example pathPrefix: "/v1"`,
  finding: (value) => (pathPrefixFault(value) === undefined ? undefined : `is ${JSON.stringify(value)}`),
};

export const apiGatewayRows: Readonly<Record<string, ResourceRow>> = {
  "oci:ApiGateway/gateway:Gateway": {
    ...apiGateway,
    collection: "/20190501/gateways",
    properties: {
      ...common,
      caBundles: "list",
      certificateId: "string",
      endpointType: "string",
      ipMode: "string",
      ipv4addressConfiguration: "object",
      ipv6addressConfiguration: "object",
      networkSecurityGroupIds: "list",
      responseCacheDetails: "object",
      subnetId: "string",
    },
    required: ["compartmentId", "endpointType", "subnetId"],
    rules: [endpointType],
    createOnly: [
      "endpointType",
      "subnetId",
      "ipMode",
      "ipv4addressConfiguration",
      "ipv6addressConfiguration",
    ],
    unordered: ["networkSecurityGroupIds"],
    renamed: {
      ipv4addressConfiguration: "ipv4AddressConfiguration",
      ipv6addressConfiguration: "ipv6AddressConfiguration",
    },
  },
  "oci:ApiGateway/deployment:Deployment": {
    ...apiGateway,
    collection: "/20190501/deployments",
    properties: { ...common, gatewayId: "string", pathPrefix: "string", specification: "object" },
    required: ["compartmentId", "gatewayId", "pathPrefix", "specification"],
    rules: [pathPrefix],
    createOnly: ["gatewayId", "pathPrefix"],
    renamed: { cacheKeys: "cacheKey", allowedScopes: "allowedScope", contents: "content" },
    toBody: (body) => mapValues(body, contentToBody),
    fromBody: (body: Properties) => mapValues(body, contentFromBody),
  },
};
