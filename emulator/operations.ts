import type { Operation, RefusedOperations } from "./core/operation.ts";
import { apiGatewayOperations, apiGatewayRefused } from "./services/apigateway/operations.ts";
import { artifactsOperations } from "./services/artifacts/operations.ts";
import { functionsOperations } from "./services/functions/operations.ts";
import { identityOperations } from "./services/identity/operations.ts";
import { loggingOperations } from "./services/logging/operations.ts";
import { networkOperations } from "./services/network/operations.ts";
import { objectStorageOperations } from "./services/objectstorage/operations.ts";
import { refusedServices } from "./services/refused.ts";

/** Every operation of every service. */
export function allOperations(): Operation[] {
  return [
    ...identityOperations(),
    ...networkOperations(),
    ...functionsOperations(),
    ...artifactsOperations(),
    ...objectStorageOperations(),
    ...apiGatewayOperations(),
    ...loggingOperations(),
  ];
}

/** What OCI has and the emulator refuses by name. */
export const allRefused: readonly RefusedOperations[] = [...apiGatewayRefused, ...refusedServices];
