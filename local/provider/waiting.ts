import { isRecord, type Properties } from "../values.ts";
import { type OciClient, OciError, type OciResponse } from "./http.ts";
import type { ResourceRow } from "./rows.ts";

interface Wait {
  client: OciClient;
  row: ResourceRow;
  headers: Readonly<Record<string, string>>;
  deadline: number;
}

/** Waits for the work request that an answer names; tells the id of what it was about. */
export async function waitForWorkRequest(wait: Wait, response: OciResponse): Promise<string | undefined> {
  const id = response.headers["opc-work-request-id"];
  if (!wait.row.isAsynchronous || typeof id !== "string") return undefined;
  let identifier: string | undefined;
  const path = `/${wait.row.collection.split("/")[1]}/workRequests/${id}`;
  const final = await poll(wait, `work request ${id}`, async () => {
    const { body } = await wait.client.call("GET", path, { headers: wait.headers });
    const { status, resources } = isRecord(body) ? body : {};
    const [resource] = Array.isArray(resources) ? resources : [];
    if (isRecord(resource) && typeof resource.identifier === "string") identifier = resource.identifier;
    return status === "SUCCEEDED" || status === "FAILED" || status === "CANCELED"
      ? String(status)
      : undefined;
  });
  if (final === "SUCCEEDED") return identifier;
  const { body } = await wait.client.call("GET", `${path}/errors`, { headers: wait.headers });
  const listed = isRecord(body) ? body.items : body;
  const items = Array.isArray(listed) ? listed : [];
  const messages = items.map((item) => (isRecord(item) ? String(item.message) : String(item)));
  throw new Error(`work request did not succeed (${final}): ${messages.join("; ")}`);
}

/** Waits until the resource is in the state that its type rests in; answers its body. */
export async function waitUntilReady(wait: Wait, id: string): Promise<Properties> {
  return poll(wait, id, async () => {
    const body = await get(wait, id);
    const state = body?.lifecycleState;
    if (body === undefined || state === wait.row.readyState || state === undefined) {
      return body ?? Promise.reject(new Error(`${id} is gone while it was waited for`));
    }
    if (String(state).endsWith("ING")) return undefined;
    throw new Error(`${id} is ${state} instead of ${wait.row.readyState}`);
  });
}

/** Waits until the resource answers 404 or its final state. */
export async function waitUntilGone(wait: Wait, id: string): Promise<void> {
  await poll(wait, id, async () => {
    const body = await get(wait, id);
    return body === undefined || body.lifecycleState === wait.row.goneState ? true : undefined;
  });
}

/** The resource's body, or `undefined` for 404. */
export async function get({ client, row, headers }: Omit<Wait, "deadline">, id: string) {
  try {
    const { body } = await client.call("GET", `${row.collection}/${encodeURIComponent(id)}`, { headers });
    return isRecord(body) ? body : undefined;
  } catch (error) {
    if (error instanceof OciError && error.status === 404) return undefined;
    throw error;
  }
}

async function poll<T>({ deadline }: Wait, what: string, attempt: () => Promise<T | undefined>): Promise<T> {
  for (let pause = 5; ; pause = Math.min(pause * 2, 1000)) {
    const result = await attempt();
    if (result !== undefined) return result;
    if (Date.now() + pause > deadline) throw new Error(`time-out while waiting for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
