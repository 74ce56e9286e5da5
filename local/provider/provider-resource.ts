import { randomUUID } from "node:crypto";
import { providerConfigKeys } from "../../components/model/provider-keys.ts";
import { checkProperties, difference } from "./check.ts";
import type { SpecialResource } from "./special.ts";

/** Values other than strings come as JSON texts. */
const settingsByType: Readonly<Record<string, readonly string[]>> = {
  "pulumi:providers:oci": providerConfigKeys,
  "pulumi:providers:docker-build": ["host", "registries", "version"],
};

export const providerTypes: readonly string[] = Object.keys(settingsByType);

/** An explicit provider: of its settings the region counts here, the credentials are not used. */
export function createProviderResource(type: string): SpecialResource {
  const settings = settingsByType[type] ?? [];
  const properties = Object.fromEntries(settings.map((name) => [name, "string" as const]));
  return {
    check: (inputs) => checkProperties(properties, inputs),
    diff: (oldInputs, newInputs) => difference({ createOnly: [] }, oldInputs, newInputs),
    create: async (inputs) => ({ id: randomUUID(), outputs: inputs }),
    read: async (_id, inputs) => inputs,
    update: async (_id, inputs) => inputs,
    delete: async () => {},
  };
}
