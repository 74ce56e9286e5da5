import { realmOf } from "../core/ocid.ts";
import { regionKey } from "../core/tenancy.ts";
import type { ResourcePrincipal } from "../iam/types.ts";
import type { CredentialSource, FunctionDefinition } from "../runtime/types.ts";
import type { TenancySeed } from "../types.ts";
import type { ResourcePrincipals } from "./resource-principals.ts";

/** Names the control plane's URL, for SDK clients: OCI itself has no such variable. */
const endpointVariable = "OCI_EMULATOR_ENDPOINT";

/** What the runtime gives a function so that it can call OCI as itself. */
export function functionCredentials(
  principals: ResourcePrincipals,
  tenancy: () => TenancySeed,
  url: () => string,
): CredentialSource {
  return {
    current: (definition) => principals.current(principalOf(definition)),
    issue: (definition) => principals.issue(principalOf(definition)),
    environment: ({ region, tenancyId }) => ({
      [endpointVariable]: url(),
      ...regionMetadata(tenancy(), realmOf(tenancyId), region),
    }),
  };
}

function principalOf({ id, compartmentId, tenancyId }: FunctionDefinition): ResourcePrincipal {
  return { type: "fnfunc", id, compartmentId, tenancyId };
}

/**
 * `OCI_REGION_METADATA` ("Adding Regions") for a region that SDKs don't know: one of a realm that isn't OCI's. Its
 * domain can't be reached, so a client whose endpoint wasn't set fails rather than calls someone.
 */
function regionMetadata(tenancy: TenancySeed, realmKey: string, region: string): Record<string, string> {
  if (/^oc\d+$/.test(realmKey)) return {};
  const metadata = {
    realmKey,
    realmDomainComponent: `${realmKey}.invalid`,
    regionKey: regionKey(tenancy, region),
    regionIdentifier: region,
  };
  return { OCI_REGION_METADATA: JSON.stringify(metadata) };
}
