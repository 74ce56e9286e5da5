import { loggingLimits } from "../../../emulator/services/logging/limits.ts";
import { type ResourceRow, tags } from "../rows.ts";
import { oneOf, type PropertyRule } from "../rules.ts";

const logging = { isAsynchronous: true, readyState: "ACTIVE", goneState: "DELETED" } as const;
const { min, max, step } = loggingLimits.retentionDurationInDays;

/** "Managing Logs and Log Groups". */
const retentionDuration: PropertyRule = {
  property: "retentionDuration",
  cure: `must be a number of days from ${min} to ${max} in steps of ${step}, for example retentionDuration: ${min}`,
  finding: (value) =>
    Number(value) >= min && Number(value) <= max && Number(value) % step === 0 ? undefined : `is ${value}`,
};

export const loggingRows: Readonly<Record<string, ResourceRow>> = {
  "oci:Logging/logGroup:LogGroup": {
    ...logging,
    collection: "/20200531/logGroups",
    properties: { compartmentId: "string", description: "string", displayName: "string", ...tags },
    required: ["compartmentId", "displayName"],
    createOnly: [],
  },
  "oci:Logging/log:Log": {
    ...logging,
    collection: "/20200531/logGroups/{logGroupId}/logs",
    properties: {
      configuration: "object",
      displayName: "string",
      isEnabled: "boolean",
      logGroupId: "string",
      logType: "string",
      retentionDuration: "number",
      ...tags,
    },
    required: ["displayName", "logGroupId", "logType"],
    rules: [
      oneOf(
        "logType",
        ["CUSTOM", "SERVICE"],
        'must be "SERVICE" or "CUSTOM", for example logType: "SERVICE"',
      ),
      retentionDuration,
    ],
    createOnly: ["configuration", "logType"],
    unsent: ["logGroupId"],
    moves: { logGroupId: { action: "changeLogGroup", field: "targetLogGroupId" } },
    importId: /^logGroupId\/(?<logGroupId>[^/]+)\/logId\/(?<id>[^/]+)$/,
    isMovable: false,
  },
};
