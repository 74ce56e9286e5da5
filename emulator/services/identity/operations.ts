import { sameName, typesInCompartments } from "../../core/compartments.ts";
import { resourceOperations } from "../../core/crud.ts";
import { type FieldProblem, OciError } from "../../core/errors.ts";
import type { Call, Operation } from "../../core/operation.ts";
import { page } from "../../core/paging.ts";
import { presented } from "../../core/presented.ts";
import type { ResourceType } from "../../core/resource.ts";
import { nameSorts, sorted } from "../../core/sorting.ts";
import type { Body } from "../../core/store.ts";
import { identityLimits as limits } from "./limits.ts";
import * as model from "./model.ts";
import { normalisedPolicy } from "./normalised.ts";
import { tenancyOperations } from "./tenancy-operations.ts";

const common = {
  service: "identity",
  states: { active: "ACTIVE", deleted: "DELETED" },
  statuses: { create: 200, update: 200, delete: 204 },
  isHomeRegionOnly: true,
} as const;
const list = { shape: "array", required: ["compartmentId"], filters: ["name", "lifecycleState"] } as const;

const compartment: ResourceType = {
  ...common,
  type: "compartment",
  noun: "Compartment",
  plural: "Compartments",
  path: "/20160918/compartments",
  ocid: { type: "compartment", isGlobal: true },
  create: model.createCompartment,
  update: model.updateCompartment,
  statuses: { create: 200, update: 200, delete: 202 },
  list: { ...list, filters: [...list.filters, "accessLevel", "compartmentIdInSubtree"] },
  state: "approximated",
  note: "moveCompartment and recoverCompartment are refused",
  complete: () => ({ isAccessible: true }),
  check(next, call) {
    if (sameName(call, "compartment", next, "name", "compartmentId") === undefined) return [];
    throw new OciError("CompartmentAlreadyExists", `Compartment '${next.name}' already exists`);
  },
  // unverified: deleting a compartment that holds something answers 409 at once; OCI lets the work request fail
  beforeDelete(stored, call) {
    const users = ["compartment", ...typesInCompartments, "deployment"].flatMap((type) =>
      call.emulation.store.listBy(type, "compartmentId", stored.id),
    );
    const [user] = users;
    if (user !== undefined) {
      throw new OciError(
        "IncorrectState",
        `Compartment ${stored.id} isn't empty: it holds ${users.length} resources, ${user.id} among them.`,
      );
    }
  },
};

const dynamicGroup: ResourceType = {
  ...common,
  type: "dynamicGroup",
  noun: "DynamicGroup",
  plural: "DynamicGroups",
  path: "/20160918/dynamicGroups",
  ocid: { type: "dynamicgroup", isGlobal: true },
  create: model.createDynamicGroup,
  update: model.updateDynamicGroup,
  list,
  state: "modelled",
  check(next, call, previous) {
    if (next.compartmentId !== call.emulation.tenancy.id) {
      throw new OciError("InvalidParameter", "Dynamic group can only be created in the tenancy compartment");
    }
    const problems = parsed("matchingRule", () =>
      call.emulation.iam.parseMatchingRule(String(next.matchingRule)),
    );
    if (problems.length > 0) return problems;
    if (previous === undefined) {
      if (sameName(call, "dynamicGroup", next, "name", undefined) !== undefined) {
        throw new OciError("DynamicGroupAlreadyExists", `DynamicGroup '${next.name}' already exists`);
      }
      limit(call.emulation.store.count("dynamicGroup"), limits.dynamicGroupsPerTenancy, "dynamic groups");
    }
    return [];
  },
};

const policy: ResourceType = {
  ...common,
  type: "policy",
  noun: "Policy",
  plural: "Policies",
  path: "/20160918/policies",
  ocid: { type: "policy", isGlobal: true },
  present: (body, { policyTextNormalised }) => (policyTextNormalised ? normalisedPolicy(body) : body),
  create: model.createPolicy,
  update: model.updatePolicy,
  list,
  state: "modelled",
  check: (next, call, previous) => {
    const { store, iam } = call.emulation;
    if (previous === undefined) {
      if (sameName(call, "policy", next, "name", undefined) !== undefined) {
        throw new OciError("PolicyAlreadyExists", `Policy '${next.name}' already exists`);
      }
      limit(store.count("policy"), limits.policiesPerTenancy, "policies");
    }
    const others = store.list("policy").filter(({ id }) => id !== next.id);
    const statements = next.statements as string[];
    limit(
      others.reduce((sum, { body }) => sum + countOf(body), statements.length - 1),
      limits.statementsPerTenancy,
      "policy statements",
    );
    return statements.flatMap((text, index) =>
      parsed(`statements[${index}]`, () => iam.parseStatement(text)),
    );
  },
};

function countOf(body: Body): number {
  return (body.statements as unknown[]).length;
}

function limit(existing: number, max: number, what: string): void {
  if (existing < max) return;
  throw new OciError(
    "LimitExceeded",
    `A tenancy holds at most ${max} ${what}; delete one that isn't needed.`,
  );
}

function parsed(path: string, parse: () => unknown): FieldProblem[] {
  try {
    parse();
    return [];
  } catch (cause) {
    return [{ path, message: (cause as Error).message }];
  }
}

const identityResources: readonly ResourceType[] = [compartment, dynamicGroup, policy];

/** Identity: what a program that deploys an API needs. */
export function identityOperations(): Operation[] {
  return [
    ...identityResources
      .flatMap(resourceOperations)
      .map((operation) =>
        operation.name === "GetCompartment"
          ? { ...operation, run: (call: Call) => rootCompartment(call) ?? operation.run(call) }
          : operation.name === "ListCompartments"
            ? { ...operation, run: (call: Call) => listCompartments(call, operation.run) }
            : operation,
      ),
    ...tenancyOperations,
  ];
}

/** The tenancy is its own root compartment. */
function rootCompartment(call: Call) {
  const { tenancy } = call.emulation;
  if (call.params.id !== tenancy.id) return undefined;
  const body = {
    id: tenancy.id,
    compartmentId: tenancy.id,
    name: tenancy.name,
    description: "Root compartment",
    isAccessible: true,
    lifecycleState: "ACTIVE",
    timeCreated: "2026-01-01T00:00:00.000Z",
    definedTags: {},
    freeformTags: {},
  };
  return { status: 200, body };
}

/** `accessLevel` takes no effect: everything is accessible. A subtree is asked for at the root only. */
function listCompartments(call: Call, listChildren: Operation["run"]) {
  const { accessLevel: _, compartmentIdInSubtree, ...query } = call.query;
  if (compartmentIdInSubtree !== "true") return listChildren({ ...call, query });
  if (query.compartmentId !== call.emulation.tenancy.id) {
    throw new OciError(
      "InvalidParameter",
      "compartmentIdInSubtree: true is allowed with the tenancy's OCID only",
    );
  }
  const all = call.emulation.store
    .list("compartment")
    .map((stored) => presented(compartment, stored, call.emulation));
  const { name, lifecycleState } = query;
  const wanted = all
    .filter((body) => name === undefined || body.name === name)
    .filter((body) => lifecycleState === undefined || body.lifecycleState === lifecycleState);
  return page(sorted(wanted, query, nameSorts), query, "array");
}
