import { z } from "zod";
import { type ContextTable, parseBareVariable, parseTemplate, templateTables } from "../context-variables.ts";
import { soundString } from "./parts.ts";
import { responseHeaderTransformations } from "./transformations.ts";

/** Where a response code can come from. */
export const responseCodeTables: readonly ContextTable[] = templateTables;

const responseCode = soundString((value) => {
  if (/^[2-5][0-9]{2}$/.test(value)) return undefined;
  if (/^request\./.test(value)) {
    const variable = parseBareVariable(value, responseCodeTables);
    return "fault" in variable ? variable.fault : undefined;
  }
  return `must be a status from 200 to 599 or one context variable without \${}, but is ${JSON.stringify(value)}; for example "403" or "request.auth[responseCode]"`;
});

const responseMessage = soundString((value) => {
  const parts = parseTemplate(value);
  return "faults" in parts ? parts.faults : undefined;
});

const modifyResponse = z.strictObject({
  type: z.literal("MODIFY_RESPONSE"),
  responseCode: responseCode.optional(),
  responseMessage: responseMessage.optional(),
  responseHeaderTransformations: responseHeaderTransformations.optional(),
});

/** What the client gets when authentication fails. */
export const validationFailurePolicy = z
  .unknown()
  .superRefine((policy, context) => {
    if (typeof policy !== "object" || policy === null || !("type" in policy)) return;
    if (policy.type !== "OAUTH2") return;
    const message = "OAUTH2 is not carried out by this emulator yet; remove it from the local stack";
    context.addIssue({ code: "custom", path: ["type"], message });
  })
  .pipe(z.discriminatedUnion("type", [modifyResponse]));
