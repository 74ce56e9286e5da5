import { sameName } from "../../core/compartments.ts";
import { type FieldProblem, OciError } from "../../core/errors.ts";
import type { Call } from "../../core/operation.ts";
import type { ResourceType } from "../../core/resource.ts";
import type { Body, Stored } from "../../core/store.ts";
import { loggingCommon } from "./log-group.ts";
import * as model from "./model.ts";

/** What a log is about ("Details for API Gateway", "Details for Functions"). */
export interface LogSource {
  service: string;
  category: string;
  resource: string;
}

export const log: ResourceType = {
  ...loggingCommon,
  type: "log",
  noun: "Log",
  plural: "Logs",
  path: "/20200531/logGroups/:logGroupId/logs",
  ocid: { type: "log" },
  create: model.createLog,
  update: model.updateLog,
  list: { shape: "array", required: [], filters: [] },
  workRequest: { entityType: "log", operation: "LOG", ocid: "logworkrequest" },
  note: "sources are apigateway (access, execution) and functions (invoke); custom logs hold nothing; archives are refused",
  complete(given, call, id) {
    const group = call.emulation.store.live("logGroup", call.params.logGroupId)?.body ?? {};
    const before = call.emulation.store.live("log", id)?.body.configuration;
    return {
      isEnabled: given.isEnabled ?? true,
      retentionDuration: given.retentionDuration ?? 30,
      ...(given.configuration === undefined ? {} : { configuration: merged(before, given.configuration) }),
      logGroupId: call.params.logGroupId,
      compartmentId: group.compartmentId,
      tenancyId: call.emulation.tenancy.id,
      systemTags: {},
      timeLastModified: call.emulation.now().toISOString(),
    };
  },
  check(next, call, previous) {
    if (call.emulation.switches.logNameCheck) refuseTakenName(next, call);
    if (previous === undefined) refuseSecondLog(next, call);
    return [] satisfies FieldProblem[];
  },
  async afterDelete({ id }, call) {
    call.emulation.logs.forget(id);
  },
};

/** UpdateLog gives a source's parameters only: what else is known of the source stays. */
function merged(before: unknown, given: unknown): Body {
  const [old, added] = [(before ?? {}) as Body, given as Body];
  return { ...old, ...added, source: { ...(old.source as Body), ...(added.source as Body) } };
}

/** What a log's lines are about; undefined for a custom log. */
export function sourceOf({ body }: Pick<Stored, "body">): LogSource | undefined {
  return (body.configuration as { source?: LogSource } | undefined)?.source;
}

/** "displayName … must be unique within the enclosing resource" (Log of the Logging Management API). */
function refuseTakenName(next: Body, call: Call): void {
  const same = sameName(call, "log", next, "displayName", "logGroupId");
  if (same === undefined) return;
  throw new OciError("Conflict", `A log "${next.displayName}" already exists in the log group: ${same.id}.`);
}

/** One log for each category of a resource, whatever its log group ("Service Logs"). */
function refuseSecondLog(next: Body, call: Call): void {
  const wanted = sourceOf({ body: next });
  if (wanted === undefined) return;
  const same = call.emulation.store.list("log").find((stored) => {
    const source = sourceOf(stored);
    return (
      source?.service === wanted.service &&
      source.category === wanted.category &&
      source.resource === wanted.resource
    );
  });
  if (same === undefined) return;
  throw new OciError(
    "Conflict",
    `${wanted.resource} already has a log of category ${wanted.category}: ${same.id}. A resource has one log for each category.`,
  );
}
