import * as z from "zod";
import * as fields from "../core/fields.ts";
import { config } from "../services/functions/model.ts";

export const image = z.strictObject({
  image: z.string().regex(/^[^/\s@]+\/[^\s@]+:[^\s:@/]+$/, {
    error: (issue) => `${JSON.stringify(issue.input)} isn't of the form host/namespace/repository:tag`,
  }),
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/, {
    error: (issue) => `${JSON.stringify(issue.input)} isn't "sha256:" and 64 hexadecimal digits`,
  }),
  directory: z.string().min(1).optional(),
});

const region = z.union([
  z.string().min(1),
  z.strictObject({ name: z.string().min(1), key: z.string().min(1) }),
]);

/** An OCID, or an object with `id` and whatever else is known. */
const one = (type: string, known: z.ZodRawShape) =>
  z.array(z.union([fields.ocid(type), z.strictObject({ id: fields.ocid(type), ...known })])).optional();

const compartmentId = fields.compartmentId.optional();
const displayName = fields.displayName.optional();

/** What can be adopted, with the fields that may be told. */
export const adoption = z.strictObject({
  tenancy: z
    .union([
      fields.ocid("tenancy"),
      z.strictObject({
        id: fields.ocid("tenancy"),
        name: z.string().min(1).optional(),
        homeRegion: z.string().min(1).optional(),
        regions: z.array(region).min(1).optional(),
        namespace: z.string().min(1).optional(),
      }),
    ])
    .optional(),
  compartments: one("compartment", { name: z.string().min(1).optional(), compartmentId }),
  vcns: one("vcn", { compartmentId, displayName }),
  subnets: one("subnet", { compartmentId, displayName, prohibitPublicIpOnVnic: z.boolean().optional() }),
  networkSecurityGroups: one("networksecuritygroup", { compartmentId, displayName }),
  applications: one("fnapp", {
    compartmentId,
    displayName,
    config: config.optional(),
  }),
  functions: one("fnfunc", {
    compartmentId,
    displayName,
    applicationId: fields.ocid("fnapp").optional(),
    image: z.string().optional(),
    imageDigest: z.string().optional(),
    memoryInMBs: z.int().optional(),
    timeoutInSeconds: z.int().optional(),
    config: config.optional(),
  }),
  gateways: one("apigateway", { compartmentId, displayName }),
  logGroups: one("loggroup", { compartmentId, displayName }),
  dynamicGroups: one("dynamicgroup", {
    name: z.string().min(1).optional(),
    matchingRule: z.string().optional(),
  }),
});
