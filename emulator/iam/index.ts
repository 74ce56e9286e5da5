export { type Condition, printCondition, type Value } from "./condition.ts";
export { compileIam } from "./decider.ts";
export { parseMatchingRule } from "./matching-rule.ts";
export { IamSyntaxError } from "./scanner.ts";
export { parseStatement, printStatement, type Statement } from "./statement.ts";
