import { limits } from "./limits.ts";
import type { Problem } from "./problems.ts";
import { shown } from "./values.ts";

/**
 * What is wrong with a statement that the user adds to a policy ("Policy Syntax").
 *
 * @param hasGroup - Whether `{group}` stands for something: there is a dynamic group.
 */
export function checkStatement(statement: string, hasGroup: boolean, key: string): Problem[] {
  if (typeof statement !== "string" || !/^(allow|define|endorse|admit|deny)\s/i.test(statement)) {
    const message = `${shown(statement)} must begin with Allow, Define, Endorse, Admit or Deny, for example "Allow dynamic-group {group} to use virtual-network-family in compartment id ocid1.compartment.oc1..example"`;
    return [{ rule: "statement-form", key, message }];
  }
  const problems: Problem[] = [];
  const given = JSON.stringify(statement);
  const add = (rule: Problem["rule"], message: string) => problems.push({ rule, key, message });
  const [, condition = ""] = /\swhere\s(.*)$/is.exec(statement) ?? [];
  if (statement.includes("{group}") && !hasGroup) {
    add("statement-group", `${given} names {group}, but access is for any-user: there is no group`);
  }
  if (/^allow\s+any-user\s/i.test(statement) && !/request\.principal\.type\s*=/i.test(condition)) {
    add(
      "statement-any-user",
      `${given} lets everybody in; add a condition on the caller's type: "where request.principal.type = 'ApiGateway'"`,
    );
  }
  if (/\smanage\s+all-resources\s/i.test(`${statement} `) && !/^deny\s/i.test(statement)) {
    if (condition === "") {
      add(
        "statement-all-resources",
        `${given} gives everything away; name the resource types, or add a condition`,
      );
    } else
      add(
        "statement-all-resources-where",
        `${given} gives everything away under a condition; name the types`,
      );
  }
  if (/'fnfunction'/i.test(statement)) {
    add("statement-fnfunction", `${given} compares with 'fnfunction'; a function's type is 'fnfunc'`);
  }
  return problems;
}

/** What is wrong with the number of a policy's statements ("Service Limits"). */
export function checkStatementCount(count: number, key: string): Problem[] {
  if (count <= limits.statementsPerPolicy) return [];
  const message = `the policy would have ${count} statements; at most ${limits.statementsPerPolicy} are allowed`;
  return [{ rule: "statement-count", key, message }];
}
