import * as runtimeConfig from "@pulumi/pulumi/runtime/config.js";

/** What the SDK keeps off its declarations; the exact version is pinned. */
const internals = runtimeConfig as typeof runtimeConfig & { isConfigSecret?: (key: string) => boolean };

/** The keys whose values are secret or hold one. */
export function secretConfigKeys(keys: readonly string[]): Set<string> {
  const { isConfigSecret } = internals;
  // Without the SDK's word everything counts as secret: too much is hidden then, never too little.
  return new Set(isConfigSecret === undefined ? keys : keys.filter(isConfigSecret));
}
