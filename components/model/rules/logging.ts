import type { Rule } from "./rule.ts";

/** Rules of log groups and logs. */
export const loggingRules = {
  "log-switch": {
    checks: "Checks that the switches of the logs are booleans.",
    source: "Design of this project: nothing that was given is ignored",
    level: "error",
  },
  "log-retention": {
    checks: "Checks that logs are kept for 30 to 180 days, in steps of 30.",
    source: "Managing Logs and Log Groups",
    level: "error",
  },
  "log-group-ocid": {
    checks: "Checks that an existing log group is given by its OCID.",
    source: "Resource Identifiers",
    level: "error",
  },
  "log-invoke": {
    checks: "Checks that an invoke log is asked for only where functions have an application that is known.",
    source: "Details for Functions",
    level: "error",
  },
  "log-invoke-taken": {
    checks: "Checks that of several APIs of a program on one application only one asks for its invoke log.",
    source: "Service Logs: one log for each category of a resource",
    level: "error",
  },
} as const satisfies Record<string, Rule>;
