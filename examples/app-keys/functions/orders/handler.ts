import { readFields } from "../../../../functions/kit/body.ts";
import type { Request } from "../../../../functions/kit/request.ts";
import { json, type Response } from "../../../../functions/kit/response.ts";
import { verifyCaller, verifySignedRequest } from "../../../../functions/kit/signed-request.ts";

/** Orders: a code is enough to read them; to write one, the request itself must be signed. */
export async function orders(request: Request): Promise<Response> {
  if (request.method === "GET") {
    const { keyId, means } = await verifyCaller(request);
    return json(200, { orders: [], reader: keyId, means });
  }
  const { keyId } = await verifySignedRequest(request);
  return json(201, { order: readFields(request), writer: keyId });
}
