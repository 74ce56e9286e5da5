import * as z from "zod";
import * as fields from "../../core/fields.ts";
import { artifactsLimits as limits } from "./limits.ts";

const settings = {
  isImmutable: fields.onlyUnused([false], "immutable repositories"),
  isPublic: z.boolean().optional(),
  readme: fields.onlyUnused([], "readme texts"),
  ...fields.tags,
};

export const createContainerRepository = z.strictObject({
  compartmentId: fields.compartmentId,
  displayName: z
    .string()
    .min(limits.repositoryNameLength.min)
    .max(limits.repositoryNameLength.max)
    .regex(/^[a-z0-9]+([._/-]+[a-z0-9]+)*$/, {
      error: (issue) =>
        `${JSON.stringify(issue.input)} must hold lower-case letters and digits, separated by periods, underscores, hyphens or slashes`,
    }),
  ...settings,
});
export const updateContainerRepository = z.strictObject(settings);
