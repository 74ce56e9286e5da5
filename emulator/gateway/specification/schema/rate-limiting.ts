import { z } from "zod";
import { limits } from "../../limits.ts";
import { rateKeys } from "../policies.ts";

const { min, max } = limits.rateInRequestsPerSecond;

/** "Limiting the Number of Requests to API Gateway Back Ends". */
export const rateLimiting = z.strictObject({
  rateInRequestsPerSecond: z.int().min(min).max(max),
  rateKey: z.enum(rateKeys),
});
