import { type ResourceRow, tags } from "../rows.ts";

export const artifactsRows: Readonly<Record<string, ResourceRow>> = {
  "oci:Artifacts/containerRepository:ContainerRepository": {
    collection: "/20160918/container/repositories",
    properties: {
      compartmentId: "string",
      displayName: "string",
      isImmutable: "boolean",
      isPublic: "boolean",
      readme: "object",
      ...tags,
    },
    required: ["compartmentId", "displayName"],
    createOnly: ["displayName"],
    renamed: { billableSizeInGbs: "billableSizeInGBs" },
    fromBody: ({ billableSizeInGBs, layersSizeInBytes, ...body }) => ({
      ...body,
      billableSizeInGBs: String(billableSizeInGBs ?? 0),
      layersSizeInBytes: String(layersSizeInBytes ?? 0),
    }),
    isAsynchronous: false,
    readyState: "AVAILABLE",
    goneState: "DELETED",
  },
};
