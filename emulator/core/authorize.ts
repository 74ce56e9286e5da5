import { type Need, needsOf } from "../iam/operations.ts";
import type { ResourcePrincipal } from "../iam/types.ts";
import { notAuthorizedOrNotFound, OciError } from "./errors.ts";
import type { Call, Operation } from "./operation.ts";
import type { Body, Stored } from "./store.ts";

/**
 * Lets a resource principal's call through when policies allow it. A refusal looks like a resource that isn't there
 * ("API Errors"); which clause failed and which statement would allow it stands in the event.
 *
 * @throws 404 NotAuthorizedOrNotFound; 400 InvalidParameter for an operation whose permissions aren't modelled
 */
export function authorize(operation: Operation, call: Call, principal: ResourcePrincipal): void {
  const needs = needsOf(operation.name);
  const isNamespaceOfAnother = operation.name === "GetNamespace" && call.query.compartmentId !== undefined;
  if (needs === undefined || isNamespaceOfAnother) {
    throw new OciError(
      "InvalidParameter",
      `${operation.name}${isNamespaceOfAnother ? " with compartmentId" : ""} by a resource principal isn't modelled by this emulator: it doesn't know the permissions that it needs. Sign it with an API key.`,
    );
  }
  const target = targetOf(call);
  for (const need of needs) {
    for (const { id, compartmentId } of resourcesOf(need, target, call)) {
      decide(permissionOf(need), { ...target, id, compartmentId }, call, principal);
    }
  }
}

/** What a call acts on: a resource, or the place of those that it lists or makes. */
interface Target {
  id: string;
  compartmentId: string | undefined;
  body: Body;
  variables: Readonly<Record<string, string>>;
}

function targetOf(call: Call): Target {
  const { store, tenancy } = call.emulation;
  const { id } = call.params;
  if (id === tenancy.id) return { id, compartmentId: id, body: {}, variables: {} };
  if (id !== undefined) {
    const stored = store.find(id);
    if (stored === undefined) throw notAuthorizedOrNotFound();
    return { id, compartmentId: compartmentOf(stored), body: stored.body, variables: variablesOf(stored) };
  }
  const body = call.method === "POST" ? given(call.rawBody) : call.query;
  const compartmentId = placeOf(body, call);
  return { id: compartmentId ?? "", compartmentId, body, variables: {} };
}

/** Compartment of what is listed or made; that of its application when it names none. */
function placeOf(body: Body, call: Call): string | undefined {
  const { compartmentId, applicationId } = body;
  if (typeof compartmentId === "string") return compartmentId;
  const parent = typeof applicationId === "string" ? call.emulation.store.find(applicationId) : undefined;
  return parent === undefined ? undefined : compartmentOf(parent);
}

function compartmentOf({ type, id, body }: Stored): string {
  return type === "compartment" ? id : String(body.compartmentId);
}

/** Variables of the services' own ("Details for …", supported variables). */
function variablesOf({ type, id, body }: Stored): Record<string, string> {
  switch (type) {
    case "function":
      return { "target.function.id": id };
    case "policy":
      return { "target.policy.id": id, "target.policy.name": String(body.name) };
    case "containerRepository":
      return { "target.repo.name": String(body.displayName) };
    default:
      return {};
  }
}

/** Where a permission is needed: on the target, or on what a field of it names. */
// unverified: a permission on a resource that a field leaves out (a VCN's default route table) is asked in the target's compartment
function resourcesOf(
  need: Need,
  target: Target,
  call: Call,
): { id: string; compartmentId: string | undefined }[] {
  if (typeof need === "string") return [target];
  const [, field, when] = need;
  const named = when === "given" ? given(call.rawBody)[field] : target.body[field];
  if (named === undefined || named === null) return when === "given" ? [] : [target];
  const { store, tenancy } = call.emulation;
  return (Array.isArray(named) ? named : [named]).map((name) => {
    const id = String(name);
    if (id === tenancy.id) return { id, compartmentId: id };
    const stored = store.find(id);
    return { id, compartmentId: stored === undefined ? undefined : compartmentOf(stored) };
  });
}

function permissionOf(need: Need): string {
  return typeof need === "string" ? need : need[0];
}

function decide(permission: string, target: Target, call: Call, principal: ResourcePrincipal): void {
  const { iam, emit } = call.emulation;
  // Nothing is known of the place: OCI can't allow what it doesn't find.
  if (target.compartmentId === undefined) throw notAuthorizedOrNotFound();
  const decision = iam.decide({
    principal,
    permission,
    targetCompartmentId: target.compartmentId,
    variables: target.variables,
  });
  emit({ type: "decision", principalId: principal.id, permission, targetId: target.id, decision });
  if (!decision.allowed) throw notAuthorizedOrNotFound();
}

/** What the request gives, for its compartment only; the operation itself says what is wrong with it. */
function given(rawBody: Buffer): Body {
  try {
    const value: unknown = JSON.parse(rawBody.toString("utf8"));
    return typeof value === "object" && value !== null ? (value as Body) : {};
  } catch {
    return {};
  }
}
