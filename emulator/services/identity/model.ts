import * as z from "zod";
import * as fields from "../../core/fields.ts";
import { identityLimits as limits } from "./limits.ts";

// unverified: names of dynamic groups and policies match ^[A-Za-z0-9._-]{1,100}$
const name = z
  .string()
  .min(limits.nameLength.min)
  .max(limits.nameLength.max)
  .regex(/^[A-Za-z0-9._-]*$/, {
    error: (issue) =>
      `${JSON.stringify(issue.input)} may hold letters, digits, periods, hyphens and underscores only`,
  });
const description = z.string().min(limits.descriptionLength.min).max(limits.descriptionLength.max);
const matchingRule = z.string().min(1).max(limits.matchingRuleLength);
const statements = z.array(z.string().min(1)).min(1).max(limits.statementsPerPolicy);
/** `YYYY-MM-DD`, or empty for "the meaning that words have now". */
const versionDate = z.string().regex(/^(\d{4}-\d{2}-\d{2}(T.*)?)?$/);

export const createCompartment = z.strictObject({
  compartmentId: fields.compartmentId,
  name,
  description,
  ...fields.tags,
});
export const updateCompartment = z.strictObject({
  name: name.optional(),
  description: description.optional(),
  ...fields.tags,
});

export const createDynamicGroup = z.strictObject({
  compartmentId: fields.compartmentId,
  name,
  description,
  matchingRule,
  ...fields.tags,
});
export const updateDynamicGroup = z.strictObject({
  description: description.optional(),
  matchingRule: matchingRule.optional(),
  ...fields.tags,
});

export const createPolicy = z.strictObject({
  compartmentId: fields.compartmentId,
  name,
  description,
  statements,
  versionDate: versionDate.optional(),
  ...fields.tags,
});
export const updatePolicy = z.strictObject({
  description: description.optional(),
  statements: statements.optional(),
  versionDate: versionDate.optional(),
  ...fields.tags,
});
