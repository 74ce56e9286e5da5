import { type Access, VERBS, type Verb } from "./statement.ts";

/** What each verb adds for a resource type. */
type Grants = Readonly<Record<Verb, readonly string[]>>;

/** "Details for Functions", table of verbs and resource types. */
const RESOURCE_TYPES = tableOf<Grants>({
  "fn-app": {
    inspect: ["FN_APP_LIST"],
    read: ["FN_APP_READ"],
    use: [],
    manage: ["FN_APP_CREATE", "FN_APP_DELETE", "FN_APP_UPDATE"],
  },
  "fn-function": {
    inspect: ["FN_FUNCTION_LIST"],
    read: ["FN_FUNCTION_READ"],
    use: [],
    manage: ["FN_FUNCTION_CREATE", "FN_FUNCTION_DELETE", "FN_FUNCTION_UPDATE"],
  },
  "fn-invocation": { inspect: [], read: [], use: ["FN_INVOCATION"], manage: [] },
});

const FAMILIES = tableOf<readonly string[]>({
  "functions-family": ["fn-app", "fn-function", "fn-invocation"],
});

/** "Details for Functions", permissions required for each API operation. */
const OPERATIONS = tableOf<string>({
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
});

/** Looked up by words of a statement, which may be `constructor`. */
function tableOf<T>(rows: Readonly<Record<string, T>>): ReadonlyMap<string, T> {
  return new Map(Object.entries(rows));
}

export type Grant = "granted" | "too-weak" | "other";

/** Whether a statement's verb and resource type include a permission; `too-weak`: a stronger verb would. */
export function grantOf(access: Access, permission: string): Grant {
  if (access.kind === "permissions") return access.permissions.includes(permission) ? "granted" : "other";
  const needed = verbFor(permission, typesOf(access.resourceType));
  if (needed === undefined) {
    // A permission outside the table belongs to a service that isn't modelled; only this grant surely includes it.
    const isOutside = !OPERATIONS.has(permission) && access.resourceType === "all-resources";
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

/** Whether the table above knows a resource type. */
export function isModelled(resourceType: string): boolean {
  return resourceType === "all-resources" || FAMILIES.has(resourceType) || RESOURCE_TYPES.has(resourceType);
}

/** API operation that a permission stands for, where one does. */
export function operationOf(permission: string): string | undefined {
  return OPERATIONS.get(permission);
}

/** The least access, in the form that Oracle's guides use, that includes a permission. */
export function accessFor(permission: string): Access {
  const resourceType = "functions-family";
  // FN_FUNCTION_READ is asked beside FN_INVOCATION, so one statement should give both ("Creating Policies …").
  if (permission === "FN_FUNCTION_READ") return { kind: "verb", verb: "use", resourceType };
  const verb = verbFor(permission, typesOf(resourceType));
  return verb === undefined
    ? { kind: "permissions", permissions: [permission] }
    : { kind: "verb", verb, resourceType };
}
