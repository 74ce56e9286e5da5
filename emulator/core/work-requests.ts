import { notAuthorizedOrNotFound } from "./errors.ts";
import { createOcid, realmOf } from "./ocid.ts";
import type { Answer, Call, Emulation, Operation } from "./operation.ts";
import { page } from "./paging.ts";
import type { ResourceType } from "./resource.ts";
import { sorted, sortParameters } from "./sorting.ts";
import type { Body, Stored } from "./store.ts";

const ocidType = "apigatewayworkrequest";
const timeSorts = { timeCreated: "timeAccepted" };

/** Records work that is already done, and returns its OCID. */
export function recordWorkRequest(
  call: Call,
  operationType: string,
  { path, workRequest }: Pick<ResourceType, "path" | "workRequest">,
  actionType: "CREATED" | "UPDATED" | "DELETED" | "RELATED",
  resource: Stored,
): string {
  const { store, tenancy } = call.emulation;
  const { entityType = "", ocid = ocidType } = workRequest ?? {};
  const collectionPath = path.replaceAll(/:(\w+)/g, (_, name: string) => String(resource.body[name]));
  const id = createOcid(ocid, realmOf(tenancy.id), call.region);
  const time = call.emulation.now().toISOString();
  store.put("workRequest", id, {
    id,
    operationType,
    status: "SUCCEEDED",
    compartmentId: resource.body.compartmentId,
    resources: [
      { entityType, actionType, identifier: resource.id, entityUri: `${collectionPath}/${resource.id}` },
    ],
    percentComplete: 100,
    timeAccepted: time,
    timeStarted: time,
    timeFinished: time,
  });
  return id;
}

/** Done at once, unless the switch `slowLifecycle` makes it take some reads: ACCEPTED, then IN_PROGRESS. */
function presentedWork({ id, body }: Stored, { lifecycles }: Emulation): Body {
  const pending = lifecycles.of(id);
  if (pending === undefined) return body;
  const isAccepted = pending.readsLeft === pending.reads;
  const { timeFinished: _, timeStarted, ...rest } = body;
  return {
    ...rest,
    status: isAccepted ? "ACCEPTED" : "IN_PROGRESS",
    percentComplete: isAccepted ? 0 : 50,
    resources: (body.resources as Body[]).map((one) => ({ ...one, actionType: "IN_PROGRESS" })),
    ...(isAccepted ? {} : { timeStarted }),
  };
}

/** GetWorkRequest, ListWorkRequests, ListWorkRequestErrors, ListWorkRequestLogs of a service. */
export function workRequestOperations(
  service: string,
  version: string,
  shape: "array" | "items" = "items",
  ocid: string = ocidType,
): Operation[] {
  const path = `/${version}/workRequests`;
  const common = { service, method: "GET", state: "approximated", note: "work is done at once" } as const;
  const paging = ["limit", "page"];
  const isOfService = (id: string) => id.startsWith(`ocid1.${ocid}.`);
  const found = (call: Call) => {
    const stored = call.emulation.store.live("workRequest", call.params.id);
    if (stored === undefined || !isOfService(stored.id)) throw notAuthorizedOrNotFound();
    return stored;
  };
  const empty = (call: Call): Answer => {
    found(call);
    return page([], call.query, shape);
  };
  return [
    {
      ...common,
      name: "ListWorkRequests",
      path,
      queryParameters: ["compartmentId", "resourceId", ...paging, ...sortParameters],
      run: (call) => {
        const { compartmentId, resourceId } = call.query;
        const isOf = (body: Body) =>
          resourceId === undefined ||
          (body.resources as Body[]).some(({ identifier }) => identifier === resourceId);
        const items = call.emulation.store
          .list("workRequest")
          .filter(
            ({ id, body }) =>
              isOfService(id) &&
              (compartmentId === undefined || body.compartmentId === compartmentId) &&
              isOf(body),
          );
        return page(
          sorted(items, call.query, timeSorts, ({ body }) => body),
          call.query,
          shape,
          (stored) => {
            const work = presentedWork(stored, call.emulation);
            if (shape === "array") return work;
            const { id: workRequestId, resources: _, ...summary } = work;
            return { workRequestId, ...summary };
          },
        );
      },
    },
    {
      ...common,
      name: "GetWorkRequest",
      path: `${path}/:id`,
      run(call) {
        const stored = found(call);
        const body = presentedWork(stored, call.emulation);
        call.emulation.lifecycles.countRead(stored.id);
        return { status: 200, body };
      },
    },
    {
      ...common,
      name: "ListWorkRequestErrors",
      path: `${path}/:id/errors`,
      queryParameters: [...paging, ...sortParameters],
      run: empty,
    },
    {
      ...common,
      name: "ListWorkRequestLogs",
      path: `${path}/:id/logs`,
      queryParameters: [...paging, ...sortParameters],
      run: empty,
    },
  ];
}
