import { accessRules } from "./rules/access.ts";
import { authenticationRules } from "./rules/authentication.ts";
import { functionsRules } from "./rules/functions.ts";
import { lintRules } from "./rules/lint.ts";
import { loggingRules } from "./rules/logging.ts";
import { policiesRules } from "./rules/policies.ts";
import { routesRules } from "./rules/routes.ts";
import type { Rule } from "./rules/rule.ts";
import { specificationRules } from "./rules/specification.ts";

export type { Rule } from "./rules/rule.ts";

/** Every preview-time rule by id. `docs/checks.md` is generated from this table and from the tests that name the ids. */
export const rules = {
  ...routesRules,
  ...policiesRules,
  ...specificationRules,
  ...authenticationRules,
  ...lintRules,
  ...accessRules,
  ...functionsRules,
  ...loggingRules,
} as const satisfies Record<string, Rule>;

export type RuleId = keyof typeof rules;
