import { z } from "zod";
import type { Problem } from "../problems.ts";
import { checkWith } from "./checking.ts";
import { flag, settings } from "./schemas.ts";

const loggingPolicies = settings({
  accessLog: settings({ isEnabled: flag }).optional(),
  executionLog: settings({
    isEnabled: flag,
    logLevel: z.enum(["INFO", "WARN", "ERROR"]).optional(),
  }).optional(),
});

/** What is wrong with logging policies ("Adding Logging to API Deployments"). */
export function checkLoggingPolicies(given: unknown, at: string): Problem[] {
  return checkWith(loggingPolicies, given, at, "logging-policies");
}
