import type { Request } from "../../../../../functions/kit/request.ts";
import { json, type Response } from "../../../../../functions/kit/response.ts";

/** What a caller wants of the function, in the header `x-wish`. */
interface Wish {
  status?: number;
  headers?: Readonly<Record<string, string | readonly string[]>>;
  body?: string;
  /** Answers so many bytes. */
  bytes?: number;
  /** Fails. */
  throws?: boolean;
  sleepInMs?: number;
}

/** Does what it is told, or tells what it saw. */
export async function behave(request: Request): Promise<Response> {
  const wish = readWish(request);
  if (wish.sleepInMs !== undefined) await new Promise((resolve) => setTimeout(resolve, wish.sleepInMs));
  if (wish.throws === true) throw new Error("as wished");
  if (wish.bytes !== undefined) return { status: 200, headers: {}, body: Buffer.alloc(wish.bytes, "x") };
  if (wish.status === undefined && wish.body === undefined && wish.headers === undefined)
    return told(request);
  return { status: wish.status ?? 200, headers: wish.headers ?? {}, body: wish.body ?? "" };
}

function readWish({ headers }: Request): Wish {
  const [text] = headers["x-wish"] ?? [];
  return text === undefined ? {} : (JSON.parse(text) as Wish);
}

function told({ method, url, headers, callHeaders, body }: Request): Response {
  const contentType = callHeaders["content-type"]?.[0] ?? null;
  const shown = body.length > 1000 ? { bytes: body.length } : body.toString("utf8");
  return json(200, { method, url, headers, callHeaders: ofCall(callHeaders), contentType, body: shown });
}

function ofCall(headers: Request["callHeaders"]) {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith("fn-http-h-")));
}
