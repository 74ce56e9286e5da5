import type { Request } from "../../../../../functions/kit/request.ts";
import { json, type Response } from "../../../../../functions/kit/response.ts";

/** What an API gateway asks an authorizer function ("Creating an Authorizer Function"). */
interface Question {
  type: "TOKEN" | "USER_DEFINED";
  token?: string;
  data?: Readonly<Record<string, string | readonly string[]>>;
}

/** Lets in by the token's first word, and gives back what it was asked as `context.question`. */
export function authorize(request: Request): Response {
  const question = JSON.parse(request.body.toString("utf8")) as Question;
  const token = question.token ?? question.data?.token ?? "";
  const [word, ...scope] = String(token).split(" ");
  switch (word) {
    case "in":
      return json(200, { active: true, scope, context: { question: told(question), user: "ada" } });
    case "refused":
      return json(200, {
        active: false,
        wwwAuthenticate: 'Bearer realm="cases"',
        context: { why: "refused" },
      });
    case "malformed":
      return { status: 200, headers: {}, body: "neither JSON nor a result" };
    case "error":
      return json(500, { active: true });
    case "throws":
      throw new Error("as wished");
    default:
      return json(200, { active: false });
  }
}

/** With the arguments in alphabetical order, whatever order they came in. */
function told({ data, ...rest }: Question): string {
  if (data === undefined) return JSON.stringify(rest);
  const sorted = Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify({ ...rest, data: Object.fromEntries(sorted) });
}
