import { z } from "zod";
import { shown } from "../values.ts";
import { fault, orLater, unlessOfType } from "./checking.ts";
import { bareVariableFaults, templateFaults, templateTables } from "./context-variables.ts";
import { settings } from "./schemas.ts";

const scope = { hasAuthentication: true };

const modifyResponse = z.unknown().superRefine((given, context) => {
  if (given === "MODIFY_RESPONSE") return;
  const now = given === undefined ? "is missing" : `is ${shown(given)}`;
  fault(context, "validation-failure", `${now}; must be "MODIFY_RESPONSE"`);
});

// unverified: the code of a validation failure's answer is 200 to 599 (Oracle's documents say: an HTTP status code)
const responseCode = z.string().superRefine((text, context) => {
  if (/^[2-5]\d\d$/.test(text)) return;
  if (!text.includes("request.")) {
    const message = `is ${JSON.stringify(text)}; must be a status from "200" to "599" or one context variable, for example "403" or "request.auth[code]"`;
    fault(context, "validation-failure", message);
    return;
  }
  for (const message of bareVariableFaults(text, scope, templateTables))
    fault(context, "context-variable", message);
});

const responseMessage = z.string().superRefine((text, context) => {
  for (const message of templateFaults(text, scope)) fault(context, "context-variable", message);
});

/** The answer to callers whose authentication fails; its transformations are checked where they stand. */
export const validationFailurePolicy = unlessOfType(
  "OAUTH2",
  "validation-failure",
  'is "OAUTH2", a login flow, which is not supported yet; must be "MODIFY_RESPONSE"',
  settings({
    type: modifyResponse,
    responseCode: responseCode.optional(),
    responseMessage: orLater(responseMessage).optional(),
    responseHeaderTransformations: z.unknown().optional(),
  }),
).optional();
