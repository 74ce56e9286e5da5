import * as z from "zod";
import { checkedBody } from "./check.ts";
import { compartmentExists } from "./compartments.ts";
import { notAuthorizedOrNotFound, OciError, refuseProblems } from "./errors.ts";
import { createOcid, ocidPattern, realmOf } from "./ocid.ts";
import type { Answer, Call, Operation } from "./operation.ts";
import { page } from "./paging.ts";
import { presented } from "./presented.ts";
import type { ResourceType } from "./resource.ts";
import { displayNameSorts, nameSorts, sorted, sortParameters } from "./sorting.ts";
import type { Body, Stored } from "./store.ts";
import { recordWorkRequest } from "./work-requests.ts";

/** The operations of one kind of resource. */
export function resourceOperations(resource: ResourceType): Operation[] {
  const { service, noun, plural, path, state, create } = resource;
  const common = { service, state, ...(resource.note === undefined ? {} : { note: resource.note }) };
  const write = { ...common, isHomeRegionOnly: resource.isHomeRegionOnly === true };
  const one = `${path}/:id`;
  const ignorable = resource.ignorableQueryParameters ?? [];
  const { required, filters } = resource.list;
  const operations: Operation[] = [
    { ...common, name: `Get${noun}`, method: "GET", path: one, run: (call) => get(resource, call) },
    {
      ...common,
      name: `List${plural}`,
      method: "GET",
      path,
      queryParameters: [...required, ...filters, "limit", "page", ...sortParameters],
      run: (call) => list(resource, call),
    },
    {
      ...write,
      name: `Update${noun}`,
      method: "PUT",
      path: one,
      queryParameters: ignorable,
      run: (call) => update(resource, call),
    },
    {
      ...write,
      name: `Delete${noun}`,
      method: "DELETE",
      path: one,
      queryParameters: ignorable,
      run: (call) => remove(resource, call),
    },
  ];
  if (create !== undefined) {
    const run = (call: Call) => createOne(resource, create, call);
    operations.unshift({ ...write, name: `Create${noun}`, method: "POST", path, run });
  }
  if (resource.canChangeCompartment === true) {
    operations.push({
      ...write,
      name: `Change${noun}Compartment`,
      method: "POST",
      path: `${one}/actions/changeCompartment`,
      queryParameters: ignorable,
      run: (call) => changeCompartment(resource, call),
    });
  }
  return operations;
}

async function createOne(resource: ResourceType, schema: z.ZodType, call: Call): Promise<Answer> {
  const given = checkedBody(schema, call.rawBody);
  const { tenancy, store } = call.emulation;
  if (given.compartmentId !== undefined) requireCompartment(call, given.compartmentId);
  const id = createOcid(
    resource.ocid.type,
    realmOf(tenancy.id),
    resource.ocid.isGlobal === true ? "" : call.region,
  );
  const time = call.emulation.now().toISOString();
  const body: Body = {
    ...given,
    id,
    lifecycleState: resource.states.active,
    timeCreated: time,
    ...(resource.hasTimeUpdated === true ? { timeUpdated: time } : {}),
    definedTags: given.definedTags ?? {},
    freeformTags: given.freeformTags ?? {},
  };
  Object.assign(body, resource.complete?.(body, call, id));
  refuseProblems(resource.check?.(body, call, undefined) ?? []);
  const hidden = await resource.beforeCreate?.(body, call);
  const stored = store.put(resource.type, id, body, hidden);
  resource.afterCreate?.(stored, call);
  return answer(resource, call, stored, resource.statuses.create, "CREATED");
}

function get(resource: ResourceType, call: Call): Answer {
  const stored = call.emulation.store.any(resource.type, call.params.id);
  if (stored === undefined) throw notAuthorizedOrNotFound();
  const body = presented(resource, stored, call.emulation);
  call.emulation.lifecycles.countRead(stored.id);
  return { status: 200, body, headers: { etag: stored.etag } };
}

function list(resource: ResourceType, call: Call): Answer {
  const { required, filters, shape, omits } = resource.list;
  const missing = required.filter((name) => call.query[name] === undefined);
  if (missing.length > 0) {
    throw new OciError(
      "MissingParameter",
      missing.map((name) => `${name}: is required in the query`).join("; "),
    );
  }
  if (call.query.compartmentId !== undefined) requireCompartment(call, call.query.compartmentId);
  const matching = candidates(resource, call).filter((stored) =>
    [...required, ...filters].every(
      (name) => call.query[name] === undefined || String(shown(stored, name, call)) === call.query[name],
    ),
  );
  const sorts = filters.includes("name") ? nameSorts : displayNameSorts;
  return page(
    sorted(matching, call.query, sorts, ({ body }) => body),
    call.query,
    shape,
    (stored) => withoutFields(presented(resource, stored, call.emulation), omits),
  );
}

