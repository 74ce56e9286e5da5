import { type ResourceRow, tags } from "../rows.ts";

const identity = {
  isAsynchronous: false,
  readyState: "ACTIVE",
  goneState: "DELETED",
  isMovable: false,
} as const;

export const identityRows: Readonly<Record<string, ResourceRow>> = {
  "oci:Identity/dynamicGroup:DynamicGroup": {
    ...identity,
    collection: "/20160918/dynamicGroups",
    properties: {
      compartmentId: "string",
      description: "string",
      matchingRule: "string",
      name: "string",
      ...tags,
    },
    createOnly: ["compartmentId", "name"],
  },
  "oci:Identity/policy:Policy": {
    ...identity,
    collection: "/20160918/policies",
    properties: {
      compartmentId: "string",
      description: "string",
      name: "string",
      statements: "list",
      versionDate: "string",
      ...tags,
    },
    createOnly: ["compartmentId", "name"],
  },
  "oci:Identity/compartment:Compartment": {
    ...identity,
    collection: "/20160918/compartments",
    properties: {
      compartmentId: "string",
      description: "string",
      enableDelete: "boolean",
      name: "string",
      ...tags,
    },
    createOnly: [],
    unsent: ["enableDelete"],
    unchangeable: ["compartmentId"],
  },
};
