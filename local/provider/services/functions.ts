import { type ResourceRow, tags } from "../rows.ts";

const functions = { isAsynchronous: false, readyState: "ACTIVE", goneState: "DELETED" } as const;

export const functionsRows: Readonly<Record<string, ResourceRow>> = {
  "oci:Functions/application:Application": {
    ...functions,
    collection: "/20181201/applications",
    properties: {
      compartmentId: "string",
      config: "map",
      displayName: "string",
      imagePolicyConfig: "object",
      logging: "object",
      networkSecurityGroupIds: "list",
      securityAttributes: "map",
      shape: "string",
      subnetIds: "list",
      syslogUrl: "string",
      traceConfig: "object",
      ...tags,
    },
    createOnly: ["displayName", "subnetIds", "shape"],
    unordered: ["networkSecurityGroupIds"],
  },
  "oci:Functions/function:Function": {
    ...functions,
    collection: "/20181201/functions",
    properties: {
      applicationId: "string",
      config: "map",
      detachedModeTimeoutInSeconds: "number",
      displayName: "string",
      failureDestination: "object",
      image: "string",
      imageDigest: "string",
      memoryInMbs: "string",
      provisionedConcurrencyConfig: "object",
      sourceDetails: "object",
      successDestination: "object",
      timeoutInSeconds: "number",
      traceConfig: "object",
      ...tags,
    },
    createOnly: ["applicationId", "displayName", "sourceDetails"],
    renamed: { memoryInMbs: "memoryInMBs" },
    toBody: ({ memoryInMBs, ...body }) =>
      memoryInMBs === undefined ? body : { ...body, memoryInMBs: Number(memoryInMBs) },
    fromBody: ({ memoryInMBs, ...body }) =>
      memoryInMBs === undefined ? body : { ...body, memoryInMBs: String(memoryInMBs) },
    isMovable: false,
  },
};
