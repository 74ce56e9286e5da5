import type { SubnetBlocks } from "./network.ts";

/** A network, decided. */
export interface NetworkPlan {
  cidrBlock: string;
  subnets: SubnetBlocks;
  allowedCidrs: readonly string[];
  isPublic: boolean;
  hasHttpBackends: boolean;
  /** Whether there is a NAT gateway. */
  hasInternetEgress: boolean;
}

/** Gateway that a route leads to. */
export type Via = "internet" | "nat" | "services";

/** Where TCP connections may go. */
export interface Destination {
  /** End of the rule's name. */
  name: string;
  /** Undefined: Oracle's services, behind the service gateway. */
  cidrBlock: string | undefined;
  /** Undefined: every port. */
  port: number | undefined;
  description: string;
}

const oracle: Destination = {
  name: "oracle",
  cidrBlock: undefined,
  port: 443,
  description: "HTTPS to Oracle's services",
};
const anywhere: Destination = {
  name: "anywhere",
  cidrBlock: "0.0.0.0/0",
  port: undefined,
  description: "TCP to any address",
};

/**
 * A public gateway answers its callers over the internet gateway; a subnet's table may not lead to Oracle's services
 * over a service gateway beside it, or answers to callers inside OCI go astray ("Access to Oracle Services: Service
 * Gateway"). A private one reaches Functions over the service gateway ("Network Resource Configuration Example").
 */
export function gatewayRoutes(plan: NetworkPlan): Via[] {
  return plan.isPublic ? ["internet"] : functionsRoutes(plan);
}

/** Functions reach Container Registry and other services; without it calls end with 502 FunctionInvokeImageNotAvailable. */
export function functionsRoutes(plan: NetworkPlan): Via[] {
  return plan.hasInternetEgress ? ["services", "nat"] : ["services"];
}

/** Where the gateway may connect to: functions, and the HTTP back ends of its routes, whose ports aren't known here. */
export function gatewayEgress(plan: NetworkPlan): Destination[] {
  if (plan.isPublic && plan.hasHttpBackends) return [anywhere];
  if (plan.isPublic) return [{ ...anywhere, port: 443, description: "HTTPS to any address" }];
  if (!plan.hasHttpBackends) return [oracle];
  const inside = {
    name: "inside",
    cidrBlock: plan.cidrBlock,
    port: undefined,
    description: "TCP inside the network",
  };
  return [oracle, plan.hasInternetEgress ? anywhere : inside];
}

/** Where functions may connect to. */
export function functionsEgress(plan: NetworkPlan): Destination[] {
  return plan.hasInternetEgress ? [oracle, anywhere] : [oracle];
}
