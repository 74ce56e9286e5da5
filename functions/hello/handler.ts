import { type Fields, readFields } from "../kit/body.ts";
import type { Request } from "../kit/request.ts";
import { HttpError, json, type Response } from "../kit/response.ts";

/** Greets: `GET …?name=Ada`, or `POST` with `name` in a JSON object or a form. Without a name it greets the world. */
export function hello(request: Request): Response {
  return json(200, { message: `Hello, ${readName(request)}!` });
}

function readName(request: Request): string {
  switch (request.method) {
    case "GET":
    case "HEAD":
      return nameOf({ name: request.query.get("name") ?? undefined });
    case "POST":
      return nameOf(readFields(request));
    default:
      throw new HttpError(405, `${request.method} is not supported: use GET or POST`, {
        allow: "GET, HEAD, POST",
      });
  }
}

function nameOf({ name }: Fields): string {
  if (name === undefined || name === "") return "World";
  if (typeof name === "string") return name;
  throw new HttpError(400, "The name is not a text");
}
