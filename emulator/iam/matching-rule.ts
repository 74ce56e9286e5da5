import { type Condition, type ConditionDialect, parseCondition } from "./condition.ts";
import { Scanner } from "./scanner.ts";

const VARIABLES = [
  "instance.id",
  "instance.compartment.id",
  "resource.id",
  "resource.compartment.id",
  "resource.type",
];

const DIALECT: ConditionDialect = {
  refuseVariable(variable) {
    if (variable.startsWith("tag."))
      return `tags in matching rules ("${variable}") are not supported by the emulator`;
    if (VARIABLES.includes(variable)) return undefined;
    return `expected a variable (${VARIABLES.join(", ")}), but found ${JSON.stringify(variable)}`;
  },
  hasPatternsAndLists: false,
  example: "ALL {resource.type = 'ApiGateway', resource.compartment.id = '<compartment OCID>'}",
};

/**
 * Reads the matching rule of a dynamic group, for example
 * `ALL {resource.type = 'ApiGateway', resource.compartment.id = 'ocid1.compartment.oc1..x'}`. As in OCI, OCIDs are
 * not checked ("Writing Matching Rules to Define Dynamic Groups").
 *
 * @throws IamSyntaxError with the position and what would be right there
 */
export function parseMatchingRule(text: string): Condition {
  const scanner = new Scanner(text);
  const rule = parseCondition(scanner, DIALECT);
  scanner.expectEnd();
  return rule;
}
