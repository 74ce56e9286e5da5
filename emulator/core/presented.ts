import type { Emulation } from "./operation.ts";
import type { ResourceType } from "./resource.ts";
import type { Body, Stored } from "./store.ts";

/** A resource as answers show it: what is stored, with the traps that are switched on. */
export function presented(resource: ResourceType, stored: Stored, emulation: Emulation): Body {
  const { switches, lifecycles } = emulation;
  const pending = lifecycles.of(stored.id);
  const body = resource.present?.(stored.body, switches) ?? stored.body;
  return {
    ...body,
    ...(switches.oracleTags ? { definedTags: withOracleTags(stored) } : {}),
    ...(pending === undefined ? {} : { lifecycleState: pending.state }),
  };
}

/** Tags that a tenancy's default tags put on everything that is created ("Managing Tag Defaults"). */
// unverified: Oracle-Tags.CreatedBy names the user as `default/<name>`, CreatedOn is the time of creation
function withOracleTags({ body, hidden }: Stored): unknown {
  if (hidden.isSeed === true || hidden.isAdopted === true || body.definedTags === undefined) {
    return body.definedTags;
  }
  const tags = { CreatedBy: "default/local", CreatedOn: body.timeCreated };
  return { ...(body.definedTags as Body), "Oracle-Tags": tags };
}
