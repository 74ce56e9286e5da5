import type { Rule } from "./rule.ts";
import { apiGatewayRules } from "./rules/api-gateway.ts";
import { wholeStackRules } from "./rules/whole-stack.ts";

/** Every rule, in the order of its page. */
export const rules: readonly Rule[] = [...apiGatewayRules, ...wholeStackRules];
