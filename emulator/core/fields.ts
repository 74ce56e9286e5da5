import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import { ocidPattern } from "./ocid.ts";

/** Fields that many services have. */

/** OCID of one of the types. */
export function ocid(...types: string[]): z.ZodString {
  const [first] = types;
  return z
    .string()
    .max(255)
    .regex(ocidPattern(...types), {
      error: (issue) =>
        `${JSON.stringify(issue.input)} isn't an OCID of the form ocid1.${first}.<realm>.<region>.<unique>`,
    });
}

export const compartmentId = ocid("compartment", "tenancy");

/** 1 to 255 characters. */
export const displayName = z
  .string()
  .min(1)
  .max(255)
  .regex(/^\P{Cc}*$/u, { error: (issue) => `${JSON.stringify(issue.input)} holds a control character` });

/** "Tagging Overview": keys up to 100 characters, values up to 256. */
export const freeformTags = z.record(z.string().min(1).max(100), z.string().max(256));

/** Namespaces and keys aren't checked against tag definitions. */
export const definedTags = z.record(
  z.string().min(1).max(100),
  z.record(z.string().min(1).max(100), z.union([z.string().max(256), z.number(), z.boolean()])),
);

export const tags = { freeformTags: freeformTags.optional(), definedTags: definedTags.optional() };

/**
 * A setting that OCI has and this emulator doesn't carry out: refused by name, except for the values that mean
 * "not used" (the official provider sends those back).
 */
export function onlyUnused(unused: readonly unknown[], reason: string): z.ZodType {
  const allowed = unused.map((value) => JSON.stringify(value)).join(" or ");
  return z
    .unknown()
    .refine((value) => value === undefined || unused.some((one) => isDeepStrictEqual(one, value)), {
      error: `isn't modelled here: ${reason}; leave it out${allowed === "" ? "" : ` or give ${allowed}`}`,
    })
    .meta({ unused })
    .optional();
}

/** Set by {@link onlyUnused} where the network's and functions' zero trust packet routing would come in. */
export const securityAttributes = onlyUnused([{}], "Zero Trust Packet Routing takes no effect");
