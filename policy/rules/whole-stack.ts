import type { Rule } from "../rule.ts";
import { gatewayDeployment } from "./gateway-deployment.ts";
import { applicationLogs, deploymentLogs } from "./logs.ts";
import { routesShadowed } from "./routes-shadowed.ts";

/** Rules of API gateways for which one resource can't tell. */
export const wholeStackRules: readonly Rule[] = [
  deploymentLogs,
  applicationLogs,
  routesShadowed,
  gatewayDeployment,
];
