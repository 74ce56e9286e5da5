import type { Finding, Resource } from "./rule.ts";

const longestValue = 200;

/** A finding in words: whose, where, what stands there, what to do. */
export function messageOf({ key, value, cure, isUnknown }: Finding, { type, name }: Resource): string {
  const where = `${nounOf(type)} "${name}"`;
  if (isUnknown) return `${where} can't be judged yet: ${key} is known only after pulumi up`;
  return `${where}: ${key} ${value === undefined ? "isn't set" : `is ${shown(value)}`}; ${cure}`;
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
