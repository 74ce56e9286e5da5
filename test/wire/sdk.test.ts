import { describe, expect, it, test } from "vitest";
import { coverage } from "../../emulator/coverage.ts";
import { type Body, type Row, rows } from "./rows.ts";
import { type Cloud, errorOf, startCloud } from "./sdk.ts";

type Method = (request: Body) => Promise<Body>;

const lowerFirst = (text: string) => text[0]?.toLowerCase() + text.slice(1);

/** The SDK's methods for one kind of resource. */
function methodsOf(row: Row, cloud: Cloud) {
  const { noun, plural, words = {} } = row;
  const client = cloud.clients[row.client] as unknown as Record<string, Method>;
  const call = (name: string, request: Body) => {
    const method = client[name];
    if (method === undefined) throw new Error(`the SDK has no ${name}`);
    return method.call(client, request);
  };
  const idOf = (id: string) => ({ [words.id ?? `${lowerFirst(noun)}Id`]: id });
  const detailsName = words.details ?? `${noun}Details`;
  const bodyOf = (answer: Body): Body => answer[words.body ?? lowerFirst(noun)];
  return {
    bodyOf,
    create: (details: Body) => call(`create${noun}`, { [`create${detailsName}`]: details }),
    get: (id: string) => call(`get${noun}`, idOf(id)),
    update: (id: string, details: Body, ifMatch?: string) =>
      call(`update${noun}`, { ...idOf(id), [`update${detailsName}`]: details, ifMatch }),
    remove: (id: string, ifMatch?: string) => call(`delete${noun}`, { ...idOf(id), ifMatch }),
    change: (id: string, compartmentId: string) => {
      const name = `change${noun}Compartment`;
      return call(name, { ...idOf(id), [`${name}Details`]: { compartmentId } });
    },
    async list(query: Body): Promise<{ items: Body[]; next: string | undefined }> {
      const answer = await call(`list${plural}`, query);
      const items = answer.items ?? answer[`${lowerFirst(noun)}Collection`].items;
      return { items, next: answer.opcNextPage };
    },
  };
}

const ids = (items: Body[]) => items.map(({ id }) => id);

/** How a service's lists name what they sort by. */
const sortsOf = (client: string) =>
  client === "gateway" || client === "deployment" || client === "functions"
    ? ["displayName", "timeCreated"]
    : ["DISPLAYNAME", "TIMECREATED"];

/** What the coverage table says below a path. */
const covered = (path: string) =>
  coverage()
    .filter(({ state }) => state !== "refused")
    .filter((one) => one.path === path || one.path.startsWith(`${path}/`));

/** Operations of the table that none of the calls reached. */
function notCalled(path: string, calls: readonly string[]): string[] {
  return covered(path)
    .filter(({ method, path: template }) => {
      const pattern = new RegExp(`^${method} ${template.replaceAll(/:\w+/g, "[^/]+")}$`);
      return !calls.some((call) => pattern.test(call));
    })
    .map(({ operation }) => operation);
}

const notFound = {
  statusCode: 404,
  serviceCode: "NotAuthorizedOrNotFound",
  message: "Authorization failed or requested resource not found.",
  hasRequestId: true,
};
const stale = {
  statusCode: 412,
  serviceCode: "NoEtagMatch",
  message: "The etag of if-match isn't the resource's current one; get it again.",
  hasRequestId: true,
};

async function createTwo(row: Row, cloud: Cloud): Promise<Body[]> {
  const { create, bodyOf, list } = methodsOf(row, cloud);
  if (row.isDefault) {
    await row.details(cloud, 1, undefined);
    await row.details(cloud, 2, undefined);
    return (await list({ compartmentId: cloud.compartmentId })).items;
  }
  const details = await row.details(cloud, 1, undefined);
  const first = bodyOf(await create(details));
  expect(first).toMatchObject(details);
  if (row.taken !== undefined) {
    const { statusCode, serviceCode } = await errorOf(create(details));
    expect([statusCode, serviceCode]).toEqual([409, row.taken]);
  }
  const other = bodyOf(await create(await row.details(cloud, 2, first)));
  return [first, other];
}

