import { z } from "zod";
import { except, isExcepted, orDeclare } from "../declared.ts";
import { type Comparison, comparisons, demands, parseCondition } from "../iam/condition.ts";
import { each, type Finding, type Rule, resourceRule } from "../rule.ts";
import { types } from "../types.ts";

const example = `"ALL {resource.type = 'ApiGateway', resource.compartment.id = 'ocid1.compartment.oc1..example'}"`;

export const dynamicGroupInRoot = resourceRule({
  name: "iam-dynamic-group-in-root",
  checks: "Checks that a dynamic group lies in the tenancy's root compartment.",
  why: "OCI keeps dynamic groups nowhere else, and says so only when the group is made, halfway through an update.",
  references: ["Oracle: Managing Dynamic Groups"],
  severity: "medium",
  enforcement: "mandatory",
  config: z.object({}),
  types: [types.dynamicGroup],
  judge(group) {
    const compartmentId = group.properties.at("compartmentId");
    // The provider takes the tenancy when there is none.
    const id = compartmentId.text();
    if (id === undefined || id.startsWith("ocid1.tenancy.")) return [];
    const cure = 'give the tenancy\'s OCID, which begins with "ocid1.tenancy."';
    return [{ key: compartmentId.key, value: id, cure }];
  },
});

/** What names a resource, or where it lies; a type alone, or what a resource is not, takes in the whole tenancy. */
const scopes = ["resource.id", "resource.compartment.id", "instance.id", "instance.compartment.id"];

export const dynamicGroupScoped = resourceRule({
  name: "iam-dynamic-group-scoped",
  checks: "Checks that a dynamic group's rule names a compartment, a resource or a defined tag.",
  why: "A rule with a type alone takes in every such resource of the tenancy, also those that others make tomorrow.",
  references: ["CIS OCI Foundations 3.1, 1.1 and 1.14", "Oracle: Managing Dynamic Groups"],
  severity: "high",
  enforcement: "mandatory",
  config: z.object({ wideGroups: except("Dynamic groups that are meant for the whole tenancy") }),
  types: [types.dynamicGroup, types.domainDynamicGroup],
  judge(group, { wideGroups }): Finding[] {
    const rule = group.properties.at("matchingRule");
    const text = rule.text();
    if (text === undefined || isExcepted(wideGroups, group)) return [];
    const condition = parseCondition(text);
    if (typeof condition === "string") {
      return [
        {
          key: rule.key,
          value: text,
          cure: `the rule ${condition}; write for example ${example}, ${orDeclare("wideGroups", group.name)}`,
        },
      ];
    }
    if (demands(condition, isScope)) return [];
    const cure = `name a compartment or a resource, for example ${example}, ${orDeclare("wideGroups", group.name)}`;
    return [{ key: rule.key, value: text, cure }];
  },
});

function isScope({ variable, operator, values }: Comparison): boolean {
  if (variable.startsWith("tag.")) return operator === "=" || operator === "exists";
  // A pattern names more than one.
  return operator === "=" && scopes.includes(variable) && !values.some((value) => value.includes("*"));
}

export const noFnfunction = resourceRule({
  name: "iam-no-fnfunction",
  checks: "Checks that no rule and no condition compares a type with 'fnfunction'.",
  why: "A function's type is 'fnfunc': the comparison is never true, so that the function has no rights and nothing says why.",
  references: ["Oracle: Accessing Other Oracle Cloud Infrastructure Resources from Running Functions"],
  severity: "medium",
  enforcement: "mandatory",
  config: z.object({}),
  types: [types.dynamicGroup, types.domainDynamicGroup, types.policy],
  judge({ type, properties }) {
    const isPolicy = type === types.policy;
    const texts = isPolicy ? properties.at("statements").items() : [properties.at("matchingRule")];
    return each(texts, (value) => {
      const text = value.text() ?? "";
      if (!namesFnfunction(isPolicy ? whereOf(text) : text)) return [];
      return [{ key: value.key, value: text, cure: "a function's type is 'fnfunc': write 'fnfunc'" }];
    });
  },
});

function whereOf(statement: string): string {
  return /\swhere\s(.*)$/is.exec(statement)?.[1] ?? "";
}

function namesFnfunction(text: string): boolean {
  const condition = parseCondition(text);
  // What can't be read is another rule's; a name that is spelled out counts all the same.
  if (typeof condition === "string") return /'fnfunction'/i.test(text);
  return comparisons(condition).some(({ values }) =>
    values.some((value) => value.toLowerCase() === "fnfunction"),
  );
}

export const dynamicGroupRules: readonly Rule[] = [dynamicGroupInRoot, dynamicGroupScoped, noFnfunction];
