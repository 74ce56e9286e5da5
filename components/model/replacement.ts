/** A gateway that OCI lists. */
export interface ListedGateway {
  id: string;
  displayName: string;
  hostname: string;
  state: string;
}

/** A deployment that OCI lists. */
export interface ListedDeployment {
  id: string;
  pathPrefix: string;
  state: string;
}

/** What a new gateway means for the host name of one that stands already; undefined when there is none. */
export function hostNameWarning(name: string, listed: readonly ListedGateway[]): string | undefined {
  const [old] = listed.filter(isStanding);
  if (old === undefined) return undefined;
  return `gateway "${name}" is made anew although "${old.displayName}" stands already (${old.id}). If this run replaces that one, its public host name ${old.hostname} ends with it: DNS records, clients and other stacks that use it must follow to the new one`;
}

/**
 * Why a new deployment can't stand beside those that are on the gateway: one under "/" must be the only one, and no
 * prefix can be there twice ("Deploying an API on an API Gateway").
 *
 * @param urn - the new deployment's, for the command that cures it
 */
export function prefixWarning(
  deployment: { name: string; urn: string; pathPrefix: string; stack: string },
  listed: readonly ListedDeployment[],
): string | undefined {
  const { name, urn, pathPrefix, stack } = deployment;
  // A new one under "/" is made after the old one is gone; whether that was the only other one, OCI will say.
  if (pathPrefix === "/") return undefined;
  const root = listed.filter(isStanding).find((one) => one.pathPrefix === "/");
  if (root === undefined) return undefined;
  return `deployment "${name}" can't be made under "${pathPrefix}" while ${root.id} stands under "/": that one must be the gateway's only one. If this run replaces it, delete it first: pulumi destroy --target '${urn}' --target-dependents -s ${stack}, then pulumi up -s ${stack}`;
}

function isStanding({ state }: { state: string }): boolean {
  return state === "ACTIVE" || state === "CREATING" || state === "UPDATING";
}