async function checkList(row: Row, cloud: Cloud, made: Body[]): Promise<void> {
  const { list } = methodsOf(row, cloud);
  const [first = {}, other = {}] = made;
  const scope = row.scope?.(cloud, first) ?? { compartmentId: cloud.compartmentId };
  const all = await list(scope);
  expect(ids(all.items)).toEqual(expect.arrayContaining(ids(made)));
  expect(all.next).toBeFalsy();
  const paged: Body[] = [];
  let page: string | undefined;
  do {
    const part = await list({ ...scope, limit: 1, ...(page === undefined ? {} : { page }) });
    expect(part.items.length).toBe(1);
    paged.push(...part.items);
    page = part.next || undefined;
  } while (page !== undefined);
  expect(ids(paged)).toEqual(ids(all.items));
  const filtered = await list({ ...scope, [row.filter]: other[row.filter] });
  expect(ids(filtered.items)).toEqual(row.isDefault ? ids(made) : [other.id]);
  const [byName, byTime] = row.client === "identity" ? ["NAME", "TIMECREATED"] : sortsOf(row.client);
  const nameOf = ({ name, displayName }: Body): string => name ?? displayName;
  const names = all.items.map(nameOf).sort();
  expect((await list({ ...scope, sortBy: byName })).items.map(nameOf)).toEqual(names);
  const falling = await list({ ...scope, sortBy: byName, sortOrder: "DESC" });
  expect(falling.items.map(nameOf)).toEqual(names.toReversed());
  const times = (await list({ ...scope, sortBy: byTime })).items.map(({ timeCreated }) => +timeCreated);
  expect(times).toEqual(times.toSorted((a, b) => b - a));
  expect(ids((await list({ ...scope, lifecycleState: row.states[0] })).items)).toEqual(ids(all.items));
  expect((await list({ ...scope, lifecycleState: row.states[1] })).items).toEqual([]);
}

async function checkUpdate(row: Row, cloud: Cloud, id: string): Promise<void> {
  const { get, update, bodyOf } = methodsOf(row, cloud);
  const { etag } = await get(id);
  expect(etag).toMatch(/^\w+$/);
  const answer = await update(id, row.change, etag);
  await waitFor(row, cloud, answer, id);
  const after = await get(id);
  expect(bodyOf(after)).toMatchObject(row.change);
  expect(after.etag).not.toBe(etag);
  if (row.isAsynchronous !== true) expect(bodyOf(answer)).toEqual(bodyOf(after));
  expect(await errorOf(update(id, row.change, etag))).toEqual(stale);
  const [field = ""] = Object.keys(row.bad);
  const { message, ...error } = await errorOf(update(id, row.bad));
  expect(error).toEqual({ statusCode: 400, serviceCode: "InvalidParameter", hasRequestId: true });
  expect(message).toMatch(new RegExp(`^${field}\\b`));
}

/** Follows the work request of an answer to its end, as a program does. */
async function waitFor(row: Row, cloud: Cloud, answer: Body, id: string): Promise<void> {
  if (row.isAsynchronous !== true) return;
  const client = cloud.clients.gatewayWork;
  const { workRequest } = await client.getWorkRequest({ workRequestId: answer.opcWorkRequestId });
  expect([workRequest.status, workRequest.percentComplete]).toEqual(["SUCCEEDED", 100]);
  // The SDK leaves this model's times as they came over the wire.
  expect(workRequest.timeFinished).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  expect(workRequest.resources).toEqual([
    {
      entityType: row.noun.toLowerCase(),
      actionType: expect.stringMatching(/^(CREATED|UPDATED|DELETED)$/),
      identifier: id,
      entityUri: `${row.path}/${id}`,
    },
  ]);
}

async function checkDelete(row: Row, cloud: Cloud, id: string): Promise<void> {
  const { get, remove, bodyOf } = methodsOf(row, cloud);
  expect(await errorOf(remove(id, "stale"))).toEqual(stale);
  const { etag } = await get(id);
  await waitFor(row, cloud, await remove(id, etag), id);
  expect(bodyOf(await get(id)).lifecycleState).toBe(row.states[1]);
  expect(await errorOf(remove(id))).toEqual(notFound);
}

describe("the official SDK", () => {
  it.each(rows)("$noun: create, get, list, update, move, delete, and their errors", async (row) => {
    const cloud = await startCloud();
    const { get, bodyOf, change } = methodsOf(row, cloud);
    const made = await createTwo(row, cloud);
    const [first = {}, other = {}] = made;
    expect(bodyOf(await get(first.id))).toEqual(first);
    expect(await errorOf(get(`${String(first.id)}x`))).toEqual(notFound);
    await checkList(row, cloud, made);
    await checkUpdate(row, cloud, first.id);
    await row.more?.(cloud, first.id);
    if (covered(row.path).some(({ operation }) => operation === `Change${row.noun}Compartment`)) {
      await waitFor(row, cloud, await change(first.id, cloud.otherCompartmentId), first.id);
      expect(bodyOf(await get(first.id)).compartmentId).toBe(cloud.otherCompartmentId);
    }
    if (row.isDefault) {
      const { statusCode, serviceCode } = await errorOf(methodsOf(row, cloud).remove(other.id));
      expect([statusCode, serviceCode]).toEqual([409, "Conflict"]);
      // The one operation that only ever refuses.
      expect(notCalled(row.path, cloud.calls)).toEqual(["DeleteDhcpOptions"]);
      return;
    }
    await checkDelete(row, cloud, first.id);
    expect(notCalled(row.path, cloud.calls)).toEqual([]);
  });
});

