import * as z from "zod";
import * as fields from "../../core/fields.ts";
import { loggingLimits as limits } from "./limits.ts";

const group = {
  displayName: fields.displayName,
  description: z.string().optional(),
  ...fields.tags,
};

export const createLogGroup = z.strictObject({ compartmentId: fields.compartmentId, ...group });
export const updateLogGroup = z.strictObject({ ...group, displayName: fields.displayName.optional() });

const { min, max, step } = limits.retentionDurationInDays;
const days = Array.from({ length: max / step }, (_, index) => (index + 1) * step);

const archiving = fields.onlyUnused([{ isEnabled: false }], "archives of logs");
const parameters = fields.onlyUnused([{}], "parameters of log categories");
const settings = {
  isEnabled: z.boolean().optional(),
  retentionDuration: z
    .int()
    .refine((value) => days.includes(value), {
      error: (issue) =>
        `${JSON.stringify(issue.input)} isn't a number of days from ${min} to ${max} in steps of ${step}`,
    })
    .optional(),
  ...fields.tags,
};

/** What writes log lines here, by service: the categories, and the type of the resource that they are about. */
export const sources: Readonly<
  Record<string, { categories: readonly string[]; resource: string; title: string }>
> = {
  apigateway: {
    categories: ["access", "execution"],
    resource: "apideployment",
    title: "an API deployment",
  },
  functions: { categories: ["invoke"], resource: "fnapp", title: "a functions application" },
};

const source = z
  .strictObject({
    sourceType: z.literal("OCISERVICE"),
    service: z.enum(Object.keys(sources)),
    category: z.string().min(1),
    resource: z.string().min(1),
    parameters,
  })
  .superRefine(({ service, category, resource }, context) => {
    const { categories, resource: type, title } = sources[service] as (typeof sources)[string];
    if (!categories.includes(category)) {
      const message = `${JSON.stringify(category)} isn't a category of ${service}: ${categories.join(", ")}`;
      context.addIssue({ code: "custom", path: ["category"], message, input: category });
    }
    if (!resource.startsWith(`ocid1.${type}.`)) {
      const message = `${JSON.stringify(resource)} isn't the OCID of ${title} (ocid1.${type}.…), which logs of ${service} are about`;
      context.addIssue({ code: "custom", path: ["resource"], message, input: resource });
    }
  });

/** "Details for API Gateway" and "Details for Functions"; no other service writes lines here. */
const configuration = z.strictObject({
  compartmentId: fields.compartmentId.optional(),
  source,
  archiving,
});

export const createLog = z
  .strictObject({
    displayName: fields.displayName,
    logType: z.enum(["CUSTOM", "SERVICE"]),
    configuration: configuration.optional(),
    ...settings,
  })
  .superRefine(({ logType, configuration: given }, context) => {
    if (logType !== "SERVICE" || given !== undefined) return;
    const message = "is required for a log of type SERVICE";
    context.addIssue({ code: "custom", path: ["configuration"], message, input: given });
  });

export const updateLog = z.strictObject({
  displayName: fields.displayName.optional(),
  configuration: z.strictObject({ source: z.strictObject({ parameters }), archiving }).optional(),
  ...settings,
});

export const changeLogGroup = z.strictObject({ targetLogGroupId: fields.ocid("loggroup").optional() });
