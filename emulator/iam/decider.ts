import { CompartmentTree } from "./compartments.ts";
import { explain, holds, type Variables } from "./condition.ts";
import { DynamicGroups } from "./dynamic-groups.ts";
import { accessFor, grantOf, isKindred, operationOf } from "./permissions.ts";
import { readOnce } from "./read-once.ts";
import { IamSyntaxError } from "./scanner.ts";
import {
  type Location,
  parseStatement,
  printAccess,
  printStatement,
  type Statement,
  type Subject,
} from "./statement.ts";
import type { AccessDecider, AccessRequest, Decision, IamState } from "./types.ts";

/** A statement ready to be asked; `problem` when it can never allow anything. */
interface CompiledStatement {
  policyId: string;
  policyName: string;
  text: string;
  statement?: Statement;
  compartmentId?: string;
  problem?: string;
}

type Policy = IamState["policies"][number];

const MAX_REASONS = 20;

/**
 * Reads policies and dynamic groups, to answer requests for access; each object once, however many states it is part of.
 * What can't be read allows nothing and is named in the reasons of a refusal.
 */
export function compileIam(state: IamState): AccessDecider {
  const tree = new CompartmentTree(state);
  const groups = new DynamicGroups(state);
  const statements = state.policies.flatMap((policy) => compileStatements(tree, policy));
  const byPermission = new Map<string, CompiledStatement[]>();

  function granting(permission: string): CompiledStatement[] {
    let found = byPermission.get(permission);
    if (found === undefined) {
      found = statements.filter(
        ({ statement, problem }) =>
          problem === undefined &&
          statement !== undefined &&
          grantOf(statement.access, permission) === "granted",
      );
      byPermission.set(permission, found);
    }
    return found;
  }

  function decide(request: AccessRequest): Decision {
    const variables = variablesOf(request, tree);
    for (const { statement, compartmentId, policyId, text } of granting(request.permission)) {
      if (statement === undefined || compartmentId === undefined) continue;
      if (!groups.includes(statement.subject, request.principal)) continue;
      if (!tree.isWithin(request.targetCompartmentId, compartmentId)) continue;
      if (statement.condition !== undefined && !holds(statement.condition, variables)) continue;
      return { allowed: true, policyId, statement: text };
    }
    return refuse(request, variables);
  }

  function refuse(request: AccessRequest, variables: Variables): Decision {
    const reasons = statements.flatMap((compiled) => {
      const faults = faultsOf(compiled, request, variables);
      const { text, policyName } = compiled;
      return faults.length === 0
        ? []
        : [`statement "${text}" of policy "${policyName}": ${faults.join("; ")}`];
    });
    const more = reasons.length - MAX_REASONS;
    if (more > 0) reasons.splice(MAX_REASONS, more, `and ${more} more`);
    if (reasons.length === 0) reasons.push(`no statement of any policy grants ${request.permission}`);
    return { allowed: false, reasons, missingStatement: printStatement(missingStatement(request)) };
  }

  /** Why a statement that came near doesn't allow the request; empty for one that has nothing to do with it. */
  function faultsOf(compiled: CompiledStatement, request: AccessRequest, variables: Variables): string[] {
    const { statement, compartmentId, problem } = compiled;
    if (statement === undefined) return problem === undefined ? [] : [problem];
    const { access, subject, condition } = statement;
    const grant = grantOf(access, request.permission);
    if (grant === "other" && !isNear(statement, request.permission)) return [];
    const faults = problem === undefined ? [] : [problem];
    if (grant !== "granted") faults.push(`"${printAccess(access)}" doesn't include ${request.permission}`);
    faults.push(...groups.explain(subject, request.principal));
    if (compartmentId !== undefined && !tree.isWithin(request.targetCompartmentId, compartmentId)) {
      faults.push(
        `it covers compartment ${compartmentId}, the resource is in ${request.targetCompartmentId}`,
      );
    }
    if (condition !== undefined) faults.push(...explain(condition, variables));
    return faults;
  }

  function missingStatement(request: AccessRequest): Statement {
    const { principal, permission, targetCompartmentId } = request;
    const access = accessFor(permission);
    const location: Location =
      targetCompartmentId === state.tenancyId
        ? { kind: "tenancy" }
        : { kind: "compartment-id", id: targetCompartmentId };
    const [group] = groups.of(principal);
    if (group !== undefined) {
      const subject: Subject = { kind: "dynamic-group", references: [{ id: group.id }] };
      return { subject, access, location };
    }
    const [variable, value] =
      principal.type === "ApiGateway"
        ? ["request.resource.compartment.id", principal.compartmentId]
        : ["request.principal.id", principal.id];
    const equals = (name: string, text: string) =>
      ({ kind: "equals", variable: name, isNegated: false, value: { kind: "text", text } }) as const;
    const conditions = [
      equals("request.principal.type", principal.type),
      equals(variable ?? "", value ?? ""),
    ];
    return { subject: { kind: "any-user" }, access, location, condition: { kind: "all", conditions } };
  }

  return { decide };
}

/** A policy's statements as they were read, or why they can't be. */
const statementsOf = readOnce((policy: Policy) =>
  policy.statements.map((text): { text: string; statement?: Statement; problem?: string } => {
    try {
      return { text, statement: parseStatement(text) };
    } catch (error) {
      if (!(error instanceof IamSyntaxError)) throw error;
      return { text, problem: error.message };
    }
  }),
);

/** Where a statement holds depends on all compartments, so that it is looked up anew. */
function compileStatements(tree: CompartmentTree, policy: Policy): CompiledStatement[] {
  const common = { policyId: policy.id, policyName: policy.name };
  return statementsOf(policy).map((read) => {
    if (read.statement === undefined) return { ...common, ...read };
    const resolved = tree.resolve(read.statement.location, policy.compartmentId);
    return "id" in resolved
      ? { ...common, ...read, compartmentId: resolved.id }
      : { ...common, ...read, problem: resolved.problem };
  });
}

/** A statement about the same service, or about something whose name looks like a slip of the pen for functions. */
function isNear({ access }: Statement, permission: string): boolean {
  if (access.kind !== "verb") return false;
  const { resourceType } = access;
  return (
    isKindred(resourceType, permission) || (permission.startsWith("FN_") && /^(fn|func)/.test(resourceType))
  );
}

function variablesOf(request: AccessRequest, tree: CompartmentTree): Variables {
  const { principal, permission, targetCompartmentId } = request;
  const variables = new Map<string, string>();
  const set = (name: string, value: string | undefined) => {
    if (value !== undefined) variables.set(name, value);
  };
  set("request.operation", operationOf(permission));
  for (const [name, value] of Object.entries(request.variables)) set(name.toLowerCase(), value);
  set("request.permission", permission);
  set("request.principal.type", principal.type);
  set("request.principal.id", principal.id);
  set("request.principal.compartment.id", principal.compartmentId);
  // The gateway's own compartment ("Creating Policies to Control Access to Network and API Gateway-Related Resources").
  if (principal.type === "ApiGateway") set("request.resource.compartment.id", principal.compartmentId);
  set("target.compartment.id", targetCompartmentId);
  set("target.compartment.name", tree.nameOf(targetCompartmentId));
  return variables;
}
