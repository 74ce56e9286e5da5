import { FAMILIES, RESOURCE_TYPES } from "./resource-types.ts";
import { type Access, VERBS, type Verb } from "./statement.ts";

/** "Details for Functions", permissions required for each API operation. */
const OPERATIONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    FN_APP_LIST: "ListApp",
    FN_APP_READ: "GetApp",
    FN_APP_CREATE: "CreateApp",
    FN_APP_DELETE: "DeleteApp",
    FN_APP_UPDATE: "UpdateApp",
    FN_FUNCTION_LIST: "ListFunctions",
    FN_FUNCTION_READ: "GetFunction",
    FN_FUNCTION_CREATE: "CreateFunction",
    FN_FUNCTION_DELETE: "DeleteFunction",
    FN_FUNCTION_UPDATE: "UpdateFunction",
    FN_INVOCATION: "InvokeFunction",
  }),
);

export type Grant = "granted" | "too-weak" | "other";

/** Whether a statement's verb and resource type include a permission; `too-weak`: a stronger verb would. */
export function grantOf(access: Access, permission: string): Grant {
  if (access.kind === "permissions") return access.permissions.includes(permission) ? "granted" : "other";
  const needed = verbFor(permission, typesOf(access.resourceType));
  if (needed === undefined) {
    // A permission outside the table belongs to a service that isn't modelled; only this grant surely includes it.
    const isOutside = typeOf(permission) === undefined && access.resourceType === "all-resources";
    return isOutside && access.verb === "manage" ? "granted" : "other";
  }
  return VERBS.indexOf(access.verb) >= VERBS.indexOf(needed) ? "granted" : "too-weak";
}

/** The least verb that includes a permission for one of some resource types. */
function verbFor(permission: string, resourceTypes: readonly string[]): Verb | undefined {
  return VERBS.find((verb) =>
    resourceTypes.some((type) => RESOURCE_TYPES.get(type)?.[verb].includes(permission)),
  );
}

function typesOf(resourceType: string): readonly string[] {
  if (resourceType === "all-resources") return [...RESOURCE_TYPES.keys()];
  return FAMILIES.get(resourceType) ?? [resourceType];
}

/** Whether a resource type belongs to the same family as a permission, or is its own. */
export function isKindred(resourceType: string, permission: string): boolean {
  const type = typeOf(permission);
  if (type === undefined) return false;
  const kin = FAMILIES.get(familyOf(type) ?? "") ?? [type];
  return resourceType === "all-resources" || typesOf(resourceType).some((one) => kin.includes(one));
}

/** The resource type that has a permission. */
function typeOf(permission: string): string | undefined {
  return [...RESOURCE_TYPES.keys()].find((type) => verbFor(permission, [type]) !== undefined);
}

function familyOf(resourceType: string): string | undefined {
  return [...FAMILIES].find(([, types]) => types.includes(resourceType))?.[0];
}

/** API operation that a permission stands for, where one does. */
export function operationOf(permission: string): string | undefined {
  return OPERATIONS.get(permission);
}

/** The least access, in the form that Oracle's guides use, that includes a permission. */
export function accessFor(permission: string): Access {
  // FN_FUNCTION_READ is asked beside FN_INVOCATION, so one statement should give both ("Creating Policies …").
  if (permission === "FN_FUNCTION_READ")
    return { kind: "verb", verb: "use", resourceType: "functions-family" };
  const type = typeOf(permission);
  const verb = type === undefined ? undefined : verbFor(permission, [type]);
  if (type === undefined || verb === undefined) return { kind: "permissions", permissions: [permission] };
  const family = familyOf(type);
  return { kind: "verb", verb, resourceType: family === "functions-family" ? family : type };
}
