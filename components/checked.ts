import * as pulumi from "@pulumi/pulumi";
import { formatProblem, formatProblems, type Problem } from "./model/problems.ts";
import { rules } from "./model/rules.ts";
import { shown } from "./model/values.ts";

/**
 * Throws one error that lists all problems; Pulumi shows it without a stack trace, at the resource. Problems of
 * rules that only warn are logged at the resource instead.
 */
export function refuse(
  noun: string,
  name: string,
  problems: readonly Problem[],
  resource: pulumi.Resource,
): void {
  const errors = problems.filter(({ rule }) => rules[rule].level === "error");
  if (errors.length > 0) throw new pulumi.ResourceError(formatProblems(noun, name, errors), resource);
  for (const problem of problems) {
    void pulumi.log.warn(`${noun} "${name}": ${formatProblem(problem)}`, resource);
  }
}

/** Whether a value is known when the program runs, so that it is checked at once. */
export function isPlain<T>(input: pulumi.Input<T>): input is T {
  return !pulumi.Output.isInstance(input) && !(input instanceof Promise);
}

/** The problems of a plain value; an Output or a promise is checked by {@link checkedInput} when it resolves. */
export function plainProblems<T>(
  input: pulumi.Input<T> | undefined,
  check: (value: T) => readonly Problem[],
): readonly Problem[] {
  return input !== undefined && isPlain(input) ? check(input as T) : [];
}

/** The same input, checked when it resolves. Unknown values of a preview pass; secrets stay secret. */
export function checkedInput<T>(
  noun: string,
  name: string,
  input: pulumi.Input<T>,
  check: (value: T) => readonly Problem[],
  resource: pulumi.Resource,
): pulumi.Input<T> {
  if (isPlain(input)) return input;
  const output = pulumi.output(input);
  return output.apply(async (value) => {
    const problems = check(value as T);
    const isSecret = problems.length > 0 && (await pulumi.isSecret(output));
    refuse(noun, name, isSecret ? hidden(problems, value) : problems, resource);
    return value as T;
  }) as pulumi.Output<T>;
}

/** The same problems without the value, which is a secret, and without what a message quotes of it. */
function hidden(problems: readonly Problem[], value: unknown): readonly Problem[] {
  const text = typeof value === "string" ? value : "";
  const texts = [shown(value), text].filter((one) => one !== "");
  const withoutQuoted = (quoted: string, inner: string) =>
    inner !== "" && text.includes(inner) ? "(secret)" : quoted;
  return problems.map((problem) => ({
    ...problem,
    message: texts
      .reduce((message, one) => message.replaceAll(one, "(secret)"), problem.message)
      .replace(/"([^"]*)"/g, withoutQuoted),
  }));
}
