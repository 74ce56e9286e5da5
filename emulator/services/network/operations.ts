import { resourceOperations } from "../../core/crud.ts";
import { notAuthorizedOrNotFound } from "../../core/errors.ts";
import type { Operation } from "../../core/operation.ts";
import { page } from "../../core/paging.ts";
import type { ResourceType } from "../../core/resource.ts";
import { internetGateway, natGateway, serviceGateway } from "./gateways.ts";
import { networkSecurityGroup, securityRuleOperations } from "./security-groups.ts";
import { oracleServices } from "./services.ts";
import { subnet } from "./subnet.ts";
import { dhcpOptions, routeTable, securityList } from "./tables.ts";
import { vcn } from "./vcn.ts";

const networkResources: readonly ResourceType[] = [
  vcn,
  subnet,
  internetGateway,
  natGateway,
  serviceGateway,
  routeTable,
  securityList,
  dhcpOptions,
  networkSecurityGroup,
];

const services: Operation[] = [
  {
    service: "core",
    state: "modelled",
    name: "ListServices",
    method: "GET",
    path: "/20160918/services",
    queryParameters: ["limit", "page"],
    run: (call) => page(oracleServices(call), call.query, "array"),
  },
  {
    service: "core",
    state: "modelled",
    name: "GetService",
    method: "GET",
    path: "/20160918/services/:id",
    run(call) {
      const body = oracleServices(call).find(({ id }) => id === call.params.id);
      if (body === undefined) throw notAuthorizedOrNotFound();
      return { status: 200, body };
    },
  },
];

/** Core services: the network around an API. */
export function networkOperations(): Operation[] {
  return [...networkResources.flatMap(resourceOperations), ...securityRuleOperations, ...services];
}
