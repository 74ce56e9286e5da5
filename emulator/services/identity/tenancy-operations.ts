import { notAuthorizedOrNotFound } from "../../core/errors.ts";
import type { Call, Operation } from "../../core/operation.ts";
import { page } from "../../core/paging.ts";
import { regionKey } from "../../core/tenancy.ts";

const common = { service: "identity", method: "GET", state: "modelled" } as const;

function requireTenancy(call: Call): void {
  if (call.params.id !== call.emulation.tenancy.id) throw notAuthorizedOrNotFound();
}

/** Reads of the tenancy itself. */
export const tenancyOperations: Operation[] = [
  {
    ...common,
    name: "GetTenancy",
    path: "/20160918/tenancies/:id",
    run(call) {
      requireTenancy(call);
      const { id, name, homeRegion } = call.emulation.tenancy;
      const homeRegionKey = regionKey(call.emulation.tenancy, homeRegion);
      const body = {
        id,
        name,
        description: name,
        homeRegionKey,
        upiIdcsCompatibilityLayerEndpoint: "",
        definedTags: {},
        freeformTags: {},
      };
      return { status: 200, body };
    },
  },
  {
    ...common,
    name: "ListRegionSubscriptions",
    path: "/20160918/tenancies/:id/regionSubscriptions",
    run(call) {
      requireTenancy(call);
      const { regions, homeRegion } = call.emulation.tenancy;
      return {
        status: 200,
        body: regions.map(({ name, key }) => ({
          regionKey: key,
          regionName: name,
          status: "READY",
          isHomeRegion: name === homeRegion,
        })),
      };
    },
  },
  {
    ...common,
    name: "ListAvailabilityDomains",
    path: "/20160918/availabilityDomains",
    queryParameters: ["compartmentId", "limit", "page"],
    run(call) {
      const { tenancy } = call.emulation;
      const { compartmentId = tenancy.id } = call.query;
      const name = availabilityDomain(call);
      const id = `ocid1.availabilitydomain.${tenancy.id.split(".")[2]}..${name.toLowerCase().replace(":", "-")}`;
      return page([{ name, id, compartmentId }], call.query, "array");
    },
  },
];

/** Name of the region's only availability domain here. */
export function availabilityDomain(call: Call): string {
  return `emul:${call.region.toUpperCase()}-AD-1`;
}
