import type { Rule } from "../rule.ts";
import { ingressRules } from "./network-ingress.ts";
import { subnetRules } from "./network-subnets.ts";

export const networkRules: readonly Rule[] = [...ingressRules, ...subnetRules];
