import type { TenancySeed } from "../types.ts";

const tenancyId = "ocid1.tenancy.oclocal..aaaaaaaalocaltenancyoftheemulator000000000000000000000000000";

/** The tenancy that an emulator starts with unless told otherwise: a realm and a region that OCI doesn't have. */
export const localTenancy: TenancySeed = {
  id: tenancyId,
  name: "local",
  homeRegion: "local-laptop-1",
  regions: [{ name: "local-laptop-1", key: "LCL" }],
  namespace: "localns",
  compartments: [
    {
      id: "ocid1.compartment.oclocal..aaaaaaaalocalcompartmentapi000000000000000000000000000000000",
      name: "api",
      compartmentId: tenancyId,
    },
  ],
};

/** The key of a region: as the tenancy says, else a made-up one. */
export function regionKey(tenancy: TenancySeed, region: string): string {
  return tenancy.regions.find(({ name }) => name === region)?.key ?? madeUpKey(region);
}

/** For a region whose key nobody told: the name's middle (`eu-frankfurt-1` → `FRANKFURT`), which is taken for no real key. */
export function madeUpKey(region: string): string {
  return (region.split("-")[1] ?? region).toUpperCase();
}
