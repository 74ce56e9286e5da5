import type { RuleId } from "./rules.ts";

/** One thing wrong with what the user gave. */
export interface Problem {
  rule: RuleId;
  /** Where, as the user typed it: `routes["GET users"]`, `functions.hello.memoryInMBs`. */
  key: string;
  /** What is wrong: the value given (never a secret), what is allowed, an example of the cure. */
  message: string;
}

/**
 * All problems of one component in one text.
 *
 * @param noun - The component's kind, for example `serverless-api`.
 * @param name - The instance's name.
 */
export function formatProblems(noun: string, name: string, problems: readonly Problem[]): string {
  const heading = `${noun} "${name}": ${problems.length} ${problems.length === 1 ? "problem" : "problems"}`;
  return [heading, ...problems.map((p) => `  ✖ ${formatProblem(p)}`)].join("\n");
}

/** One problem in one line. */
export function formatProblem({ key, message, rule }: Problem): string {
  return `${key}: ${message} [${rule}]`;
}
