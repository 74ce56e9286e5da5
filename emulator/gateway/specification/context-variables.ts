/** One element of a request that a policy or a back end may use. */
export type ContextVariable =
  | { kind: "path" | "query" | "auth"; key: string }
  /** `key` in lower case: header names know no case. */
  | { kind: "headers"; key: string }
  | { kind: "host" | "body" }
  /** What of the host stands before `.key`. */
  | { kind: "subdomain"; key: string };

/** A value with context variables, parsed: texts and `${request.<table>[<key>]}` in turn. */
export type TemplatePart = { kind: "text"; text: string } | ContextVariable;

export type ContextTable = ContextVariable["kind"];

const variable = /^request\.(?:(path|query|headers|auth|subdomain|cert|usage_plan)\[([^\]]+)\]|(host|body))$/;
const notCarriedOut = new Set(["cert", "usage_plan"]);
/** What a login flow leaves behind. */
const ofLogin = /^request\.auth\[(?:id_token_claims|access_token_claims)\]\[[^\]]+\]$/;
const later = "which is not carried out by this emulator yet; remove it from the local stack";

/** Where values of `${…}` are put into a text: everything but the body, which is for authorizers' parameters only. */
export const templateTables: readonly ContextTable[] = [
  "path",
  "query",
  "headers",
  "auth",
  "host",
  "subdomain",
];

/**
 * Parses `${…}` inside a text ("Adding Context Variables to Policies and HTTP Back End Definitions").
 *
 * @param tables - Tables that may be used here.
 * @returns the parts, or all that is wrong.
 */
export function parseTemplate(
  text: string,
  tables: readonly ContextTable[] = templateTables,
): TemplatePart[] | { faults: string[] } {
  const parts: TemplatePart[] = [];
  const faults: string[] = [];
  let position = 0;
  while (position < text.length) {
    const start = text.indexOf("${", position);
    if (start === -1) break;
    const end = text.indexOf("}", start);
    if (end === -1) {
      faults.push(`has "\${" without "}" in ${JSON.stringify(text)}`);
      break;
    }
    if (start > position) parts.push({ kind: "text", text: text.slice(position, start) });
    const part = parse(text.slice(start + 2, end), tables, (name) => `\${${name}}`);
    if ("fault" in part) faults.push(part.fault);
    else parts.push(part);
    position = end + 1;
  }
  if (faults.length > 0) return { faults };
  if (position < text.length) parts.push({ kind: "text", text: text.slice(position) });
  return parts;
}

/**
 * Parses a context variable that stands alone, without `${}`: selectors, authorizers' parameters, response codes.
 *
 * @param tables - Tables that may be used here.
 */
export function parseBareVariable(
  text: string,
  tables: readonly ContextTable[],
): ContextVariable | { fault: string } {
  return parse(text, tables, (name) => name);
}

function parse(
  text: string,
  tables: readonly ContextTable[],
  written: (name: string) => string,
): ContextVariable | { fault: string } {
  const [, table, key = "", bare] = variable.exec(text) ?? [];
  const name = table ?? bare;
  if (ofLogin.test(text)) return { fault: `uses ${written(text)}, ${later}` };
  if (name === undefined) {
    return { fault: `has an unknown context variable ${written(text)}; use ${listed(tables, written)}` };
  }
  if (name === "body" && !tables.includes("body")) {
    return {
      fault: `must not use ${written("request.body")}: it is for authorizer functions' parameters only`,
    };
  }
  if (notCarriedOut.has(name)) return { fault: `uses ${written(`request.${name}`)}, ${later}` };
  if (!tables.some((one) => one === name)) {
    return { fault: `must not use ${written(`request.${name}`)} here; use ${listed(tables, written)}` };
  }
  switch (name) {
    case "host":
    case "body":
      return { kind: name };
    case "headers":
      return { kind: "headers", key: key.toLowerCase() };
    default:
      return { kind: name as "path" | "query" | "auth" | "subdomain", key };
  }
}

function listed(tables: readonly ContextTable[], written: (name: string) => string): string {
  const names = tables.map((table) =>
    written(table === "host" || table === "body" ? `request.${table}` : `request.${table}[name]`),
  );
  return names.length === 1 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}
