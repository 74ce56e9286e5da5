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
  const wait = waiting(client, row, context);
  const { headers } = wait;
  const response = await client.call("POST", row.collection, { body: toBody(row, inputs), headers });
  const id = isRecord(response.body) ? response.body.id : undefined;
  if (typeof id !== "string") throw new Error(`POST ${row.collection} answered no id`);
  try {
    await waitForWorkRequest(wait, response);
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
  const body = await get(waiting(client, row, context), id);
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
  const wait = waiting(client, row, context);
  const path = `${row.collection}/${encodeURIComponent(id)}`;
  assertChangeable(row, oldInputs, newInputs);
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
  context: OperationContext,
): Promise<void> {
  const wait = waiting(client, row, context);
  try {
    const path = `${row.collection}/${encodeURIComponent(id)}`;
    await waitForWorkRequest(wait, await client.call("DELETE", path, { headers: wait.headers }));
  } catch (error) {
    if (error instanceof OciError && error.status === 404) return;
    throw error;
  }
  await waitUntilGone(wait, id);
}

function waiting(client: OciClient, row: ResourceRow, context: OperationContext) {
  return { client, row, headers: regionHeaders(context), deadline: Date.now() + context.timeoutInMs };
}

/** An explicit provider's region travels in a header: one address serves all regions. */
export function regionHeaders({ region }: OperationContext): Record<string, string> {
  return region === undefined ? {} : { "x-emulator-region": region };
}
