import { z } from "zod";

const ignored = { allowedScope: z.array(z.string()).optional() };
// unverified: a scope is not empty and has no blanks in it
const scope = z.string().regex(/^\S+$/, "must be a scope without blanks");

/** `authorization` of a route; `allowedScope` counts with ANY_OF only. */
export const authorization = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("AUTHENTICATION_ONLY"), ...ignored }),
  z.strictObject({ type: z.literal("ANONYMOUS"), ...ignored }),
  z.strictObject({ type: z.literal("ANY_OF"), allowedScope: z.array(scope).min(1) }),
]);
