import { sameName } from "../../core/compartments.ts";
import { OciError } from "../../core/errors.ts";
import type { ResourceType } from "../../core/resource.ts";
import * as model from "./model.ts";

// unverified: updates of log groups and logs are answered with 202 and without a body, as Logging's other changes
export const loggingCommon = {
  service: "logging",
  states: { active: "ACTIVE", deleted: "DELETED" },
  statuses: { create: 202, update: 202, delete: 202 },
  state: "approximated",
} as const;

export const logGroup: ResourceType = {
  ...loggingCommon,
  type: "logGroup",
  noun: "LogGroup",
  plural: "LogGroups",
  path: "/20200531/logGroups",
  ocid: { type: "loggroup" },
  create: model.createLogGroup,
  update: model.updateLogGroup,
  list: { shape: "array", required: ["compartmentId"], filters: ["displayName"] },
  workRequest: { entityType: "loggroup", operation: "LOG_GROUP", ocid: "logworkrequest" },
  canChangeCompartment: true,
  note: "isCompartmentIdInSubtree is refused",
  complete: (_given, call) => ({ systemTags: {}, timeLastModified: call.emulation.now().toISOString() }),
  check(next, call) {
    if (sameName(call, "logGroup", next, "displayName", "compartmentId") !== undefined) {
      throw new OciError("Conflict", `A log group "${next.displayName}" already exists in the compartment.`);
    }
    return [];
  },
  afterUpdate(stored, call) {
    const { store } = call.emulation;
    const { compartmentId } = stored.body;
    for (const { id, body, hidden } of store.listBy("log", "logGroupId", stored.id)) {
      if (body.compartmentId !== compartmentId) store.put("log", id, { ...body, compartmentId }, hidden);
    }
  },
  // unverified: a log group that still holds logs can't be deleted: 409 Conflict
  beforeDelete(stored, call) {
    const logs = call.emulation.store.listBy("log", "logGroupId", stored.id);
    if (logs.length === 0) return;
    const names = logs.map(({ body }) => body.displayName).join(", ");
    throw new OciError(
      "Conflict",
      `The log group "${stored.body.displayName}" still holds logs (${names}). Delete them first.`,
    );
  },
};
