import { getRegionSubscriptions } from "@pulumi/oci/identity/getRegionSubscriptions.js";
import { Provider, type ProviderArgs } from "@pulumi/oci/provider.js";
import * as pulumi from "@pulumi/pulumi";
import { jsonKeys, textKeys } from "./model/provider-keys.ts";

/**
 * The name of a tenancy's home region, for example `us-ashburn-1` ("Managing Regions").
 *
 * @param tenancyId - OCID of the tenancy.
 * @throws pulumi.RunError when OCI names no home region among the tenancy's subscriptions.
 */
export async function findHomeRegion(tenancyId: string): Promise<string> {
  const { regionSubscriptions } = await getRegionSubscriptions({ tenancyId });
  const home = regionSubscriptions.find((subscription) => subscription.isHomeRegion);
  if (home !== undefined) return home.regionName;
  const cure = 'give the home region yourself, for example homeRegion: "us-ashburn-1"';
  throw new pulumi.RunError(`the region subscriptions of tenancy ${tenancyId} name no home region; ${cure}`);
}

/**
 * The provider of another region. An explicit provider inherits nothing, so that every `oci:` key that is set is
 * copied, all of them as secrets, for which of them are secret is the stack's decision.
 */
export function regionProvider(name: string, region: string, parent: pulumi.Resource): Provider {
  return new Provider(name, { ...configuredProviderArgs(), region }, { parent });
}

function configuredProviderArgs(): ProviderArgs {
  const config = new pulumi.Config("oci");
  const texts = textKeys.map((key) => [key, config.getSecret(key)] as const);
  const values = jsonKeys.map((key) => [key, config.getSecretObject(key)] as const);
  return Object.fromEntries([...texts, ...values].filter(([, value]) => value !== undefined));
}
