import { isRecord, isSame, type Properties } from "../values.ts";
import { assertChangeable } from "./check.ts";
import { type OciClient, OciError } from "./http.ts";
import type { ResourceRow } from "./rows.ts";
import { type Created, type OperationContext, PartlyCreatedError } from "./types.ts";
import { get, waitForWorkRequest, waitUntilGone, waitUntilReady } from "./waiting.ts";
import { fromBody, toBody, updatable } from "./wire.ts";

/**
 * Creates a resource and waits for it; its outputs are what OCI then answers.
 *
 * @throws {@link PartlyCreatedError} when it exists but doesn't become ready.
 */
export async function createResource(
  client: OciClient,
  row: ResourceRow,
  inputs: Properties,
  context: OperationContext,
): Promise<Created> {
  const wait = waiting(client, placed(row, inputs), context);
  const { headers } = wait;
  const { collection } = wait.row;
  const response = await client.call("POST", collection, { body: toBody(row, inputs), headers });
  const answered = isRecord(response.body) ? response.body.id : undefined;
  // Some services tell the id in the work request only.
  const id = answered ?? (await waitForWorkRequest(wait, response));
  if (typeof id !== "string") throw new Error(`POST ${collection} answered no id`);
  try {
    if (answered !== undefined) await waitForWorkRequest(wait, response);
    const body = await waitUntilReady(wait, id);
    return { id, outputs: { ...inputs, ...fromBody(row, body) } };
  } catch (error) {
    throw new PartlyCreatedError(id, error);
  }
}

/** The resource's outputs, or `undefined` when it is gone. */
export async function readResource(
  client: OciClient,
  row: ResourceRow,
  id: string,
  inputs: Properties,
  context: OperationContext,
): Promise<Properties | undefined> {
  const { id: own = id, ...parents } = row.importId?.exec(id)?.groups ?? {};
  const body = await get(waiting(client, placed(row, { ...inputs, ...parents }), context), own);
  if (body === undefined || body.lifecycleState === row.goneState) return undefined;
  return { ...inputs, ...fromBody(row, body) };
}

/** Moves the resource to another compartment if that changed, then sends everything that may be updated. */
export async function updateResource(
  client: OciClient,
  row: ResourceRow,
  id: string,
  oldInputs: Properties,
  newInputs: Properties,
  context: OperationContext,
): Promise<Properties> {
  const wait = waiting(client, placed(row, newInputs), context);
  const path = `${wait.row.collection}/${encodeURIComponent(id)}`;
  assertChangeable(row, oldInputs, newInputs);
  for (const [property, { action, field }] of Object.entries(row.moves ?? {})) {
    if (isSame(oldInputs[property], newInputs[property])) continue;
    const before = `${placed(row, oldInputs).collection}/${encodeURIComponent(id)}`;
    const body = { [field]: newInputs[property] };
    const moved = await client.call("POST", `${before}/actions/${action}`, { body, headers: wait.headers });
    await waitForWorkRequest(wait, moved);
  }
  if (!isSame(oldInputs.compartmentId, newInputs.compartmentId)) {
    const body = { compartmentId: newInputs.compartmentId };
    const moved = await client.call("POST", `${path}/actions/changeCompartment`, {
      body,
      headers: wait.headers,
    });
    await waitForWorkRequest(wait, moved);
  }
  const body = toBody(row, updatable(row, newInputs));
  const response = await client.call("PUT", path, { body, headers: wait.headers });
  await waitForWorkRequest(wait, response);
  return { ...newInputs, ...fromBody(row, await waitUntilReady(wait, id)) };
}

/** Deletes the resource and waits until it is gone. */
export async function deleteResource(
  client: OciClient,
  row: ResourceRow,
  id: string,
  outputs: Properties,
  context: OperationContext,
): Promise<void> {
  const wait = waiting(client, placed(row, outputs), context);
  try {
    const path = `${wait.row.collection}/${encodeURIComponent(id)}`;
    await waitForWorkRequest(wait, await client.call("DELETE", path, { headers: wait.headers }));
  } catch (error) {
    if (error instanceof OciError && error.status === 404) return;
    throw error;
  }
  await waitUntilGone(wait, id);
}

/** The row with the collection below the resource that the properties name. */
export function placed(row: ResourceRow, properties: Properties): ResourceRow {
  const named = (_: string, name: string) => encodeURIComponent(String(properties[name]));
  return { ...row, collection: row.collection.replaceAll(/\{(\w+)\}/g, named) };
}

function waiting(client: OciClient, row: ResourceRow, context: OperationContext) {
  return { client, row, headers: regionHeaders(context), deadline: Date.now() + context.timeoutInMs };
}

/** An explicit provider's region travels in a header: one address serves all regions. */
export function regionHeaders({ region }: OperationContext): Record<string, string> {
  return region === undefined ? {} : { "x-emulator-region": region };
}
