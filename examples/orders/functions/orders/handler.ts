import { readFields } from "../../../../functions/kit/body.ts";
import type { Request } from "../../../../functions/kit/request.ts";
import { HttpError, json, type Response } from "../../../../functions/kit/response.ts";

/** Stands for a table: functions keep nothing between calls. */
const table = [
  { id: "1", status: "open", item: "lamp" },
  { id: "2", status: "shipped", item: "chair" },
];

/** Orders. Who calls, and what is asked for, the gateway says in headers: the function reads neither path nor query. */
export function orders(request: Request): Response {
  const client = clientOf(request);
  if (request.method === "POST") return json(201, { order: readFields(request), client });
  const id = header(request, "x-order-id");
  if (id === undefined) return json(200, { orders: filtered(header(request, "x-order-filter")), client });
  const order = table.find((one) => one.id === id);
  if (order === undefined) throw new HttpError(404, `There is no order ${id}`);
  return json(200, { order, client });
}

/** The gateway names the client and takes its code away in one policy: where the code still stands, the name is anybody's. */
function clientOf(request: Request): string {
  const client = header(request, "x-client");
  if (client !== undefined && header(request, "x-api-key") === undefined) return client;
  throw new Error("the gateway has not mapped the client: the route's headerTransformations had no effect");
}

/** `status=open`; `status=` for all of them. */
function filtered(filter = "status=") {
  const status = filter.slice("status=".length);
  return table.filter((order) => status === "" || order.status === status);
}

function header({ headers }: Request, name: string): string | undefined {
  return headers[name]?.[0];
}
