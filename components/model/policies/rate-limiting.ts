import { z } from "zod";
import { limits } from "../limits.ts";
import type { Problem } from "../problems.ts";
import { checkWith } from "./checking.ts";
import { settings } from "./schemas.ts";

const { min, max } = limits.rateInRequestsPerSecond;
const rateLimiting = settings({
  rateInRequestsPerSecond: z.int().min(min).max(max),
  rateKey: z.enum(["CLIENT_IP", "TOTAL"]),
});

/** What is wrong with a rate limit ("Limiting the Number of Requests to API Gateway Back Ends"). */
export function checkRateLimiting(given: unknown, at: string): Problem[] {
  return checkWith(rateLimiting, given, at, "rate-limiting");
}
