import { type FieldProblem, OciError } from "../../core/errors.ts";
import type { Call } from "../../core/operation.ts";
import type { ResourceType } from "../../core/resource.ts";
import type { Body, Stored } from "../../core/store.ts";
import { parseCidr } from "./cidr.ts";
import { defaultName, inVcnList, networkCommon, sameVcnProblems, vcnProblems } from "./common.ts";
import * as model from "./model.ts";
import { oracleServices } from "./services.ts";

const common = { ...networkCommon, list: inVcnList, state: "modelled" } as const;

/** A default resource lives as long as its VCN; another one can't be deleted while a subnet uses it. */
function refuseWhenUsed(stored: Stored, call: Call): void {
  if (stored.hidden.isDefault === true) {
    throw new OciError("Conflict", `${stored.id} is a default resource of its VCN and is deleted with it.`);
  }
  const user = call.emulation.store
    .list("subnet")
    .find(
      ({ body }) => body.routeTableId === stored.id || (body.securityListIds as string[]).includes(stored.id),
    );
  if (user !== undefined) {
    throw new OciError(
      "Conflict",
      `${stored.id} is used by subnet ${user.id}. You must remove the reference to proceed with this operation.`,
    );
  }
}

const gatewayTypes: Record<string, [type: string, noun: string]> = {
  internetgateway: ["internetGateway", "internet gateway"],
  natgateway: ["natGateway", "NAT gateway"],
  servicegateway: ["serviceGateway", "service gateway"],
};

export const routeTable: ResourceType = {
  ...common,
  type: "routeTable",
  noun: "RouteTable",
  plural: "RouteTables",
  path: "/20160918/routeTables",
  ocid: { type: "routetable" },
  create: model.createRouteTable,
  update: model.updateRouteTable,
  complete: (given, call) => ({
    displayName: given.displayName ?? defaultName("routetable", call),
    routeRules: (given.routeRules as Body[]).map((rule) => {
      const destination = rule.destination ?? rule.cidrBlock;
      const destinationType = rule.destinationType ?? "CIDR_BLOCK";
      const isBlock = destinationType === "CIDR_BLOCK";
      return {
        ...rule,
        destination,
        destinationType,
        ...(isBlock ? { cidrBlock: destination } : {}),
        routeType: "STATIC",
      };
    }),
  }),
  check: (next, call) => {
    const missing = vcnProblems(next, call);
    if (missing.length > 0) return missing;
    return (next.routeRules as Body[]).flatMap((rule, index) => ruleProblems(rule, index, next, call));
  },
  beforeDelete: refuseWhenUsed,
};

function ruleProblems(rule: Body, index: number, next: Body, call: Call): FieldProblem[] {
  const path = `routeRules[${index}]`;
  const [type = "internetGateway", noun = "gateway"] =
    gatewayTypes[String(rule.networkEntityId).split(".")[1] ?? ""] ?? [];
  return [
    ...peerProblems(`${path}.destination`, rule.destination, rule.destinationType, call),
    ...sameVcnProblems(call, next, type, noun, `${path}.networkEntityId`, rule.networkEntityId),
  ];
}

/** A source or destination must be what its type says. */
export function peerProblems(path: string, peer: unknown, type: unknown, call: Call): FieldProblem[] {
  if (peer === undefined) return [{ path, message: "is required" }];
  if (type === "SERVICE_CIDR_BLOCK") {
    const known = oracleServices(call).map(({ cidrBlock }) => cidrBlock);
    if (known.includes(String(peer))) return [];
    return [{ path, message: `${JSON.stringify(peer)} isn't one of ${known.join(", ")} (ListServices)` }];
  }
  if (type === "NETWORK_SECURITY_GROUP") {
    const isHere = call.emulation.store.live("networkSecurityGroup", peer) !== undefined;
    return isHere
      ? []
      : [
          {
            path,
            message: `there is no network security group ${String(peer)} here`,
            isMissingResource: true,
          },
        ];
  }
  if (parseCidr(String(peer)) !== undefined) return [];
  return [{ path, message: `${JSON.stringify(peer)} isn't an IPv4 CIDR block such as 10.0.0.0/16` }];
}

export const securityList: ResourceType = {
  ...common,
  type: "securityList",
  noun: "SecurityList",
  plural: "SecurityLists",
  path: "/20160918/securityLists",
  ocid: { type: "securitylist" },
  create: model.createSecurityList,
  update: model.updateSecurityList,
  complete: (given, call) => ({
    displayName: given.displayName ?? defaultName("securitylist", call),
    ingressSecurityRules: (given.ingressSecurityRules as Body[]).map((rule) => ({
      isStateless: false,
      sourceType: "CIDR_BLOCK",
      ...rule,
    })),
    egressSecurityRules: (given.egressSecurityRules as Body[]).map((rule) => ({
      isStateless: false,
      destinationType: "CIDR_BLOCK",
      ...rule,
    })),
  }),
  check: (next, call) => [
    ...vcnProblems(next, call),
    ...(next.ingressSecurityRules as Body[]).flatMap((rule, index) =>
      peerProblems(`ingressSecurityRules[${index}].source`, rule.source, rule.sourceType, call),
    ),
    ...(next.egressSecurityRules as Body[]).flatMap((rule, index) =>
      peerProblems(`egressSecurityRules[${index}].destination`, rule.destination, rule.destinationType, call),
    ),
  ],
  beforeDelete: refuseWhenUsed,
};

export const dhcpOptions: ResourceType = {
  ...common,
  type: "dhcpOptions",
  noun: "DhcpOptions",
  plural: "DhcpOptions",
  path: "/20160918/dhcps",
  ocid: { type: "dhcpoptions" },
  update: model.updateDhcpOptions,
  state: "approximated",
  note: "a VCN's default options only",
  beforeDelete: refuseWhenUsed,
};
