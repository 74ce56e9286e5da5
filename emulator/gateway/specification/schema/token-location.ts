import type { z } from "zod";
import { limits } from "../../limits.ts";
import type { ContextTable } from "../context-variables.ts";
import { fieldsOf } from "./parts.ts";

/** What an authorizer function can be given ("Creating an Authorizer Function"). */
export const argumentTables: readonly ContextTable[] = ["query", "headers", "host", "body"];

/** A token stands in one header, after its scheme, or in one query parameter. */
export function soundTokenLocation(value: unknown, context: z.RefinementCtx): void {
  const { tokenHeader, tokenQueryParam, tokenAuthScheme } = fieldsOf(value);
  const say = sayer(context);
  if (tokenHeader === undefined && tokenQueryParam === undefined) {
    say(["tokenHeader"], 'is missing; set it or tokenQueryParam, for example "Authorization"');
  }
  if (tokenHeader !== undefined && tokenQueryParam !== undefined) {
    say(["tokenQueryParam"], "must not stand beside tokenHeader; remove one of them");
  }
  if (tokenHeader !== undefined && tokenAuthScheme === undefined) {
    say(["tokenAuthScheme"], "is missing; with tokenHeader it must be Bearer");
  }
}

/** An authorizer function gets one token, or arguments. */
export function soundArguments(value: unknown, context: z.RefinementCtx): void {
  const { tokenHeader, tokenQueryParam, parameters, cacheKey } = fieldsOf(value);
  const say = sayer(context);
  const names = Object.keys(fieldsOf(parameters));
  const given = [
    ...(tokenHeader === undefined ? [] : ["tokenHeader"]),
    ...(tokenQueryParam === undefined ? [] : ["tokenQueryParam"]),
    ...(names.length === 0 ? [] : ["parameters"]),
  ];
  const [first, second] = given;
  if (first === undefined) {
    say(
      ["parameters"],
      'is missing; set it, tokenHeader or tokenQueryParam, for example {"token": "request.headers[Authorization]"}',
    );
  }
  if (second !== undefined) say([second], `must not stand beside ${first}; remove one of them`);
  if (names.length > limits.authorizerParameters) {
    say(
      ["parameters"],
      `must have at most ${limits.authorizerParameters} arguments, but has ${names.length}`,
    );
  }
  if (!Array.isArray(cacheKey)) return;
  for (const [index, name] of cacheKey.entries()) {
    if (typeof name !== "string" || name === "" || names.includes(name)) continue;
    say(
      ["cacheKey", index],
      `must be one of the parameters' names (${names.join(", ") || "there are none"}), but is ${JSON.stringify(name)}`,
    );
  }
}

function sayer(context: z.RefinementCtx): (path: (string | number)[], message: string) => void {
  return (path, message) => context.addIssue({ code: "custom", path, message });
}
