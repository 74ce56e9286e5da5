import { z } from "zod";
import type { Context, Resource } from "./rule.ts";

/** Names of the stacks that a rule for production holds in. */
export const productionStacks = z
  .array(z.string())
  .default(["prod", "production"])
  .describe("Names of the stacks that are production; the rule is silent in the others.");

/** Whether the stack that is judged is production. */
export function isProduction(stacks: readonly string[], { stack }: Context): boolean {
  return stacks.includes(stack);
}

/** Resources that are excepted, by their names in the program. */
export const except = (what: string) =>
  z.array(z.string()).default([]).describe(`${what}, by name in the program; "*" stands for any text.`);

export function isExcepted(names: readonly string[], { name }: Resource): boolean {
  return names.some((pattern) => matches(pattern, name));
}

/** The end of a cure: the setting that excepts what was found. */
export function orDeclare(setting: string, ...names: readonly string[]): string {
  return `or declare it: ${setting}: [${names.map((name) => JSON.stringify(name)).join(", ")}]`;
}

const expressions = new Map<string, RegExp>();

/** A pattern in which `*` stands for any text. */
export function matches(pattern: string, text: string): boolean {
  if (!pattern.includes("*")) return pattern === text;
  const known = expressions.get(pattern);
  if (known !== undefined) return known.test(text);
  const parts = pattern.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"));
  const expression = new RegExp(`^${parts.join(".*")}$`, "s");
  expressions.set(pattern, expression);
  return expression.test(text);
}
