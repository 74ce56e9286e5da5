import { checkSettings } from "./known-settings.ts";
import { limits } from "./limits.ts";
import type { Problem } from "./problems.ts";
import { isBag, shown } from "./values.ts";

/** How long a deployment waits by default: dynamic groups were seen to take 5 to 10 minutes, policies take seconds. */
export const defaultReadinessTimeoutInSeconds = 600;

/** What is wrong with the settings of readiness. */
export function checkReadiness(given: unknown): Problem[] {
  if (given === undefined) return [];
  const key = "readiness";
  if (!isBag(given)) {
    const message = `${shown(given)} must be an object, for example { timeoutInSeconds: 600 }`;
    return [{ rule: "readiness-timeout", key, message }];
  }
  const { min, max } = limits.readinessTimeoutInSeconds;
  const { timeoutInSeconds = defaultReadinessTimeoutInSeconds } = given;
  const timeout = Number.isInteger(timeoutInSeconds) ? Number(timeoutInSeconds) : Number.NaN;
  const problems = checkSettings(given, ["timeoutInSeconds"], key);
  if (timeout >= min && timeout <= max) return problems;
  const message = `${shown(timeoutInSeconds)} must be a whole number from ${min} to ${max}, for example 600`;
  return [...problems, { rule: "readiness-timeout", key: `${key}.timeoutInSeconds`, message }];
}

/**
 * Whether an error may pass by itself: OCI says that it finds no resource, or that access is missing, until group and
 * policy have effect ("Details for the IAM Service without Identity Domains"; "API Errors").
 *
 * A deployment whose work request failed exists already, so that a second create would make another one.
 */
export function isAccessMissing(error: string, operation: string): boolean {
  if (operation === "delete") return false;
  if (operation === "create" && /work request did not succeed/i.test(error)) return false;
  return /\b(RelatedResource)?NotAuthorizedOrNotFound\b/.test(error);
}

/**
 * Pause before the next attempt: 1 s, doubled up to a minute, so that an hour takes 65 of the 100 attempts that the
 * engine allows; the last one ends with the time.
 *
 * @param attempt - 1 after the first failure
 */
export function pauseInSeconds(attempt: number, remainingInSeconds: number): number {
  return Math.min(2 ** (attempt - 1), 60, remainingInSeconds);
}

export function waitingText(name: string, timeoutInSeconds: number): string {
  return `deployment "${name}": OCI doesn't yet let the gateway call its functions. Groups and policies take effect seconds to minutes after they were made; trying again for up to ${timeoutInSeconds} s`;
}

export function givingUpText(name: string, timeoutInSeconds: number): string {
  return `deployment "${name}" is still refused after ${timeoutInSeconds} s. Either access has no effect yet (Oracle: a changed matching rule may take an hour): run pulumi up again later, or set a longer readiness.timeoutInSeconds (at most ${limits.readinessTimeoutInSeconds.max}); or the group doesn't match the gateway, a policy is missing, or an OCID is wrong: see the error below`;
}
