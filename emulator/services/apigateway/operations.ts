import { resourceOperations } from "../../core/crud.ts";
import type { Operation, RefusedOperations } from "../../core/operation.ts";
import type { ResourceType } from "../../core/resource.ts";
import { workRequestOperations } from "../../core/work-requests.ts";
import { deployment } from "./deployment.ts";
import { gateway } from "./gateway.ts";

const apiGatewayResources: readonly ResourceType[] = [gateway, deployment];

/** API Gateway: gateways, deployments, and the work requests of both. */
export function apiGatewayOperations(): Operation[] {
  return [
    ...apiGatewayResources.flatMap(resourceOperations),
    ...workRequestOperations("apigateway", "20190501"),
  ];
}

const common = { service: "apigateway", note: "not modelled" } as const;

export const apiGatewayRefused: readonly RefusedOperations[] = [
  { ...common, name: "Usage plans", path: "/20190501/usagePlans" },
  { ...common, name: "Subscribers", path: "/20190501/subscribers" },
  { ...common, name: "API resources", path: "/20190501/apis" },
  { ...common, name: "API Gateway certificates", path: "/20190501/certificates" },
  { ...common, name: "SDKs", path: "/20190501/sdks" },
];
