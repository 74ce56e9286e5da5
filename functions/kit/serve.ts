import { validateHeaderName, validateHeaderValue } from "node:http";
import fdk, { type Context } from "@fnproject/fdk";
import { type Request, toRequest } from "./request.ts";
import { HttpError, type Response } from "./response.ts";

export type Handler = (request: Request) => Response | Promise<Response>;

/**
 * Serves calls with a handler, over the FDK.
 *
 * The FDK's process dies of an empty result and of a header that isn't one, reads bodies as JSON, quotes texts, and
 * throws in `getConfig` and `getAllHeaderValues`: so bodies stay bytes both ways, there is always a body, headers
 * are looked at first, and configuration is read from `process.env`.
 */
export function serve(handler: Handler): void {
  fdk.handle(
    async (body, context) => answer(await handle(handler, toRequest(body, context.headers)), context),
    {
      inputMode: "buffer",
    },
  );
}

async function handle(handler: Handler, request: Request): Promise<Response> {
  try {
    return await handler(request);
  } catch (error) {
    if (error instanceof HttpError) return error.toResponse();
    throw error;
  }
}

function answer(response: Response, context: Context) {
  const headers = Object.entries(response.headers).map(
    ([name, values]) => [name.toLowerCase(), typeof values === "string" ? [values] : [...values]] as const,
  );
  for (const [name, values] of headers) {
    validateHeaderName(name);
    for (const value of values) validateHeaderValue(name, value);
  }
  for (const [name, values] of headers) {
    if (name === "content-type") context.responseContentType = values[0] ?? "application/octet-stream";
    else context.setResponseHeader(`Fn-Http-H-${name}`, ...values);
  }
  context.setResponseHeader("Fn-Http-Status", String(response.status));
  return fdk.rawResult(Buffer.from(response.body));
}
