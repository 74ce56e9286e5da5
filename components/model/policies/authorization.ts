import { z } from "zod";
import type { Problem } from "../problems.ts";
import { checkWith } from "./checking.ts";
import { matching, variants } from "./schemas.ts";

// unverified: a scope is not empty and has no blanks in it
const scope = matching(/^\S+$/, 'must be one scope without blanks, for example "orders.read"');

const authorization = variants([
  z.strictObject({ type: z.literal("AUTHENTICATION_ONLY") }),
  z.strictObject({ type: z.literal("ANONYMOUS") }),
  z.strictObject({ type: z.literal("ANY_OF"), allowedScope: z.array(scope).min(1) }),
]);

/** What is wrong with the form of a route's authorization ("Adding Authentication and Authorization to API Deployments"). */
export function checkAuthorization(given: unknown, at: string): Problem[] {
  return checkWith(authorization, given, at, "authorization");
}