/** Collections that logging.test.ts drives. */
const loggingPaths = ["/20200531/logGroups", "/20200531/workRequests", "/20190909/search"];

/** Collections that the tests below drive, without a row. */
const reads: Record<string, (cloud: Cloud) => Promise<void>> = {
  "/20160918/tenancies": async ({ clients, tenancyId }) => {
    const { tenancy } = await clients.identity.getTenancy({ tenancyId });
    expect([tenancy.id, tenancy.homeRegionKey]).toEqual([tenancyId, "LCL"]);
    const { items } = await clients.identity.listRegionSubscriptions({ tenancyId });
    expect(items).toEqual([
      { regionKey: "LCL", regionName: "local-laptop-1", status: "READY", isHomeRegion: true },
    ]);
    expect(await errorOf(clients.identity.getTenancy({ tenancyId: `${tenancyId}x` }))).toEqual(notFound);
  },
  "/20160918/availabilityDomains": async ({ clients, tenancyId }) => {
    const { items } = await clients.identity.listAvailabilityDomains({ compartmentId: tenancyId });
    expect(items.map(({ name, compartmentId }) => [name, compartmentId])).toEqual([
      ["emul:LOCAL-LAPTOP-1-AD-1", tenancyId],
    ]);
  },
  "/20160918/services": async ({ clients }) => {
    const { items } = await clients.network.listServices({});
    expect(items.map(({ name }) => name)).toEqual([
      "All LCL Services In Oracle Services Network",
      "OCI LCL Object Storage",
    ]);
    const [first] = items;
    const { service } = await clients.network.getService({ serviceId: first?.id ?? "" });
    expect(service).toEqual(first);
  },
  "/n": async ({ clients, compartmentId }) => {
    expect((await clients.objectStorage.getNamespace({ compartmentId })).value).toBe("localns");
  },
  "/20190501/workRequests": async (cloud) => {
    const { clients, compartmentId } = cloud;
    const row = rows.find(({ noun }) => noun === "Gateway") as Row;
    const [first = {}] = await createTwo(row, cloud);
    const { workRequestCollection } = await clients.gatewayWork.listWorkRequests({
      compartmentId,
      resourceId: first.id,
    });
    const [work] = workRequestCollection.items;
    expect([workRequestCollection.items.length, work?.operationType, work?.status]).toEqual([
      1,
      "CREATE_GATEWAY",
      "SUCCEEDED",
    ]);
    const one = { workRequestId: work?.workRequestId ?? "" };
    const errors = await clients.gatewayWork.listWorkRequestErrors(one);
    expect(errors.workRequestErrorCollection.items).toEqual([]);
    const logs = await clients.gatewayWork.listWorkRequestLogs(one);
    expect(logs.workRequestLogCollection.items).toEqual([]);
    await clients.gatewayWork.getWorkRequest(one);
    expect(await errorOf(clients.gatewayWork.getWorkRequest({ workRequestId: "x" }))).toEqual(notFound);
  },
};

describe("the official SDK", () => {
  it.each(Object.entries(reads))("%s is read", async (path, drive) => {
    const cloud = await startCloud();
    await drive(cloud);
    // The SDK asks for the namespace at `/n/`, others at `/n`: the same operation.
    const missing = notCalled(path, cloud.calls);
    expect(missing).toEqual(path === "/n" ? ["GetNamespace"] : []);
  });

  test("is refused by name what isn't modelled", async () => {
    const { clients, compartmentId } = await startCloud();
    const refusal = (message: string) => ({
      statusCode: 400,
      serviceCode: "InvalidParameter",
      message,
      hasRequestId: true,
    });
    expect(await errorOf(clients.work.listWorkRequests({ compartmentId }))).toEqual(
      refusal(
        "GET /20160918/workRequests: Work requests of identity, network and other core services aren't modelled by this emulator: none of their operations here makes one.",
      ),
    );
    const details = { compartmentId, displayName: "plan", entitlements: [] };
    expect(await errorOf(clients.usagePlans.createUsagePlan({ createUsagePlanDetails: details }))).toEqual(
      refusal("POST /20190501/usagePlans: Usage plans aren't modelled by this emulator."),
    );
  });

  test("drives every operation of the coverage table: a new collection needs a row or a test", () => {
    const driven = [...rows.map(({ path }) => path), ...Object.keys(reads), ...loggingPaths];
    const others = coverage()
      .filter(({ state }) => state !== "refused")
      .filter(({ path }) => !driven.some((one) => path === one || path.startsWith(`${one}/`)));
    expect(others).toEqual([]);
  });
});
