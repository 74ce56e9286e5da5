import type { Call } from "../../core/operation.ts";
import { regionKey } from "../../core/tenancy.ts";

/** Oracle services that a service gateway can reach ("Access to Oracle Services: Service Gateway"). */
export function oracleServices(call: Call) {
  const key = regionKey(call.emulation.tenancy, call.region);
  const realm = call.emulation.tenancy.id.split(".")[2];
  const label = key.toLowerCase();
  return [
    {
      id: `ocid1.service.${realm}.${call.region}.all`,
      name: `All ${key} Services In Oracle Services Network`,
      cidrBlock: `all-${label}-services-in-oracle-services-network`,
      description: `All ${key} Services In Oracle Services Network`,
    },
    {
      id: `ocid1.service.${realm}.${call.region}.objectstorage`,
      name: `OCI ${key} Object Storage`,
      cidrBlock: `oci-${label}-objectstorage`,
      description: `OCI ${key} Object Storage`,
    },
  ];
}