/** Live resources that a list may show; few of them where the query asks for less than a whole compartment. */
function candidates(
  { type, list: { required, filters } }: ResourceType,
  { emulation, query }: Call,
): Stored[] {
  const narrow = [...filters, ...required].find(
    (name) => query[name] !== undefined && name !== "compartmentId" && name !== "lifecycleState",
  );
  return narrow === undefined
    ? emulation.store.list(type)
    : emulation.store.listBy(type, narrow, query[narrow]);
}

/** A field that lists filter by, as answers show it. */
function shown({ id, body }: Stored, name: string, { emulation }: Call): unknown {
  return (name === "lifecycleState" ? emulation.lifecycles.of(id)?.state : undefined) ?? body[name];
}

function withoutFields(body: Body, omits: readonly string[] | undefined): Body {
  if (omits === undefined) return body;
  return Object.fromEntries(Object.entries(body).filter(([name]) => !omits.includes(name)));
}

function update(resource: ResourceType, call: Call): Answer {
  const previous = liveAndMatching(resource, call);
  const given = checkedBody(resource.update, call.rawBody);
  const body: Body = { ...previous.body, ...given };
  if (resource.hasTimeUpdated === true) body.timeUpdated = call.emulation.now().toISOString();
  Object.assign(body, resource.complete?.(body, call, previous.id));
  refuseProblems(resource.check?.(body, call, previous) ?? []);
  const stored = call.emulation.store.put(resource.type, previous.id, body, previous.hidden);
  resource.afterUpdate?.(stored, call, previous);
  const answered = answer(resource, call, stored, resource.statuses.update, "UPDATED");
  return resource.workRequest === undefined ? answered : withoutBody(answered);
}

async function remove(resource: ResourceType, call: Call): Promise<Answer> {
  const previous = liveAndMatching(resource, call);
  resource.beforeDelete?.(previous, call);
  const stored = call.emulation.store.put(
    resource.type,
    previous.id,
    { ...previous.body, lifecycleState: resource.states.deleted },
    previous.hidden,
    call.emulation.now().getTime(),
  );
  await resource.afterDelete?.(stored, call);
  return withoutBody(answer(resource, call, stored, resource.statuses.delete, "DELETED"));
}

const newCompartment = z.strictObject({
  compartmentId: z.string().regex(ocidPattern("compartment", "tenancy")),
});

function changeCompartment(resource: ResourceType, call: Call): Answer {
  const previous = liveAndMatching(resource, call);
  const { compartmentId } = checkedBody(newCompartment, call.rawBody);
  requireCompartment(call, compartmentId);
  const body = { ...previous.body, compartmentId };
  refuseProblems(resource.check?.(body, call, previous) ?? []);
  const stored = call.emulation.store.put(resource.type, previous.id, body, previous.hidden);
  resource.afterUpdate?.(stored, call, previous);
  return withoutBody(answer(resource, call, stored, resource.statuses.update, "UPDATED"));
}

/** The resource that the path names, with `if-match` held ("ETags for Optimistic Concurrency Control"). */
export function liveAndMatching(resource: ResourceType, call: Call): Stored {
  const stored = call.emulation.store.live(resource.type, call.params.id);
  if (stored === undefined) throw notAuthorizedOrNotFound();
  const ifMatch = call.headers["if-match"];
  if (ifMatch !== undefined && ifMatch !== "*" && ifMatch !== stored.etag) {
    throw new OciError("NoEtagMatch", "The etag of if-match isn't the resource's current one; get it again.");
  }
  const pending = call.emulation.lifecycles.of(stored.id);
  if (pending !== undefined) {
    throw new OciError(
      "IncorrectState",
      `${stored.id} is in state ${pending.state}; wait until work request ${pending.workRequestId} has succeeded.`,
    );
  }
  return stored;
}

function requireCompartment(call: Call, compartmentId: unknown): void {
  if (compartmentExists(call.emulation, compartmentId)) return;
  throw notAuthorizedOrNotFound(`compartmentId ${String(compartmentId)} isn't in the emulator's tenancy.`);
}

function withoutBody({ body: _, ...rest }: Answer): Answer {
  return rest;
}

function answer(
  resource: ResourceType,
  call: Call,
  stored: Stored,
  status: number,
  action: "CREATED" | "UPDATED" | "DELETED",
): Answer {
  const headers: Record<string, string> = action === "DELETED" ? {} : { etag: stored.etag };
  if (resource.workRequest !== undefined) {
    const verb = { CREATED: "CREATE", UPDATED: "UPDATE", DELETED: "DELETE" }[action];
    const { operation } = resource.workRequest;
    const workRequestId = recordWorkRequest(call, `${verb}_${operation}`, resource, action, stored);
    headers["opc-work-request-id"] = workRequestId;
    const { switches, lifecycles } = call.emulation;
    const state = ({ CREATED: "CREATING", UPDATED: "UPDATING", DELETED: "DELETING" } as const)[action];
    lifecycles.begin({ resourceId: stored.id, workRequestId, state, reads: switches.slowLifecycle });
  }
  const body = presented(resource, stored, call.emulation);
  return { status, body, headers, resourceId: stored.id };
}
