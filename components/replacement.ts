import { getDeployments } from "@pulumi/oci/apigateway/getDeployments.js";
import { getGateways } from "@pulumi/oci/apigateway/getGateways.js";
import * as pulumi from "@pulumi/pulumi";
import { hookName } from "./hooks.ts";
import { hostNameWarning, prefixWarning } from "./model/replacement.ts";

/**
 * Says, at preview already, when a gateway is made although one of its name stands: then its public host name changes.
 * Only a create runs it: a program doesn't learn what the engine is going to replace.
 *
 * @returns undefined where hooks can't be registered (Pulumi's mocks).
 */
export function hostNameHook(name: string, parent: pulumi.Resource): pulumi.ResourceHook | undefined {
  return beforeCreate(`${name}-host-name`, async ({ newInputs = {} }) => {
    const { compartmentId, displayName } = newInputs;
    if (!isText(compartmentId) || !isText(displayName)) return;
    const { gatewayCollections } = await getGateways({ compartmentId, displayName }, { parent });
    const warning = hostNameWarning(name, gatewayCollections);
    if (warning !== undefined) await pulumi.log.warn(warning, parent);
  });
}

/**
 * Says, at preview already, when a deployment can't be made because another one has the gateway for itself.
 *
 * @returns undefined where hooks can't be registered (Pulumi's mocks).
 */
export function prefixHook(name: string, parent: pulumi.Resource): pulumi.ResourceHook | undefined {
  return beforeCreate(`${name}-prefix`, async ({ urn, newInputs = {} }) => {
    const { compartmentId, gatewayId, pathPrefix } = newInputs;
    if (!isText(compartmentId) || !isText(gatewayId) || !isText(pathPrefix)) return;
    const { deploymentCollections } = await getDeployments({ compartmentId, gatewayId }, { parent });
    const deployment = { name, urn, pathPrefix, stack: pulumi.getStack() };
    const warning = prefixWarning(deployment, deploymentCollections);
    if (warning !== undefined) await pulumi.log.warn(warning, parent);
  });
}

function beforeCreate(
  name: string,
  look: (args: pulumi.ResourceHookArgs) => Promise<void>,
): pulumi.ResourceHook | undefined {
  const unique = hookName(name);
  if (unique === undefined) return undefined;
  // A warning more or less is no reason to fail: who may create may still not be allowed to list.
  return new pulumi.ResourceHook(unique, look, { onDryRun: true, ignoreErrors: true });
}

/** Not so for what is unknown in a preview, and for secrets. */
function isText(value: unknown): value is string {
  return typeof value === "string";
}
