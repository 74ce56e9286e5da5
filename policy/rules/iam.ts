import type { Rule } from "../rule.ts";
import { dynamicGroupRules } from "./iam-dynamic-groups.ts";
import { statementRules } from "./iam-statements.ts";

export const iamRules: readonly Rule[] = [...dynamicGroupRules, ...statementRules];
