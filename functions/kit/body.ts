import type { Request } from "./request.ts";
import { HttpError } from "./response.ts";

export type Fields = Readonly<Record<string, unknown>>;

/**
 * The fields of a JSON object or a form.
 *
 * @throws {HttpError} 415 for another content type, 400 for a body that isn't what its content type says.
 */
export function readFields(request: Request): Fields {
  switch (request.mediaType) {
    case "application/json":
      return readJson(request.body);
    case "application/x-www-form-urlencoded":
      return Object.fromEntries(new URLSearchParams(request.body.toString("utf8")));
    default: {
      const given = request.mediaType === undefined ? "no content type" : `"${request.mediaType}"`;
      const message = `${given} is not supported: send application/json or application/x-www-form-urlencoded`;
      throw new HttpError(415, message);
    }
  }
}

function readJson(body: Buffer): Fields {
  let value: unknown;
  try {
    value = JSON.parse(body.toString("utf8"));
  } catch {
    throw new HttpError(400, "The body is not JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new HttpError(400, "The body is not a JSON object");
  }
  return value as Fields;
}
