import { type FieldProblem, OciError } from "../../core/errors.ts";
import { createOcid, realmOf } from "../../core/ocid.ts";
import type { Call } from "../../core/operation.ts";
import type { ResourceType } from "../../core/resource.ts";
import type { Body, Stored } from "../../core/store.ts";
import { defaultName, inSameVcn, inVcnList, networkCommon, sameVcnProblems, vcnProblems } from "./common.ts";
import * as model from "./model.ts";
import { oracleServices } from "./services.ts";

const common = {
  ...networkCommon,
  list: inVcnList,
  state: "modelled",
  beforeDelete: refuseWhenRouted,
} as const;

/** A gateway that a route rule leads to can't be deleted. */
function refuseWhenRouted(stored: Stored, call: Call): void {
  const table = call.emulation.store
    .list("routeTable")
    .find(({ body }) =>
      (body.routeRules as Body[]).some(({ networkEntityId }) => networkEntityId === stored.id),
    );
  if (table !== undefined) {
    throw new OciError(
      "Conflict",
      `The gateway ${stored.id} is the target of a route rule of ${table.id}. You must remove the rule to proceed with this operation.`,
    );
  }
}

/** "A VCN can have only one": internet gateway, service gateway; NAT gateways by their default limit. */
function gatewayProblems(type: string, noun: string) {
  return (next: Body, call: Call, previous: Stored | undefined): FieldProblem[] => {
    const missing = vcnProblems(next, call);
    if (missing.length > 0) return missing;
    const [other] = inSameVcn(call, type, next);
    if (previous === undefined && other !== undefined) {
      throw new OciError(
        "LimitExceeded",
        `VCN ${String(next.vcnId)} has ${noun} ${other.id}; it can have only one.`,
      );
    }
    return sameVcnProblems(call, next, "routeTable", "route table", "routeTableId", next.routeTableId);
  };
}

export const internetGateway: ResourceType = {
  ...common,
  type: "internetGateway",
  noun: "InternetGateway",
  plural: "InternetGateways",
  path: "/20160918/internetGateways",
  ocid: { type: "internetgateway" },
  create: model.createInternetGateway,
  update: model.updateInternetGateway,
  complete: (given, call) => ({ displayName: given.displayName ?? defaultName("internetgateway", call) }),
  check: gatewayProblems("internetGateway", "internet gateway"),
};

export const natGateway: ResourceType = {
  ...common,
  type: "natGateway",
  noun: "NatGateway",
  plural: "NatGateways",
  path: "/20160918/natGateways",
  ocid: { type: "natgateway" },
  create: model.createNatGateway,
  update: model.updateNatGateway,
  complete: (given, call) => ({
    displayName: given.displayName ?? defaultName("natgateway", call),
    blockTraffic: given.blockTraffic ?? false,
    natIp: "203.0.113.9",
    publicIpId: given.publicIpId ?? createOcid("publicip", realmOf(call.emulation.tenancy.id), call.region),
  }),
  check: gatewayProblems("natGateway", "NAT gateway"),
};

export const serviceGateway: ResourceType = {
  ...common,
  type: "serviceGateway",
  noun: "ServiceGateway",
  plural: "ServiceGateways",
  path: "/20160918/serviceGateways",
  list: { ...inVcnList, filters: ["vcnId", "lifecycleState"] },
  ocid: { type: "servicegateway" },
  create: model.createServiceGateway,
  update: model.updateServiceGateway,
  complete: (given, call) => ({
    displayName: given.displayName ?? defaultName("servicegateway", call),
    blockTraffic: given.blockTraffic ?? false,
    services: (given.services as Body[]).map((service) => ({
      ...service,
      serviceName: oracleServices(call).find(({ id }) => id === service.serviceId)?.name,
    })),
  }),
  check: (next, call, previous) => [
    ...gatewayProblems("serviceGateway", "service gateway")(next, call, previous),
    ...(next.services as Body[]).flatMap(({ serviceId }, index) =>
      oracleServices(call).some(({ id }) => id === serviceId)
        ? []
        : [
            {
              path: `services[${index}].serviceId`,
              message: `${JSON.stringify(serviceId)} isn't one of ${oracleServices(call)
                .map(({ id }) => id)
                .join(", ")} (ListServices)`,
            },
          ],
    ),
  ],
};
