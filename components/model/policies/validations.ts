import { z } from "zod";
import type { Problem } from "../problems.ts";
import { checkWith } from "./checking.ts";
import { filledText, flag, headerName, ofKeys, settings } from "./schemas.ts";

const validationMode = z.enum(["ENFORCING", "PERMISSIVE", "DISABLED"]).optional();
const mediaRange = z
  .string()
  .regex(
    /^(\*\/\*|[\w!#$&^.+-]+\/(\*|[\w!#$&^.+-]+))$/,
    'must be a media type, for example "application/json", "text/*" or "*/*"',
  );

const headerValidations = settings({
  headers: z.array(settings({ name: headerName, required: flag })),
  validationMode,
});
const queryParameterValidations = settings({
  parameters: z.array(settings({ name: filledText, required: flag })),
  validationMode,
});
const bodyValidation = settings({
  required: flag,
  content: ofKeys(mediaRange, settings({ validationType: z.literal("NONE") })).optional(),
  validationMode,
});

/** What is wrong with the validation of headers ("Adding Request Validation to API Deployments"). */
export function checkHeaderValidations(given: unknown, at: string): Problem[] {
  return checkWith(headerValidations, given, at, "validations");
}

/** What is wrong with the validation of the query ("Adding Request Validation to API Deployments"). */
export function checkQueryParameterValidations(given: unknown, at: string): Problem[] {
  return checkWith(queryParameterValidations, given, at, "validations");
}

/** What is wrong with the validation of the body ("Adding Request Validation to API Deployments"). */
export function checkBodyValidation(given: unknown, at: string): Problem[] {
  return checkWith(bodyValidation, given, at, "validations");
}
