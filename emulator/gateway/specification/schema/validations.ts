import { z } from "zod";
import { validationModes } from "../policies.ts";
import { always, headerName, soundString } from "./parts.ts";

const validationMode = z.enum(validationModes).optional();
const required = z.boolean().optional();

/** "Adding Request Validation to API Deployments". */
export const headerValidations = z.strictObject({
  headers: z.array(z.strictObject({ name: headerName, required })).optional(),
  validationMode,
});

export const queryParameterValidations = z.strictObject({
  parameters: z
    .array(
      z.strictObject({
        name: soundString((value) =>
          value === "" ? 'must be a query parameter\'s name, but is ""' : undefined,
        ),
        required,
      }),
    )
    .optional(),
  validationMode,
});

const mediaRange = /^(\*\/\*|[A-Za-z0-9!#$&^_.+-]+\/(\*|[A-Za-z0-9!#$&^_.+-]+))$/;

export const bodyValidation = z.strictObject({
  required,
  content: z
    .record(z.string(), z.strictObject({ validationType: z.literal("NONE") }))
    .superRefine((content: unknown, context) => {
      if (typeof content !== "object" || content === null) return;
      for (const range of Object.keys(content)) {
        if (mediaRange.test(range)) continue;
        const message =
          'is not a media range; use "*/*", "type/*" or "type/subtype", for example "application/json"';
        context.addIssue({ code: "custom", path: [range], message });
      }
    }, always)
    .optional(),
  validationMode,
});
