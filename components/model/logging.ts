import { checkSettings } from "./known-settings.ts";
import { limits } from "./limits.ts";
import { checkOcid } from "./ocids.ts";
import type { Problem } from "./problems.ts";
import { isBag, isLater, shown } from "./values.ts";

const logCategories = ["access", "execution", "invoke"] as const;

export type LogCategory = (typeof logCategories)[number];

/** What decides on an API's logs, as far as it is plain. */
export interface PlainLogging {
  access?: boolean;
  execution?: boolean;
  invoke?: boolean;
}

/** The functions' application: the API's own, an existing one, or none that is known. */
export type LoggedApplication = "created" | "existing" | "none";

/** What is wrong with the settings of an API's logs ("Managing Logs and Log Groups"). */
export function checkLogging(given: unknown, application: LoggedApplication): Problem[] {
  if (given === undefined || given === false) return [];
  if (!isBag(given)) {
    const message = `${shown(given)} must be an object, or false for no logs, for example { retentionInDays: 60 }`;
    return [{ rule: "argument-kind", key: "logging", message }];
  }
  const { logGroupId, retentionInDays, invoke } = given;
  const problems = checkSettings(given, [...logCategories, "logGroupId", "retentionInDays"], "logging");
  for (const category of logCategories) {
    if (given[category] === undefined || typeof given[category] === "boolean") continue;
    const message = `${shown(given[category])} must be true or false`;
    problems.push({ rule: "log-switch", key: `logging.${category}`, message });
  }
  if (logGroupId !== undefined && !isLater(logGroupId)) {
    problems.push(...checkOcid("log-group-ocid", logGroupId, "logging.logGroupId"));
  }
  const { min, max, step } = limits.logRetentionInDays;
  const isStep = Number.isInteger(retentionInDays) && Number(retentionInDays) % step === 0;
  if (retentionInDays !== undefined && !(isStep && isBetween(Number(retentionInDays), min, max))) {
    const message = `${shown(retentionInDays)} must be a number of days from ${min} to ${max} in steps of ${step}`;
    problems.push({ rule: "log-retention", key: "logging.retentionInDays", message });
  }
  if (invoke === true && application === "none") {
    const message =
      'needs an application, whose log it is: give functions a code of their own, or "application.applicationId"; or leave it out';
    problems.push({ rule: "log-invoke", key: "logging.invoke", message });
  }
  return problems;
}

function isBetween(value: number, min: number, max: number): boolean {
  return value >= min && value <= max;
}

/**
 * The logs to make. An existing application's only when that is asked for: it may have its log already, and OCI keeps
 * one for each category of a resource ("Service Logs").
 */
export function wantedLogs(given: PlainLogging | false, application: LoggedApplication): LogCategory[] {
  if (given === false) return [];
  const { access = true, execution = true, invoke = application === "created" } = given;
  const wanted = { access, execution, invoke: invoke && application !== "none" };
  return logCategories.filter((category) => wanted[category]);
}
