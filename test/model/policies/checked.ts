import type { Problem } from "../../../components/model/problems.ts";

/** Each problem in one line: key, message, rule. */
export function lines(problems: readonly Problem[]): string[] {
  return problems.map(({ key, message, rule }) => `${key}: ${message} [${rule}]`);
}

/** So many names: `x-1`, `x-2`, … */
export function names(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `x-${index + 1}`);
}
