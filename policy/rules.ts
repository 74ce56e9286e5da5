import type { Rule } from "./rule.ts";
import { gatewayPrivateEndpoint } from "./rules/gateway-private-endpoint.ts";

/** Every rule, in the order of its page. */
export const rules: readonly Rule[] = [gatewayPrivateEndpoint];
