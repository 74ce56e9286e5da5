import { isDeepStrictEqual } from "node:util";
import { type Answer, send } from "./client.ts";
import type { CaseAnswer, CaseStep, Expectation, GatewayCase, Seen } from "./gateway/case.ts";
import { backendPrefix } from "./plan.ts";

/**
 * Carries out a case.
 *
 * @param gateway - Scheme, host and port of a gateway where the cases' deployments are.
 * @param path - The case's path.
 * @returns what differs from what was expected.
 */
export async function judge(one: GatewayCase, gateway: URL, path: string): Promise<string[]> {
  const problems: string[] = [];
  for (const [index, step] of one.steps.entries()) {
    const found = await judgeStep(step, gateway, path).catch((error: unknown) => [String(error)]);
    problems.push(
      ...found.map((problem) => (one.steps.length > 1 ? `step ${index + 1}: ${problem}` : problem)),
    );
  }
  return problems;
}

async function judgeStep(step: CaseStep, gateway: URL, path: string): Promise<string[]> {
  const { request, expected, burst = 1 } = step;
  const all = Array.isArray(expected) ? (expected as readonly CaseAnswer[]) : [expected as CaseAnswer];
  const sent = Array.from({ length: burst }, () => send(gateway, path, request));
  const answers = await Promise.all(sent);
  const [first] = all;
  if (all.length === 1 && first !== undefined)
    return answers.flatMap((answer) => differences(answer, first, path));
  const fits = (answer: Answer, one: CaseAnswer) => differences(answer, one, path).length === 0;
  const strange = answers.filter((answer) => !all.some((one) => fits(answer, one)));
  const missing = all.filter((one) => !answers.some((answer) => fits(answer, one)));
  return [
    ...strange.map((answer) => `answered ${answer.status} ${shown(answer.body)}, which isn't expected`),
    ...missing.map(({ status }) => `no answer ${status} as expected`),
  ];
}

/** What differs between an answer and what was expected. */
export function differences(answer: Answer, expected: CaseAnswer, path: string): string[] {
  const problems: string[] = [];
  if (answer.status !== expected.status) {
    problems.push(`status is ${answer.status} instead of ${expected.status}: ${shown(answer.body)}`);
  }
  for (const [name, wanted] of Object.entries(expected.headers ?? {})) {
    const problem = different(answer.headers.get(name.toLowerCase()), wanted);
    if (problem !== undefined) problems.push(`header ${name} ${problem}`);
  }
  const { body, saw } = expected;
  if (body !== undefined && !isBody(answer.body, body)) {
    problems.push(`body is ${shown(answer.body)} instead of ${shown(body)}`);
  }
  if (saw !== undefined) problems.push(...seenProblems(answer.body, saw, path));
  return problems;
}

function isBody(body: string, wanted: string | RegExp | object): boolean {
  if (wanted instanceof RegExp) return wanted.test(body);
  return typeof wanted === "string" ? body === wanted : isDeepStrictEqual(parsed(body), wanted);
}

function seenProblems(body: string, wanted: Seen, path: string): string[] {
  const seen = parsed(body) as (Omit<Seen, "headers"> & { headers?: Record<string, string[]> }) | undefined;
  if (seen?.headers === undefined) return [`the back end's own words are ${shown(body)}`];
  const url = wanted.url?.replace("~", path).replace("@", backendPrefix);
  const problems: string[] = [];
  const compare = (field: string, is: unknown, should: unknown) => {
    if (should === undefined || isDeepStrictEqual(is, should)) return;
    problems.push(`the back end saw ${field} ${shown(is)} instead of ${shown(should)}`);
  };
  compare("method", seen.method, wanted.method);
  compare("url", seen.url, url);
  const pairs = seen.url?.split("?")[1]?.split("&") ?? [];
  compare("query", [...pairs].sort(), wanted.query && [...wanted.query].sort());
  compare("content type", seen.contentType, wanted.contentType);
  compare("body", seen.body, wanted.body);
  for (const [name, should] of Object.entries(wanted.headers ?? {})) {
    const values = seen.headers[name.toLowerCase()];
    const problem = Array.isArray(should)
      ? isDeepStrictEqual(values, should)
        ? undefined
        : `is ${shown(values)} instead of ${shown(should)}`
      : different(values, should as Expectation);
    if (problem !== undefined) problems.push(`the back end saw header ${name}, which ${problem}`);
  }
  return problems;
}

function different(values: readonly string[] | undefined, wanted: Expectation): string | undefined {
  if (wanted === null) return values === undefined ? undefined : `is ${shown(values)} instead of absent`;
  const [value, ...more] = values ?? [];
  const isRight =
    value !== undefined &&
    more.length === 0 &&
    (typeof wanted === "string" ? value === wanted : wanted.test(value));
  return isRight ? undefined : `is ${shown(values)} instead of ${shown(wanted)}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function shown(value: unknown): string {
  const text = value instanceof RegExp ? String(value) : (JSON.stringify(value) ?? "absent");
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
