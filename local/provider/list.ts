import { isRecord, type Properties } from "../values.ts";
import { placed, readResource, regionHeaders } from "./crud.ts";
import type { OciClient } from "./http.ts";
import type { ResourceRow } from "./rows.ts";
import type { Created, OperationContext } from "./types.ts";

/** The living resources of a type in the compartment, or application, that the inputs name. */
export async function listResources(
  client: OciClient,
  row: ResourceRow,
  inputs: Properties,
  context: OperationContext,
): Promise<Created[]> {
  const scope = row.properties.applicationId === undefined ? "compartmentId" : "applicationId";
  const { collection } = placed(row, inputs);
  const query = new URLSearchParams(collection === row.collection ? { [scope]: String(inputs[scope]) } : {});
  const found: Created[] = [];
  for (;;) {
    const answer = await client.call("GET", `${collection}?${query}`, {
      headers: regionHeaders(context),
    });
    for (const id of idsOf(answer.body)) {
      // A summary doesn't have every field.
      const outputs = await readResource(client, { ...row, collection }, id, {}, context);
      if (outputs !== undefined && !/DELETING|TERMINATING/.test(String(outputs.state))) {
        found.push({ id, outputs });
      }
    }
    const next = answer.headers["opc-next-page"];
    if (typeof next !== "string") return found;
    query.set("page", next);
  }
}

function idsOf(body: unknown): string[] {
  const items = isRecord(body) ? body.items : body;
  return Array.isArray(items) ? items.filter(isRecord).map(({ id }) => String(id)) : [];
}
