import type { Rule } from "./rule.ts";
import { apiGatewayRules } from "./rules/api-gateway.ts";
import { everyResourceRules } from "./rules/every-resource.ts";
import { functionRules } from "./rules/functions.ts";
import { iamRules } from "./rules/iam.ts";
import { networkRules } from "./rules/network.ts";
import { wholeStackRules } from "./rules/whole-stack.ts";

/** Every rule, in the order of its page. */
export const rules: readonly Rule[] = [
  ...apiGatewayRules,
  ...wholeStackRules,
  ...iamRules,
  ...functionRules,
  ...networkRules,
  ...everyResourceRules,
];
