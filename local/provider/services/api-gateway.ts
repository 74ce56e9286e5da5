import { isRecord, mapValues, type Properties } from "../../values.ts";
import { type ResourceRow, tags } from "../rows.ts";

const apiGateway = { isAsynchronous: true, readyState: "ACTIVE", goneState: "DELETED" } as const;
const common = {
  compartmentId: "string",
  displayName: "string",
  isLockOverride: "boolean",
  locks: "list",
  ...tags,
} as const;

/** Pulumi lists a body validation's media types, OCI keys them: `contents: [{mediaType, …}]` ↔ `content: {…}`. */
function contentToBody(value: unknown, key: string): unknown {
  if (key === "content" && Array.isArray(value)) {
    return Object.fromEntries(
      value.filter(isRecord).map(({ mediaType, ...validation }) => [String(mediaType), validation]),
    );
  }
  return changeInside(value, contentToBody);
}

function contentFromBody(value: unknown, key: string): unknown {
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
    createOnly: ["gatewayId", "pathPrefix"],
    renamed: { cacheKeys: "cacheKey", allowedScopes: "allowedScope", contents: "content" },
    toBody: (body) => mapValues(body, contentToBody),
    fromBody: (body: Properties) => mapValues(body, contentFromBody),
  },
};
