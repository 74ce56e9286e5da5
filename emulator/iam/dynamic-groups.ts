import { sameName } from "./compartments.ts";
import { type Condition, explain, holds, type Variables } from "./condition.ts";
import { parseMatchingRule } from "./matching-rule.ts";
import { readOnce } from "./read-once.ts";
import { IamSyntaxError } from "./scanner.ts";
import { type PrincipalReference, printReference, type Subject } from "./statement.ts";
import type { IamState, ResourcePrincipal } from "./types.ts";

interface DynamicGroup {
  id: string;
  name: string;
  rule?: Condition;
  problem?: string;
}

const readGroup = readOnce((group: IamState["dynamicGroups"][number]): DynamicGroup => {
  const { id, name, matchingRule } = group;
  try {
    return { id, name, rule: parseMatchingRule(matchingRule) };
  } catch (error) {
    if (!(error instanceof IamSyntaxError)) throw error;
    return { id, name, problem: error.message };
  }
});

/** Dynamic groups with their rules read, and who is in them. */
export class DynamicGroups {
  readonly #groups: readonly DynamicGroup[];
  readonly #byPrincipal = new Map<string, readonly DynamicGroup[]>();

  constructor({ dynamicGroups }: IamState) {
    this.#groups = dynamicGroups.map(readGroup);
  }

  /** The groups that a principal is in. */
  of(principal: ResourcePrincipal): readonly DynamicGroup[] {
    const key = `${principal.type} ${principal.id} ${principal.compartmentId}`;
    let groups = this.#byPrincipal.get(key);
    if (groups === undefined) {
      const variables = ruleVariables(principal);
      groups = this.#groups.filter(({ rule }) => rule !== undefined && holds(rule, variables));
      this.#byPrincipal.set(key, groups);
    }
    return groups;
  }

  /** Whether a statement's subject includes a principal. Groups and services hold no resources. */
  includes(subject: Subject, principal: ResourcePrincipal): boolean {
    switch (subject.kind) {
      case "any-user":
        return true;
      case "any-group":
        // "Policy Syntax" says otherwise: all resource principals.
        // unverified: any-group includes a resource only when it is in some dynamic group, as "Subjects" says
        return this.of(principal).length > 0;
      case "dynamic-group":
        return this.of(principal).some((group) =>
          subject.references.some((reference) => isMeant(reference, group)),
        );
      case "group":
      case "service":
        return false;
    }
  }

  /** Why a subject doesn't include a principal; empty when it does. */
  explain(subject: Subject, principal: ResourcePrincipal): string[] {
    if (this.includes(subject, principal)) return [];
    switch (subject.kind) {
      case "any-user":
        return [];
      case "any-group":
        return [`the caller ${principal.id} is in no dynamic group`];
      case "dynamic-group":
        return subject.references.map((reference) => this.#explainReference(reference, principal));
      case "group":
      case "service":
        return [`a ${subject.kind} doesn't include the caller, a resource of type ${principal.type}`];
    }
  }

  #explainReference(reference: PrincipalReference, principal: ResourcePrincipal): string {
    const group = this.#groups.find((candidate) => isMeant(reference, candidate));
    if (group === undefined) {
      const isForeign = "domain" in reference && !isDefaultDomain(reference.domain);
      const hint = isForeign ? " (only the Default identity domain is modelled)" : "";
      return `there is no dynamic group ${printReference(reference)}${hint}`;
    }
    if (group.rule === undefined)
      return `the rule of dynamic group ${group.name} can't be read: ${group.problem}`;
    const clauses = explain(group.rule, ruleVariables(principal)).join(", ");
    return `dynamic group ${group.name} does not match the caller: ${clauses}`;
  }
}

function isMeant(reference: PrincipalReference, group: DynamicGroup): boolean {
  if ("id" in reference) return reference.id === group.id;
  return isDefaultDomain(reference.domain) && sameName(group.name, reference.name);
}

function isDefaultDomain(domain: string | undefined): boolean {
  return domain === undefined || sameName(domain, "Default");
}

/** Variables of a matching rule; a resource that is no instance has no `instance.…`. */
function ruleVariables({ type, id, compartmentId }: ResourcePrincipal): Variables {
  return new Map([
    ["resource.type", type],
    ["resource.id", id],
    ["resource.compartment.id", compartmentId],
  ]);
}
