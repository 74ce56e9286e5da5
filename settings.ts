import * as pulumi from "@pulumi/pulumi";
import { findHomeRegion } from "./components/home-region.ts";
import { providerConfigKeys } from "./components/model/provider-keys.ts";
import { buildSettings, type Seal, type Settings } from "./settings/build.ts";
import { checkSettings } from "./settings/check.ts";
import { formatSettingProblems } from "./settings/report.ts";
import { secretConfigKeys } from "./settings/secrets.ts";
import { secretKeys } from "./settings/table.ts";

export type { Settings } from "./settings/build.ts";

/**
 * The stack's settings, checked, in the form that the components take.
 *
 * Region and tenancy are the provider's own keys, `oci:region` and `oci:tenancyOcid`. The home region is looked up
 * when `homeRegion` isn't set. Values of secret keys stay secret; of `functions` and `application` the environment
 * variables do.
 *
 * @param sources - The functions that the program declares, each with its folder; a stack may replace the code by
 *   an image or an existing function.
 * @throws pulumi.RunError with every problem by its key, what is allowed, and the commands that cure it.
 */
export async function readSettings<F extends string>(
  sources: Readonly<Record<F, string>>,
): Promise<Settings<F>> {
  const project = pulumi.getProject();
  const stack = pulumi.getStack();
  const config = pulumi.runtime.allConfig();
  const secrets = secretConfigKeys(Object.keys(config));
  const functionKeys = Object.keys(sources);
  const checked = checkSettings({ project, stack, config, secrets, providerConfigKeys, functionKeys });
  if ("problems" in checked) throw new pulumi.RunError(formatSettingProblems(stack, checked.problems));

  const seal: Seal = (name, value) => {
    const key = name === "tenancyOcid" ? `oci:${name}` : `${project}:${name}`;
    return secrets.has(key) || secretKeys.has(name) ? pulumi.secret(value) : value;
  };
  const { settings } = checked;
  const homeRegion = settings.own.homeRegion ?? (await findHomeRegion(settings.tenancyId));
  return buildSettings(settings, sources, homeRegion, seal);
}
