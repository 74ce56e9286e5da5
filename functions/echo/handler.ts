import type { Request } from "../kit/request.ts";
import { json, type Response } from "../kit/response.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Shows all that a function receives. Of its environment, which may hold secrets, only the names. */
export function echo(request: Request, environment: Environment): Response {
  const { method, url, path, query, headers, callHeaders, body, callId, deadline } = request;
  return json(200, {
    request: { method, url, path, query: [...query], headers, body: readable(body) },
    call: { id: callId ?? null, deadline: deadline ?? null, headers: withoutClientHeaders(callHeaders) },
    function: {
      id: environment.FN_FN_ID ?? null,
      name: environment.FN_FN_NAME ?? null,
      applicationId: environment.FN_APP_ID ?? null,
      applicationName: environment.FN_APP_NAME ?? null,
      memoryInMBs: Number(environment.FN_MEMORY ?? 0) || null,
    },
    environmentNames: Object.keys(environment).sort(),
  });
}

function withoutClientHeaders(headers: Request["callHeaders"]) {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith("fn-http-h-")));
}

/** A text as it is, other bytes in Base64. */
function readable(body: Buffer) {
  const text = body.toString("utf8");
  return Buffer.from(text).equals(body)
    ? { bytes: body.length, text }
    : { bytes: body.length, base64: body.toString("base64") };
}
