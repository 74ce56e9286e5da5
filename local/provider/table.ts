import type { ResourceRow } from "./rows.ts";
import { apiGatewayRows } from "./services/api-gateway.ts";
import { artifactsRows } from "./services/artifacts.ts";
import { coreRows } from "./services/core.ts";
import { functionsRows } from "./services/functions.ts";
import { identityRows } from "./services/identity.ts";
import { loggingRows } from "./services/logging.ts";

/** Every modelled resource type that follows the common pattern, by Pulumi's type token. */
export const resourceTable: Readonly<Record<string, ResourceRow>> = {
  ...identityRows,
  ...coreRows,
  ...functionsRows,
  ...apiGatewayRows,
  ...artifactsRows,
  ...loggingRows,
};
