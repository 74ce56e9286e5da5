import type { Finding, Resource } from "./rule.ts";

const longestValue = 200;
const mostKeys = 3;

/** A finding in words: whose, where, what stands there, what to do. */
export function messageOf(finding: Finding, { type, name }: Resource): string {
  const { key, value, cure, isUnknown } = finding;
  const where = `${nounOf(type)} "${name}"`;
  if (isUnknown) return notYet(where, finding);
  return `${where}: ${key} ${value === undefined ? "isn't set" : `is ${shown(value)}`}; ${cure}`;
}

/** That a resource, or the stack, can't be judged yet, and why. */
export function notYet(where: string, { key, otherKeys = [] }: Finding): string {
  const keys = [key, ...otherKeys];
  const named =
    keys.length <= mostKeys ? keys : [...keys.slice(0, mostKeys - 1), `${keys.length - mostKeys + 1} more`];
  const list = [named.slice(0, -1).join(", "), named.at(-1)].filter(Boolean).join(" and ");
  return `${where} can't be judged yet: ${list} ${keys.length === 1 ? "is" : "are"} known only after pulumi up`;
}

/** `oci:ApiGateway/deployment:Deployment` → `deployment`, `oci:Identity/dynamicGroup:DynamicGroup` → `dynamic group`. */
export function nounOf(type: string): string {
  const noun = type.split(":").at(-1) ?? type;
  return noun.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length <= longestValue ? text : `${text.slice(0, longestValue)}…`;
}
