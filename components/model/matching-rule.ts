import { limits } from "./limits.ts";
import type { Problem } from "./problems.ts";

const variablePattern =
  /^(instance\.id|instance\.compartment\.id|resource\.id|resource\.compartment\.id|resource\.type|tag\.[^.\s]+\.[^.\s]+\.value)$/i;
/** Types of resources that call others in an API; OCI has more. */
const resourceTypes = ["apigateway", "fnfunc"];

/** What is wrong with a dynamic group's rule; OCI checks its syntax, but no OCIDs ("Managing Dynamic Groups"). */
export function checkMatchingRule(rule: string, key: string): Problem[] {
  const problems: Problem[] = [];
  const add = (message: string) => problems.push({ rule: "matching-rule", key, message });
  if (rule.length > limits.matchingRuleLength) {
    add(`has ${rule.length} characters; at most ${limits.matchingRuleLength} are allowed`);
  }
  const bare = rule.replace(/'[^']*'/g, "");
  if (!isBalanced(bare)) add("has braces or quotes that don't match");
  const values = [...rule.matchAll(/(?<![\w.-])([\w.-]+)\s*!?=\s*'([^']*)'/g)];
  if (values.length === 0) {
    add(
      "has no condition, for example \"ALL {resource.type = 'ApiGateway', resource.compartment.id = 'ocid1…'}\"",
    );
  }
  for (const [, variable = "", value = ""] of values) {
    if (!variablePattern.test(variable)) add(`names "${variable}", which a rule doesn't know`);
    else if (variable.toLowerCase() === "resource.type" && !resourceTypes.includes(value.toLowerCase())) {
      const cure =
        value.toLowerCase() === "fnfunction" ? "a function's type is 'fnfunc'" : "is it spelled right?";
      add(`names resource type '${value}'; ${cure}`);
    }
  }
  return problems;
}

function isBalanced(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === "'") return false;
    if (character === "{") depth += 1;
    if (character === "}") depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}
