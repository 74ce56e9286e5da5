import { checkedBody } from "../../core/check.ts";
import { liveAndMatching, resourceOperations } from "../../core/crud.ts";
import { notAuthorizedOrNotFound } from "../../core/errors.ts";
import type { Answer, Call, Operation } from "../../core/operation.ts";
import { page } from "../../core/paging.ts";
import { presented } from "../../core/presented.ts";
import type { ResourceType } from "../../core/resource.ts";
import { displayNameSorts, sorted, sortParameters } from "../../core/sorting.ts";
import { recordWorkRequest, workRequestOperations } from "../../core/work-requests.ts";
import { log, sourceOf } from "./log.ts";
import { logGroup } from "./log-group.ts";
import * as model from "./model.ts";
import { searchLogs } from "./search.ts";

const filters = ["logType", "sourceService", "sourceResource", "displayName", "lifecycleState"] as const;

/** Logging: log groups, logs, their work requests, and the search of log lines. */
export function loggingOperations(): Operation[] {
  return [
    ...resourceOperations(logGroup).map((one) => withoutCreated(goneWhenDeleted(logGroup, one))),
    ...resourceOperations(log).map((one) => withoutCreated(inGroup(goneWhenDeleted(log, one)))),
    moveLog,
    ...workRequestOperations("logging", "20200531", "array", "logworkrequest"),
    searchLogs,
  ];
}

/** The id of what was made stands in the work request only. */
function withoutCreated(operation: Operation): Operation {
  if (!operation.name.startsWith("Create")) return operation;
  return {
    ...operation,
    async run(call) {
      const { body: _, ...answer } = await operation.run(call);
      return answer;
    },
  };
}

/** A GET after a deletion answers 404, once its work request is done. */
function goneWhenDeleted(resource: ResourceType, operation: Operation): Operation {
  if (operation.name !== `Get${resource.noun}`) return operation;
  return {
    ...operation,
    run(call) {
      const { store, lifecycles } = call.emulation;
      const { id = "" } = call.params;
      if (store.live(resource.type, id) === undefined && lifecycles.of(id) === undefined) {
        throw notAuthorizedOrNotFound();
      }
      return operation.run(call);
    },
  };
}

/** Everything about logs is below a group that is there and, for one log, holds it. */
function inGroup(operation: Operation): Operation {
  const isList = operation.name === "ListLogs";
  return {
    ...operation,
    ...(isList ? { queryParameters: [...filters, "limit", "page", ...sortParameters] } : {}),
    run(call) {
      requireGroup(call);
      return isList ? list(call) : operation.run(call);
    },
  };
}

function requireGroup(call: Call): void {
  const { store } = call.emulation;
  const { id, logGroupId } = call.params;
  const stored = id === undefined ? undefined : store.any("log", id);
  const isElsewhere = id !== undefined && stored?.body.logGroupId !== logGroupId;
  if (isElsewhere || store.live("logGroup", logGroupId) === undefined) throw notAuthorizedOrNotFound();
}

function list(call: Call): Answer {
  const { emulation, params, query } = call;
  const logs = emulation.store.listBy("log", "logGroupId", params.logGroupId).filter((stored) => {
    const source = sourceOf(stored);
    const shown = { ...presented(log, stored, emulation) };
    const values = { ...shown, sourceService: source?.service, sourceResource: source?.resource };
    return filters.every((name) => query[name] === undefined || values[name as never] === query[name]);
  });
  return page(
    sorted(logs, query, displayNameSorts, ({ body }) => body),
    query,
    "array",
    (stored) => presented(log, stored, emulation),
  );
}

const moveLog: Operation = {
  service: "logging",
  name: "ChangeLogLogGroup",
  method: "POST",
  path: "/20200531/logGroups/:logGroupId/logs/:id/actions/changeLogGroup",
  state: "modelled",
  run(call) {
    requireGroup(call);
    const previous = liveAndMatching(log, call);
    const { targetLogGroupId } = checkedBody(model.changeLogGroup, call.rawBody);
    const target = call.emulation.store.live("logGroup", targetLogGroupId);
    if (target === undefined) throw notAuthorizedOrNotFound();
    const { compartmentId } = target.body;
    const body = { ...previous.body, logGroupId: target.id, compartmentId };
    log.check?.(body, call, previous);
    const stored = call.emulation.store.put("log", previous.id, body, previous.hidden);
    const workRequestId = recordWorkRequest(call, "MOVE_LOG", log, "RELATED", stored);
    return { status: 202, headers: { "opc-work-request-id": workRequestId }, resourceId: stored.id };
  },
};
