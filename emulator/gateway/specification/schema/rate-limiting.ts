import { z } from "zod";
import { limits } from "../../limits.ts";
import { rateKeys } from "../policies.ts";
import { wholeNumber } from "./parts.ts";

/** "Limiting the Number of Requests to API Gateway Back Ends". */
export const rateLimiting = z.strictObject({
  rateInRequestsPerSecond: wholeNumber(limits.rateInRequestsPerSecond),
  rateKey: z.enum(rateKeys),
});
