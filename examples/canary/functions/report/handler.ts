import type { Request } from "../../../../functions/kit/request.ts";
import { json, type Response } from "../../../../functions/kit/response.ts";

/** Says which release answers, and for which path. */
export function report({ path }: Request): Response {
  return json(200, { release: process.env.RELEASE, path });
}
